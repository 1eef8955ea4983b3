import type { Args } from "../harness/kinds";
import type { Random } from "./random";
import { ALL_SLOTS, completed, EMPTY, isConnection, type Site, type Slot } from "./site";

/** The values that changes choose from, by resource and property; undefined removes the property. */
type Values = Readonly<Record<string, readonly unknown[]>>;

/** A change of a program, by its title in the report. */
export interface Change {
  readonly title: string;
  apply(site: Site, random: Random): Site;
}

/** A program of one to six random resources. */
export function newSite(random: Random): Site {
  const count = 1 + random.below(6);
  let site: Site = { ...EMPTY, hasGroups: random.chance(30) };
  for (let i = 0; i < count; i += 1) site = add.apply(site, random);
  return site;
}

const add: Change = {
  title: "a resource is added",
  apply(site, random) {
    const free = ALL_SLOTS.filter((slot) => site.declared[slot] === undefined);
    if (free.length === 0) return site;
    const slot = random.pick(free);
    return completed({ ...site, declared: { ...site.declared, [slot]: named(slot, random) } });
  },
};

/** No arguments, or a name of the program. */
function named(slot: Slot, random: Random): Args {
  return slot !== "ready" && random.chance(40) ? { name: `${slot} of the program` } : {};
}

const remove: Change = {
  title: "a resource is removed",
  apply(site, random) {
    const slot = anyOf(site, random);
    if (slot === undefined) return site;
    const { [slot]: _gone, ...declared } = site.declared;
    return completed({ ...site, declared });
  },
};

const MUTABLE: Readonly<Record<Slot, Values>> = {
  hub: { description: ["a hub", "the hub", undefined], adminStateUp: [false, true, undefined] },
  ike: {
    description: ["phase 1", undefined],
    pfs: ["group14", "group15", undefined],
    encryptionAlgorithm: ["aes-192", "aes-256", undefined],
    ikeVersion: ["v1", "v2", undefined],
    lifetime: [{ value: 7200 }, { value: 28800 }, undefined],
  },
  ipsec: {
    description: ["phase 2", undefined],
    pfs: ["group14", "group16", undefined],
    encapsulationMode: ["tunnel", "transport", undefined],
    lifetime: [{ value: 1800 }, undefined],
  },
  local: { description: ["ours", "here", undefined] },
  peer: { description: ["theirs", "there", undefined] },
  office: connectionValues("203.0.113.7", "203.0.113.17"),
  branch: connectionValues("203.0.113.8", "203.0.113.18"),
  ready: { waitFor: ["settled", "active", undefined] },
};

function connectionValues(...peers: string[]): Values {
  return {
    description: ["a tunnel", "[settles DOWN]", "[pending 1s] [pending-update]", undefined],
    peerAddress: [...peers, undefined],
    peerCidrs: [["10.2.0.0/24"], ["10.3.0.0/24", "10.2.0.0/24"], undefined],
    psk: ["canary-psk", "canary-psk-2", undefined],
    mtu: [1400, 1450, undefined],
    initiator: ["response-only", "bi-directional", undefined],
    dpd: [{ action: "restart" }, { action: "clear", interval: 10, timeout: 60 }, undefined],
    adminStateUp: [false, true, undefined],
  };
}

const change: Change = {
  title: "mutable properties change",
  apply: (site, random) => changed(site, random, (slot) => MUTABLE[slot]),
};

const changeLocal: Change = {
  title: "properties without a request change",
  apply: (site, random) =>
    changed(site, random, (slot) => ({
      timeouts: [{ update: "5m" }, { create: "6m", delete: "3m" }, undefined],
      ...(isConnection(slot) && { waitFor: ["settled", "accepted", undefined] }),
    })),
};

const rename: Change = {
  title: "a name is given, changed or removed",
  apply: (site, random) =>
    changed(site, random, (slot) =>
      slot === "ready" ? {} : { name: [`${slot} of the program`, `${slot} renamed`, undefined] },
    ),
};

/** Changes of properties that only POST accepts. */
export function createOnlyChange(subnets: readonly string[]): Change {
  return {
    title: "immutable properties change",
    apply: (site, random) =>
      changed(site, random, (slot) => {
        if (slot === "local") return { endpoints: [[subnets[0]], subnets, undefined] };
        if (slot === "peer") return { endpoints: [["10.5.0.0/24"], ["10.6.0.0/24"], undefined] };
        if (slot === "hub" && !site.hasGroups) return { subnetId: [...subnets, undefined] };
        return {};
      }),
  };
}

const switchMode: Change = {
  title: "connections change between networks and groups",
  apply: (site) => completed({ ...site, hasGroups: !site.hasGroups }),
};

const nothing: Change = { title: "no change", apply: (site) => site };

const renew: Change = {
  title: "another program",
  apply: (_site, random) => newSite(random),
};

/** Every change of a program; a frequent one is listed several times. */
export function allChanges(subnets: readonly string[]): readonly Change[] {
  const createOnly = createOnlyChange(subnets);
  return [change, change, change, createOnly, createOnly, add, remove, rename].concat([
    changeLocal,
    switchMode,
    nothing,
    nothing,
    renew,
  ]);
}

function anyOf({ declared }: Site, random: Random): Slot | undefined {
  const slots = Object.keys(declared) as Slot[];
  return slots.length === 0 ? undefined : random.pick(slots);
}

/** The site after one to three properties of random resources got other values. */
function changed(site: Site, random: Random, valuesOf: (slot: Slot) => Values): Site {
  const declared: Partial<Record<Slot, Args>> = { ...site.declared };
  for (let i = random.below(3); i >= 0; i -= 1) {
    const slot = anyOf(site, random);
    if (slot === undefined) continue;
    const values = Object.entries(valuesOf(slot));
    if (values.length === 0) continue;
    const [name, choices] = random.pick(values);
    const { [name]: _old, ...rest } = declared[slot] ?? {};
    const value = random.pick(choices);
    declared[slot] = value === undefined ? rest : { ...rest, [name]: value };
  }
  return completed({ ...site, declared });
}
