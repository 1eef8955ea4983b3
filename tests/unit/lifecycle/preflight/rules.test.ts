import {
  Declarations,
  type Declaration,
} from "../../../../provider/lifecycle/preflight/declarations";
import type { CloudFacts } from "../../../../provider/lifecycle/preflight/facts";
import type { Declared, PreflightRule } from "../../../../provider/lifecycle/preflight/finding";
import { GroupedMap } from "../../../../provider/lifecycle/preflight/groupedMap";
import { quotaHasRoom } from "../../../../provider/lifecycle/preflight/rules/quota";
import {
  routerIsFree,
  tunnelsAreApart,
} from "../../../../provider/lifecycle/preflight/rules/tunnels";
import { UNKNOWN } from "../../../../provider/model/unknowns";
import type { Kind } from "../../../../provider/schema/resourceType";
import type { Values } from "../../../../provider/values";

type Rows = Partial<Record<Kind, readonly (Values & { id: string })[]>>;

const UNANSWERED = { question: "x", unanswered: "x cannot be read (403)", error: undefined };

/** Facts of a cloud with those rows; `held` are the ids that this run holds. */
function factsOf(rows: Rows, rest: { held?: string[]; quota?: Values | "open" } = {}): CloudFacts {
  const list = (kind: Kind) => new GroupedMap((rows[kind] ?? []).map((row) => [row.id, row]));
  const facts = {
    all: (kind: Kind) => Promise.resolve({ value: list(kind) }),
    object: (kind: Kind, id: string) => Promise.resolve({ value: list(kind).get(id) }),
    isHeld: (id: string) => (rest.held ?? []).includes(id),
    subnet: (id: string) => Promise.resolve({ value: { id, name: "lan", cidr: "10.10.0.0/24" } }),
    extensions: () => Promise.resolve({ value: new Set(["vpnaas", "quota_details"]) }),
    quota: () => Promise.resolve(rest.quota === "open" ? UNANSWERED : { value: rest.quota ?? {} }),
  };
  return facts as unknown as CloudFacts;
}

/** The parts of a declared resource that a test sets; `others` are further resources of its run. */
interface Changes {
  readonly oldInputs?: Values;
  readonly dialect?: Declared["dialect"];
  readonly others?: readonly Declaration[];
}

function declared(kind: Kind, inputs: Values, { others = [], ...rest }: Changes = {}): Declared {
  const subject = `${kind} ${String(inputs["name"])}`;
  const run = new Declarations();
  for (const other of others) run.declare(other);
  return {
    kind,
    subject,
    inputs,
    oldInputs: {},
    dialect: "neutron",
    others: run.besides(kind, inputs),
    ...rest,
  };
}

const causesOf = async (rule: PreflightRule, one: Declared, facts: CloudFacts) =>
  (await rule(one, facts)).map(({ severity, path }) => `${severity} ${path}`);

describe("the router of a VPN service", () => {
  const service = (changes: Changes = {}, inputs: Values = {}) =>
    declared("VpnService", { name: "new", routerId: "r1", ...inputs }, changes);
  const first = { id: "s1", name: "first", router_id: "r1" };

  it("is taken by an object of another owner", async () => {
    const facts = factsOf({ VpnService: [first] });

    expect(await causesOf(routerIsFree, service(), facts)).toEqual(["warning routerId"]);
  });

  it("is taken by another resource of the program", async () => {
    const others: Declaration[] = [declared("VpnService", { name: "other", routerId: "r1" })];

    expect(await causesOf(routerIsFree, service({ others }), factsOf({}))).toEqual([
      "warning routerId",
    ]);
  });

  it("is free if the object is that of the resource itself", async () => {
    const facts = factsOf({ VpnService: [{ ...first, name: "old" }] });

    expect(await causesOf(routerIsFree, service({ oldInputs: { name: "old" } }), facts)).toEqual(
      [],
    );
  });

  it("is free if this run replaces or deletes the object", async () => {
    const facts = factsOf({ VpnService: [first] }, { held: ["s1"] });

    expect(await causesOf(routerIsFree, service(), facts)).toEqual([]);
  });

  it("is free if the program moves the other service away", async () => {
    const moved = declared("VpnService", { name: "first", routerId: "r2" });
    const facts = factsOf({ VpnService: [first] });

    expect(await causesOf(routerIsFree, service({ others: [moved] }), facts)).toEqual([]);
  });

  it("is not checked while it is unknown", async () => {
    const facts = factsOf({ VpnService: [{ ...first, router_id: UNKNOWN }] });

    expect(await causesOf(routerIsFree, service({}, { routerId: UNKNOWN }), facts)).toEqual([]);
  });
});

describe("the tunnels of a VPN service", () => {
  const service = { id: "s1", name: "office", subnet_id: "n1", external_v4_ip: "203.0.113.10" };
  const connection = (inputs: Values = {}, rest: Changes = {}) =>
    declared(
      "IpsecSiteConnection",
      {
        name: "new",
        vpnServiceId: "s1",
        peerAddress: "198.51.100.7",
        peerCidrs: ["10.2.0.0/24"],
        ...inputs,
      },
      rest,
    );
  const existing = {
    id: "c1",
    name: "old",
    vpnservice_id: "s1",
    peer_address: "198.51.100.7",
    peer_cidrs: [],
    peer_ep_group_id: "g1",
  };
  const group = { id: "g1", name: "peer", endpoints: ["10.2.0.0/16"] };

  it("collide with networks of a group", async () => {
    const facts = factsOf({
      VpnService: [service],
      IpsecSiteConnection: [existing],
      EndpointGroup: [group],
    });

    expect(await causesOf(tunnelsAreApart, connection(), facts)).toEqual(["warning peerCidrs"]);
  });

  it("collide with the local subnet and with the own address", async () => {
    const facts = factsOf({ VpnService: [service] });
    const wrong = connection({ peerAddress: "203.0.113.10", peerCidrs: ["10.0.0.0/8"] });

    expect(await causesOf(tunnelsAreApart, wrong, facts)).toEqual([
      "warning peerCidrs",
      "warning peerAddress",
    ]);
  });

  it("are apart from the object that the resource itself holds", async () => {
    const facts = factsOf(
      { VpnService: [service], IpsecSiteConnection: [existing], EndpointGroup: [group] },
      { held: ["c1"] },
    );

    expect(await causesOf(tunnelsAreApart, connection(), facts)).toEqual([]);
  });

  it.each([["vpnServiceId"], ["peerAddress"], ["peerCidrs"]])(
    "are not compared while %s is unknown",
    async (name) => {
      const facts = factsOf({ IpsecSiteConnection: [existing], EndpointGroup: [group] });

      expect(await causesOf(tunnelsAreApart, connection({ [name]: UNKNOWN }), facts)).toEqual([]);
    },
  );

  it("without a known VPN service have no local end", async () => {
    const own = connection({ peerCidrs: ["10.10.0.0/24"] });

    expect(await causesOf(tunnelsAreApart, own, factsOf({}))).toEqual([]);
  });
});

describe("the quota of a project", () => {
  const quota = { ikepolicy: { limit: 2, used: 1, reserved: 0 } };
  const policy = (name: string, changes: Values = {}, rest: Changes = {}) =>
    declared("IkePolicy", { name, ...changes }, rest);
  const rows = [{ id: "p1", name: "existing" }];
  const facts = factsOf({ IkePolicy: rows }, { quota });

  it("has room for the objects below its limit", async () => {
    expect(await causesOf(quotaHasRoom, policy("a"), facts)).toEqual([]);
  });

  it("counts the other creates of the run", async () => {
    const others = [policy("b")];

    expect(await causesOf(quotaHasRoom, policy("a", {}, { others }), facts)).toEqual(["failure "]);
  });

  it.each<[string, Declared]>([
    ["objects that the run has created already", policy("existing")],
    ["resources that exist", policy("b", {}, { oldInputs: { name: "b" } })],
    ["adopted objects", policy("b", { adopt: "p1" })],
    ["objects of another project", policy("b", { projectId: "other" })],
    ["resources of another kind", declared("IpsecPolicy", { name: "b" })],
  ])("does not count %s", async (_what, other) => {
    const one = policy("a", {}, { others: [other] });

    expect(await causesOf(quotaHasRoom, one, facts)).toEqual([]);
  });

  it("does not count a replacement that deletes its object first", async () => {
    const full = { vpnservice: { limit: 1, used: 1, reserved: 0 } };
    const service = { id: "s1", name: "old", router_id: "r1" };
    const next = declared("VpnService", { name: "new", routerId: "r1" });
    const held = factsOf({ VpnService: [service] }, { quota: full, held: ["s1"] });

    expect(await causesOf(quotaHasRoom, next, held)).toEqual([]);
    expect(
      await causesOf(quotaHasRoom, next, factsOf({ VpnService: [service] }, { quota: full })),
    ).toEqual(["failure "]);
  });

  it("ignores the objects of other projects that an administrator sees", async () => {
    const others = [1, 2, 3].map((each) => ({ id: `q${each}`, name: `q${each}` }));
    const seen = factsOf({ IkePolicy: [...rows, ...others] }, { quota });

    expect(await causesOf(quotaHasRoom, policy("a"), seen)).toEqual([]);
  });

  it.each<[string, Values]>([
    ["without a limit", { ikepolicy: { limit: -1, used: 7, reserved: 0 } }],
    ["without the kind", {}],
    ["of another form", { ikepolicy: 2 }],
  ])("%s has room", async (_what, unlimited) => {
    const open = factsOf({ IkePolicy: rows }, { quota: unlimited });

    expect(await causesOf(quotaHasRoom, policy("a"), open)).toEqual([]);
  });

  it("that cannot be read is an open question", async () => {
    const open = factsOf({ IkePolicy: rows }, { quota: "open" });

    expect(await causesOf(quotaHasRoom, policy("a"), open)).toEqual(["open the quota"]);
  });

  it("is not asked of K5", async () => {
    const full = factsOf({ IkePolicy: rows }, { quota: "open" });

    expect(await causesOf(quotaHasRoom, policy("a", {}, { dialect: "k5" }), full)).toEqual([]);
  });
});
