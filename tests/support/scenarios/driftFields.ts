import type { Dialect } from "../../../provider/dialect";
import { driftIn, driftReport, inAnyOrder, planIn, sentBy, untilSettled } from "../harness/drift";
import { KINDS, type Args, type Kind } from "../harness/kinds";
import { kindOf, pathOf, ref, type Declared, type Program } from "../harness/resources";
import type { StateResource } from "../harness/stack";
import type { Stage } from "../harness/stage";
import { tunnel } from "./family";

/** A change made outside Pulumi, and the one property that shows it. */
type Change = readonly [property: string, body: Args];

const OF_NAMES: readonly Change[] = [
  ["name", { name: "by hand" }],
  ["description", { description: "by hand" }],
];

const OF_POLICIES: readonly Change[] = [
  ...OF_NAMES,
  ["authAlgorithm", { auth_algorithm: "sha512" }],
  ["encryptionAlgorithm", { encryption_algorithm: "aes-256" }],
  ["pfs", { pfs: "group5" }],
  ["lifetime.value", { lifetime: { value: 7_000 } }],
];

const OF_CONNECTIONS: readonly Change[] = [
  ...OF_NAMES,
  ["peerAddress", { peer_address: "203.0.113.7" }],
  ["peerId", { peer_id: "gw@example.org" }],
  ["peerCidrs", { peer_cidrs: ["10.9.0.0/24"] }],
  ["initiator", { initiator: "response-only" }],
  ["psk", { psk: "by hand" }],
  ["dpd.action", { dpd: { action: "restart", interval: 30, timeout: 120 } }],
  ["dpd.interval", { dpd: { action: "hold", interval: 20, timeout: 120 } }],
  ["dpd.timeout", { dpd: { action: "hold", interval: 30, timeout: 240 } }],
  ["adminStateUp", { admin_state_up: false }],
];

/** Changes of properties that K5 lacks. */
const OF_NEUTRON_CONNECTIONS: readonly Change[] = [
  ["mtu", { mtu: 1_400 }],
  ["localId", { local_id: "us@example.org" }],
];

/** Drift of every mutable property, each on a separate object; `dialect` is that of the stage. */
export function driftFieldScenarios(stage: Stage, dialect: Dialect): void {
  afterEach(() => stage.leave());

  it("refresh and drift report each changed property alone, and drift plans its PUT", async () => {
    const { cloud, program } = stage;
    const [declared, changes] = objectsToChange(cloud.fixture, dialect);
    await program.up(declared);
    await untilSettled(cloud);
    const made = await program.resources();
    const ids = Object.entries(made).map(([name, { id }]) => [id!, name]);
    for (const [name, [, body]] of Object.entries(changes)) {
      await change(cloud, made[name]!, filledIn(body, ids));
    }
    await untilSettled(cloud);

    const refreshed = await program.stack.refresh(["--preview-only", "--expect-no-changes"], {
      expect: "failure",
    });
    const { code, report } = await driftReport(stage, "--plan");

    const expected = Object.fromEntries(
      Object.entries(changes).map(([name, [property]]) => [name, [property]]),
    );
    expect(driftIn(report)).toEqual(expected);
    expect(code).toBe(2);
    expect(driftedIn(refreshed.text, Object.fromEntries(ids) as Record<string, string>)).toEqual(
      expected,
    );
    expect(refreshed.text).toMatch(new RegExp(`~ ${Object.keys(changes).length} to update`));

    const sent = await sentBy(stage, ["canary-psk"], () => program.stack.up(["--refresh"]));
    expect(sent).toHaveLength(Object.keys(changes).length);
    expect(inAnyOrder(sent)).toEqual(inAnyOrder(planIn(report)));
  });
}

/** The fixture objects of the stage's cloud. */
export type Fixture = Stage["cloud"]["fixture"];

/** Changes a resource outside Pulumi; takes its id from `resource`, since reading the state is slow. */
export async function change(
  { api }: Stage["cloud"],
  made: StateResource,
  body: Args,
): Promise<void> {
  await api.put(pathOf(made), { [KINDS[kindOf(made)].key]: body });
}

/** A separate object for each change, with its dependencies. */
function objectsToChange(
  fixture: Fixture,
  dialect: Dialect,
): [Program, Readonly<Record<string, Change>>] {
  const isK5 = dialect === "k5";
  const declared: Record<string, Declared> = { ...base(fixture) };
  const changes: Record<string, Change> = {};
  const add = (kind: Kind, of: readonly Change[], make: (name: string) => Declared) => {
    for (const change of of) {
      const name = `${kind} ${change[0]}`;
      declared[name] = make(name);
      changes[name] = change;
    }
  };
  add("IpsecSiteConnection", OF_CONNECTIONS, () => legacy({}));
  if (!isK5) add("IpsecSiteConnection", OF_NEUTRON_CONNECTIONS, () => legacy({}));
  add("IkePolicy", [...OF_POLICIES, ["ikeVersion", { ike_version: "v2" }]], () => ({
    kind: "IkePolicy",
  }));
  if (!isK5) {
    const aggressive: Change = ["phase1NegotiationMode", { phase1_negotiation_mode: "aggressive" }];
    add("IkePolicy", [aggressive], () => ({ kind: "IkePolicy" }));
  }
  const ofIpsec: readonly Change[] = [
    ...OF_POLICIES,
    ["encapsulationMode", { encapsulation_mode: "transport" }],
    ["transformProtocol", { transform_protocol: "ah" }],
  ];
  add("IpsecPolicy", ofIpsec, () => ({ kind: "IpsecPolicy" }));
  const ofServices: readonly Change[] = [...OF_NAMES, ["adminStateUp", { admin_state_up: false }]];
  add("VpnService", ofServices, (name) => {
    // A service without connections stays pending, and the cloud refuses its PUT.
    const isOff = name.endsWith("adminStateUp");
    declared[`on ${name}`] = legacy({ vpnServiceId: ref(`${name}.id`), adminStateUp: !isOff });
    return { kind: "VpnService", args: at(fixture) };
  });
  if (!isK5) {
    Object.assign(declared, groups(fixture));
    add("EndpointGroup", OF_NAMES, () => cidrs("10.2.0.0/24"));
    const ofGroups: readonly Change[] = [
      ["localEpGroupId", { local_ep_group_id: ref("other local") }],
      ["peerEpGroupId", { peer_ep_group_id: ref("other peer") }],
    ];
    add("IpsecSiteConnection", ofGroups, () => grouped({}));
  }
  return [declared, changes];
}

/** A service of one network and two policies. */
export function base(fixture: Fixture): Program {
  return {
    service: { kind: "VpnService", args: at(fixture) },
    ike: { kind: "IkePolicy" },
    ipsec: { kind: "IpsecPolicy" },
  };
}

function at({ routerId, subnetId }: Fixture): Args {
  return { routerId, subnetId };
}

/** A service of groups, and twice the groups that a connection on it needs. */
export function groups({ routerId, subnetId, secondSubnetId }: Fixture): Program {
  return {
    "service of groups": { kind: "VpnService", args: { routerId } },
    local: { kind: "EndpointGroup", args: { type: "subnet", endpoints: [subnetId] } },
    "other local": { kind: "EndpointGroup", args: { type: "subnet", endpoints: [secondSubnetId] } },
    peer: cidrs("10.3.0.0/24"),
    "other peer": cidrs("10.4.0.0/24"),
  };
}

/** A group of networks. */
export function cidrs(...endpoints: string[]): Declared {
  return { kind: "EndpointGroup", args: { type: "cidr", endpoints } };
}

/** A connection on {@link base}. */
export function legacy(args: Args): Declared {
  return tunnel({ peerCidrs: ["10.2.0.0/24"], ...args });
}

/** A connection on {@link groups}. */
export function grouped(args: Args): Declared {
  return tunnel({
    vpnServiceId: ref("service of groups.id"),
    localEpGroupId: ref("local.id"),
    peerEpGroupId: ref("peer.id"),
    ...args,
  });
}

/** A body with the id of a resource where it refers to one. */
function filledIn(body: Args, ids: readonly (readonly string[])[]): Args {
  const text = JSON.stringify(body, (_key, value: unknown) => {
    const { $ref: name } = (value ?? {}) as { $ref?: string };
    return name === undefined ? value : ids.find(([, one]) => one === name)?.[0];
  });
  return JSON.parse(text) as Args;
}

/** The drifted properties in a refresh's output, by the logical name of the resource. */
function driftedIn(
  text: string,
  names: Readonly<Record<string, string>>,
): Record<string, string[]> {
  const said: Record<string, string[]> = {};
  for (const [, id, property] of text.matchAll(
    /drift: \S+ [^\n]*?\(([\da-f-]{36})\): ([\w.]+):/g,
  )) {
    const of = (said[names[id!]!] ??= []);
    if (!of.includes(property!)) of.push(property!);
  }
  return said;
}
