import type { Simulator } from "../../../simulator";
import type { Cloud } from "../harness/cloud";
import { KINDS, type Args, type Kind } from "../harness/kinds";
import type { Random } from "./random";
import { completed, isConnection, SLOTS, type Site, type Slot } from "./site";

/** The objects of a site in the state, by resource. */
export type Objects = ReadonlyMap<Slot, string>;

/** A site and its cloud before a transition. */
export interface Scene {
  readonly cloud: Cloud;
  readonly sim: Simulator;
  readonly random: Random;
  readonly objects: Objects;
  /** Deletes objects of other clients, at the end of the transition. */
  afterwards(cleanUp: () => Promise<unknown>): void;
}

/** A state of the cloud that the last run did not leave. */
export interface CloudState {
  readonly title: string;
  /** Brings the cloud into the state. Returns the site to declare; undefined if the site has no fitting object. */
  apply(scene: Scene, site: Site): Promise<Site | undefined>;
}

const pathOf = (slot: Slot, id: string): string => `${KINDS[SLOTS[slot] as Kind].path}/${id}`;
const keyOf = (slot: Slot): string => KINDS[SLOTS[slot] as Kind].key;

const ours: CloudState = {
  title: "as the last run left it",
  apply: (_scene, site) => Promise.resolve(site),
};

const drifted: CloudState = {
  title: "drifted: another client changed an object",
  async apply({ cloud, random, objects }, site) {
    const slot = pickOf(objects, random, () => true);
    if (slot === undefined) return undefined;
    const drift: Args = isConnection(slot)
      ? random.pick([{ description: "drifted" }, { mtu: 1380 }, { psk: "canary-drift" }])
      : { description: "drifted" };
    // Neutron refuses a change of a used policy or a pending service.
    const { status } = await cloud.api.send("PUT", pathOf(slot, objects.get(slot)!), {
      [keyOf(slot)]: drift,
    });
    return status < 300 ? site : undefined;
  },
};

const gone: CloudState = {
  title: "gone: another client deleted an object",
  async apply({ cloud, random, objects }, site) {
    const slot = pickOf(objects, random, () => true);
    if (slot === undefined) return undefined;
    const { status } = await cloud.api.send("DELETE", pathOf(slot, objects.get(slot)!));
    return status < 300 ? site : undefined;
  },
};

const inUse: CloudState = {
  title: "in use: another client's connection uses an object",
  async apply({ cloud, random, objects, ...scene }, site) {
    const slot = pickOf(objects, random, (one) => one === "ike" || one === "ipsec");
    if (slot === undefined) return undefined;
    const { vpnServiceId, ikePolicyId, ipsecPolicyId } = cloud.parents;
    const id = objects.get(slot);
    const { status, body } = await cloud.api.send("POST", "/vpn/ipsec-site-connections", {
      ipsec_site_connection: {
        name: "of another client",
        vpnservice_id: vpnServiceId,
        ikepolicy_id: slot === "ike" ? id : ikePolicyId,
        ipsecpolicy_id: slot === "ipsec" ? id : ipsecPolicyId,
        peer_address: "203.0.113.99",
        peer_id: "203.0.113.99",
        peer_cidrs: ["10.99.0.0/24"],
        psk: "canary-foreign",
      },
    });
    if (status > 299) return undefined;
    const foreign = (body as Record<string, Args>)["ipsec_site_connection"]!;
    scene.afterwards(() =>
      cloud.api.delete(`/vpn/ipsec-site-connections/${String(foreign["id"])}`),
    );
    return site;
  },
};

const pending: CloudState = {
  title: "pending: a connection is PENDING_UPDATE",
  async apply({ cloud, sim, random, objects }, site) {
    const slot = pickOf(objects, random, isConnection);
    if (slot === undefined) return undefined;
    const path = pathOf(slot, objects.get(slot)!);
    // The object of a failed deletion may be gone, although the state has it.
    const { status, body } = await cloud.api.send("GET", path);
    if (status > 299) return undefined;
    const found = (body as Record<string, Args>)[keyOf(slot)]!;
    if (String(found["status"]).startsWith("PENDING")) return undefined;
    const { description } = found;
    Object.assign(sim.behavior, { pendingOnUpdate: true, pendingMs: 8_000 });
    await cloud.api.put(path, { [keyOf(slot)]: { description } });
    Object.assign(sim.behavior, { pendingOnUpdate: false, pendingMs: PENDING_MS });
    return site;
  },
};

/** The usual duration of PENDING_CREATE. */
export const PENDING_MS = 300;

const adopted: CloudState = {
  title: "adopted: the program adopts an object of another client",
  async apply({ cloud, random, objects }, site) {
    const free = (["ike", "ipsec"] as const).filter(
      (slot) => !objects.has(slot) && site.declared[slot] === undefined,
    );
    if (free.length === 0) return undefined;
    const slot = random.pick(free);
    const key = keyOf(slot);
    const { id } = await cloud.api.post(KINDS[SLOTS[slot] as Kind].path, {
      [key]: { name: `found ${random.below(1_000_000)}` },
    });
    const changes = random.pick<Args>([{}, { description: "adopted" }, { pfs: "group14" }]);
    const declared = { ...site.declared, [slot]: { adopt: id, ...changes } };
    return completed({ ...site, declared });
  },
};

/** Every state; one that many sites cannot have is listed several times. */
export const CLOUD_STATES: readonly CloudState[] = [
  ours,
  ours,
  ours,
  drifted,
  drifted,
  gone,
  inUse,
  pending,
  pending,
  adopted,
];

function pickOf(objects: Objects, random: Random, fits: (slot: Slot) => boolean): Slot | undefined {
  const slots = [...objects.keys()].filter(fits).sort();
  return slots.length === 0 ? undefined : random.pick(slots);
}
