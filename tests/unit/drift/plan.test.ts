import { planOf } from "../../../provider/drift/plan";
import type { Plan, PlannedCall } from "../../../provider/drift/report";
import type { HeldResource } from "../../../provider/drift/stackState";
import { autoName } from "../../../provider/model/autoName";
import { cloudResourceType, type Kind, type Values } from "../../../provider/schema/resourceType";
import { OTHER_ID, SERVICE_ID } from "../support/builders";
import { aWire, checkedInputs, KINDS, ROUTER_ID, SUBNET_ID } from "../support/kinds";
import { aHeld, aPlace, aStack, ENDPOINT, surveyed } from "../support/givenInventory";

const IKE = aWire("IkePolicy").id;
const GROUP = aWire("EndpointGroup").id;
const CONNECTION = aWire("IpsecSiteConnection").id;

const path = (kind: Kind, id?: string) =>
  `/v2.0/vpn/${cloudResourceType(kind).path}${id === undefined ? "" : `/${id}`}`;

/** The plan for resources in a cloud with those objects only. */
async function planned(
  held: readonly HeldResource[],
  content: Partial<Record<Kind, readonly Values[]>>,
): Promise<readonly PlannedCall[]> {
  return (await wholePlan(held, content)).calls;
}

/** The same, with its notes. */
async function wholePlan(
  held: readonly HeldResource[],
  content: Partial<Record<Kind, readonly Values[]>>,
): Promise<Plan> {
  const place = aPlace(content);
  const found = await surveyed(place, aStack(held));
  const lists = place.asked.length;
  const plan = await planOf(found);
  expect(place.asked.slice(lists).filter((one) => !/^(list|get) /.test(one))).toEqual([]);
  return plan;
}

/** A summary of each request: method, path and sent body. */
const brief = (calls: readonly PlannedCall[]) =>
  calls.map(({ method, path: at, body }) =>
    body === undefined ? [method, at] : [method, at, Object.values(body)[0]],
  );

/** An unmanaged object, so that the list of the project is not empty. */
const stranger = (kind: Kind) => aWire(kind, { id: OTHER_ID });

describe("a plan", () => {
  it("is empty if nothing drifted", async () => {
    const held = KINDS.map((kind) => aHeld(kind));
    const content = Object.fromEntries(KINDS.map((kind) => [kind, [aWire(kind)]]));
    expect(await planned(held, content)).toEqual([]);
  });

  it("sends only the drifted properties, by PUT", async () => {
    const live = aWire("IpsecSiteConnection", { mtu: 1400, dpd: { action: "hold", interval: 9 } });
    const [put, ...more] = await planned([aHeld("IpsecSiteConnection")], {
      IpsecSiteConnection: [live],
    });
    expect(more).toEqual([]);
    expect(put).toEqual({
      method: "PUT",
      path: path("IpsecSiteConnection", CONNECTION),
      endpoint: ENDPOINT,
      name: "office",
      urn: aHeld("IpsecSiteConnection").urn,
      because: "differs: dpd, mtu",
      body: {
        ipsec_site_connection: { dpd: { action: "hold", interval: 30, timeout: 120 }, mtu: 1500 },
      },
    });
  });

  it("sends a deleted object by POST", async () => {
    const content = { EndpointGroup: [stranger("EndpointGroup")] };
    expect(await planned([aHeld("EndpointGroup")], content)).toEqual([
      {
        method: "POST",
        path: path("EndpointGroup"),
        endpoint: ENDPOINT,
        because: "gone",
        name: "office",
        urn: aHeld("EndpointGroup").urn,
        body: {
          endpoint_group: {
            name: "office",
            description: "",
            type: "cidr",
            endpoints: ["10.2.0.0/24", "10.3.0.0/24"],
          },
        },
      },
    ]);
  });

  it.each([
    ["in ERROR", { status: "ERROR" }],
    ["with a difference in an output only", { route_mode: "other" }],
  ])("sends no request for a connection %s", async (_what, wire) => {
    const content = { IpsecSiteConnection: [aWire("IpsecSiteConnection", wire)] };
    expect(await planned([aHeld("IpsecSiteConnection")], content)).toEqual([]);
  });

  it("sends no request for a resource that could not be read", async () => {
    const state = { endpoint: "http://other.example.org" };
    const content = { IkePolicy: [stranger("IkePolicy")] };
    expect(await planned([aHeld("IkePolicy", { state })], content)).toEqual([]);
  });

  it("sends the host name of the program, regardless of its earlier address", async () => {
    const [given, wire] = [{ peerAddress: "vpn.example.org" }, { peer_address: "198.51.100.1" }];
    const held = aHeld("IpsecSiteConnection", { given, wire });
    const there = (changes: Values) => ({
      IpsecSiteConnection: [aWire("IpsecSiteConnection", changes)],
    });
    expect(await planned([held], there(wire))).toEqual([]);
    expect(brief(await planned([held], there({ peer_address: "198.51.100.2" })))).toEqual([
      ["PUT", path("IpsecSiteConnection", CONNECTION), { peer_address: "vpn.example.org" }],
    ]);
  });

  it("sends no name for an object that was adopted without one", async () => {
    const place = { project: "network", stack: "dev", resource: "office" };
    const own = autoName(cloudResourceType("EndpointGroup"), place, checkedInputs("EndpointGroup"));
    const held = aHeld("EndpointGroup", { given: { name: own }, state: { adopt: "theirs" } });
    const live = aWire("EndpointGroup", { name: "renamed" });
    expect(await planned([held], { EndpointGroup: [live] })).toEqual([]);
  });
});

describe("a plan has a note about the omission of", () => {
  const drifted = { IkePolicy: [aWire("IkePolicy", { pfs: "group15" })] };
  const none = { IkePolicy: [stranger("IkePolicy")] };

  it("a change whose outcome depends on options of Pulumi", async () => {
    const held = aHeld("IkePolicy", { options: ["protect"] });
    expect(await wholePlan([held], drifted)).toEqual({
      calls: [],
      notes: [
        "The plan leaves out IkePolicy office: the outcome of `up` depends on its options (protect).",
      ],
    });
    expect((await wholePlan([held], { IkePolicy: [aWire("IkePolicy")] })).notes).toEqual([]);
  });

  it("a tainted resource, also if nothing drifted", async () => {
    const held = aHeld("IkePolicy", { options: ["taint"] });
    const { calls, notes } = await wholePlan([held], { IkePolicy: [aWire("IkePolicy")] });
    expect([calls, notes.length]).toEqual([[], 1]);
  });

  it("a deleted object that was adopted, because `up` fails in this case", async () => {
    const held = aHeld("IkePolicy", { given: { adopt: "theirs" } });
    expect(await wholePlan([held], none)).toEqual({
      calls: [],
      notes: [expect.stringMatching(/it is gone, and `up` fails until `adopt` is taken out/)],
    });
  });

  it("unread resources, with their number", async () => {
    const elsewhere = { state: { endpoint: "http://other.example.org" } };
    const { notes } = await wholePlan([aHeld("IkePolicy", elsewhere)], none);
    expect(notes).toEqual(["Not in the plan, because they could not be read: 1 of the resources."]);
  });

  it("secrets that could not be decrypted, which count as unchanged", async () => {
    const { inputs, outputs, ...held } = aHeld("VpnService");
    const { routerId: _in, ...known } = inputs;
    const { routerId: _out, ...recorded } = outputs;
    const locked = { secret: new Set(["routerId"]), unread: new Set(["routerId"]) };
    const service = { ...held, ...locked, inputs: known, outputs: recorded };
    expect(await wholePlan([service], { VpnService: [aWire("VpnService")] })).toEqual({
      calls: [],
      notes: ["Secrets that could not be decrypted are planned as unchanged."],
    });
  });
});

describe("a planned replacement", () => {
  const service = aHeld("VpnService", { id: SERVICE_ID });
  const aService = (changes: Values) => aWire("VpnService", { id: SERVICE_ID, ...changes });
  const policy = aHeld("IkePolicy", { name: "strong" });
  const given = { ikePolicyId: IKE };
  const connection = aHeld("IpsecSiteConnection", { given, wire: { ikepolicy_id: IKE } });
  const aUser = aWire("IpsecSiteConnection", { ikepolicy_id: IKE });

  it("of a drifted policy in use creates the new policy first and deletes the old one last", async () => {
    const calls = await planned([policy, connection], {
      IkePolicy: [aWire("IkePolicy", { pfs: "group2" })],
      IpsecSiteConnection: [aUser],
    });
    expect(brief(calls)).toEqual([
      ["POST", path("IkePolicy"), expect.objectContaining({ pfs: "group14" })],
      ["DELETE", path("IpsecSiteConnection", CONNECTION)],
      [
        "POST",
        path("IpsecSiteConnection"),
        expect.objectContaining({ ikepolicy_id: "<new id of strong>", psk: "(hidden)" }),
      ],
      ["DELETE", path("IkePolicy", IKE)],
    ]);
    expect(calls[0]?.because).toMatch(/is replaced, since it cannot be changed: it is in use by/);
  });

  it("does not show the name of a dependent that the state keeps secret", async () => {
    const name = { secret: new Set(["name"]), given: { ...given, name: "canary" } };
    const calls = await planned(
      [policy, aHeld("IpsecSiteConnection", { ...name, wire: { ikepolicy_id: IKE } })],
      {
        IkePolicy: [aWire("IkePolicy", { pfs: "group2" })],
        IpsecSiteConnection: [{ ...aUser, name: "canary" }],
      },
    );
    expect(calls[0]?.because).toMatch(/in use by IpsecSiteConnection \(hidden\) \(/);
  });

  it("is not needed for a policy without dependents", async () => {
    const content = { IkePolicy: [aWire("IkePolicy", { pfs: "group2" })] };
    expect(brief(await planned([policy], content))).toEqual([
      ["PUT", path("IkePolicy", IKE), { pfs: "group14" }],
    ]);
  });

  it("includes the dependents of a deleted object", async () => {
    const calls = await planned([connection, policy], {
      IkePolicy: [stranger("IkePolicy")],
      IpsecSiteConnection: [aUser],
    });
    expect(calls.map(({ method, name }) => [method, name])).toEqual([
      ["POST", "strong"],
      ["DELETE", "office"],
      ["POST", "office"],
    ]);
    expect(calls[2]?.because).toBe("no request can change ikePolicyId");
  });

  it("of a service alone deletes its connections first and creates them again", async () => {
    const onIt = aHeld("IpsecSiteConnection", { name: "tunnel" });
    const calls = await planned([onIt, service], {
      VpnService: [aService({ subnet_id: OTHER_ID })],
      IpsecSiteConnection: [aWire("IpsecSiteConnection")],
    });
    expect(brief(calls)).toEqual([
      ["DELETE", path("IpsecSiteConnection", CONNECTION)],
      ["DELETE", path("VpnService", SERVICE_ID)],
      ["POST", path("VpnService"), expect.objectContaining({ subnet_id: SUBNET_ID })],
      [
        "POST",
        path("IpsecSiteConnection"),
        expect.objectContaining({ vpnservice_id: "<new id of office>" }),
      ],
    ]);
    expect(calls.at(-1)?.because).toBe("what it stands on is replaced");
  });

  it("of a service under another router creates the new service first", async () => {
    const calls = await planned([service], { VpnService: [aService({ router_id: OTHER_ID })] });
    expect(brief(calls)).toEqual([
      ["POST", path("VpnService"), expect.objectContaining({ router_id: ROUTER_ID })],
      ["DELETE", path("VpnService", SERVICE_ID)],
    ]);
  });

  it("shows a placeholder for the hash suffix of an auto-name that depends on a new id", async () => {
    const place = { project: "network", stack: "dev", resource: "office" };
    const inputs = checkedInputs("IpsecSiteConnection", given);
    const name = autoName(cloudResourceType("IpsecSiteConnection"), place, inputs);
    const held = aHeld("IpsecSiteConnection", { given: { ...given, name }, wire: { name } });
    const content = (live: Values) => ({
      IkePolicy: [stranger("IkePolicy")],
      IpsecSiteConnection: [live],
    });
    const renamed = await planned([policy, held], content({ ...aUser, name }));
    expect(renamed.map(({ body }) => Object.values(body ?? {})[0])).toEqual([
      expect.objectContaining({ name: "office" }),
      undefined,
      expect.objectContaining({ name: "dev-office-<digits>" }),
    ]);
    const same = await planned([held], { IpsecSiteConnection: [stranger("IpsecSiteConnection")] });
    expect(brief(same)).toEqual([
      ["POST", path("IpsecSiteConnection"), expect.objectContaining({ name })],
    ]);
  });

  it("of an endpoint group updates its connections in place", async () => {
    const groups = { localEpGroupId: GROUP, peerEpGroupId: GROUP, peerCidrs: undefined };
    const wire = { local_ep_group_id: GROUP, peer_ep_group_id: GROUP, peer_cidrs: [] };
    const held = [
      aHeld("EndpointGroup", { name: "nets" }),
      aHeld("IpsecSiteConnection", { given: groups, wire }),
    ];
    const calls = await planned(held, {
      EndpointGroup: [aWire("EndpointGroup", { endpoints: ["10.9.0.0/24"] })],
      IpsecSiteConnection: [aWire("IpsecSiteConnection", wire)],
    });
    expect(brief(calls)).toEqual([
      ["POST", path("EndpointGroup"), expect.anything()],
      [
        "PUT",
        path("IpsecSiteConnection", CONNECTION),
        { local_ep_group_id: "<new id of nets>", peer_ep_group_id: "<new id of nets>" },
      ],
      ["DELETE", path("EndpointGroup", GROUP)],
    ]);
  });
});

describe("a secret in a plan", () => {
  const gone = { IpsecSiteConnection: [stranger("IpsecSiteConnection")] };

  it("is hidden in every request body", async () => {
    const secret = new Set(["description"]);
    const held = aHeld("IpsecSiteConnection", { given: { description: "canary" }, secret });
    const [put] = await planned([held], {
      IpsecSiteConnection: [aWire("IpsecSiteConnection", { psk: "by hand" })],
    });
    const [post] = await planned([held], gone);
    expect([put, post].map((call) => call?.body)).toEqual([
      { ipsec_site_connection: { description: "(hidden)", psk: "(hidden)" } },
      {
        ipsec_site_connection: expect.objectContaining({
          description: "(hidden)",
          psk: "(hidden)",
        }) as unknown,
      },
    ]);
  });

  it("in a name appears in no reason", async () => {
    const wire = { name: "canary" };
    const policy = aHeld("IkePolicy", { given: wire, wire, secret: new Set(["name"]) });
    const calls = await planned([policy], {
      IkePolicy: [aWire("IkePolicy", { name: "canary", pfs: "group2" })],
      IpsecSiteConnection: [aWire("IpsecSiteConnection", { ikepolicy_id: IKE })],
    });
    expect(calls.length).toBeGreaterThan(0);
    expect(JSON.stringify(calls)).not.toContain("canary");
  });

  it("is not a reason for a request if it could not be decrypted", async () => {
    const { psk: _psk, ...inputs } = checkedInputs("IpsecSiteConnection");
    const held = { ...aHeld("IpsecSiteConnection", { state: { psk: undefined } }), inputs };
    const locked = { ...held, unread: new Set(["psk"]), secret: new Set(["psk"]) };
    const live = (changes: Values) => ({
      IpsecSiteConnection: [aWire("IpsecSiteConnection", changes)],
    });
    expect(await planned([locked], live({}))).toEqual([]);
    const [put] = await planned([locked], live({ mtu: 1400 }));
    expect(put).toMatchObject({
      because: "differs: mtu",
      body: { ipsec_site_connection: { mtu: 1500 } },
    });
  });

  it("is sent with a new object even if it could not be decrypted", async () => {
    const { psk: _psk, ...inputs } = checkedInputs("IpsecSiteConnection");
    const unread = new Set(["psk"]);
    const held = { ...aHeld("IpsecSiteConnection", { secret: unread, unread }), inputs };
    const [post] = await planned([held], gone);
    expect(post?.body).toEqual({
      ipsec_site_connection: expect.objectContaining({ psk: "(hidden)" }) as unknown,
    });
  });
});
