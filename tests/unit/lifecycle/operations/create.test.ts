import { ImmutableError, PartialFailureError, VpnaasError } from "../../../../provider/errors";
import { create } from "../../../../provider/lifecycle/operations/create";
import { autoName } from "../../../../provider/model/autoName";
import type { Dialect } from "../../../../provider/dialect";
import type { Kind, Values } from "../../../../provider/schema/resourceType";
import { aWire, checkedInputs, KINDS, resourceOf } from "../../support/kinds";
import { aCloud, aUser } from "../../support/givenContext";

const PLACE = { project: "network", stack: "dev", resource: "office" };

/** Inputs of a resource without a name in the program. */
function unnamed(kind: Kind, changes: Values = {}): Values {
  const inputs = checkedInputs(kind, { name: undefined, ...changes });
  return { ...inputs, name: autoName(resourceOf(kind).definition, PLACE, inputs) };
}

describe("a create", () => {
  it.each(KINDS)("of a %s creates the object and returns its observed values", async (kind) => {
    const status = kind === "IpsecSiteConnection" ? { waitFor: "accepted" } : {};
    const { context, requests } = aCloud(kind);
    const { id, outputs } = await create(context, checkedInputs(kind, status));
    expect(id).toBe("made-1");
    expect(requests).toEqual([["POST", expect.objectContaining({ name: "office" })]]);
    expect(outputs).toMatchObject({ name: "office", endpoint: "http://network.example.org" });
    expect(context.ownership.isHeld(id)).toBe(true);
  });

  it("of a VPN service does not await a status that needs a connection", async () => {
    const { context, clock } = aCloud("VpnService", {}, (own) => ({
      create: (place, body, label) =>
        own.create(place, { ...body, status: "PENDING_CREATE" }, label),
    }));
    const { outputs } = await create(context, checkedInputs("VpnService"));
    expect([outputs["status"], clock.pauses]).toEqual(["PENDING_CREATE", []]);
  });

  it("of a VPN service reads it once more, because the response lacks its addresses", async () => {
    const { context } = aCloud("VpnService", {}, (own) => ({
      get: async (place, id) => ({ ...(await own.get(place, id)), external_v4_ip: "198.51.100.4" }),
    }));
    const { outputs } = await create(context, checkedInputs("VpnService"));
    expect(outputs["externalV4Ip"]).toBe("198.51.100.4");
  });

  it("of a VPN service that ends in ERROR fails and keeps the object in the state", async () => {
    const made = aWire("VpnService", { status: "ERROR" });
    const calls = () => ({ create: () => Promise.resolve(made) });
    const { context } = aCloud("VpnService", { VpnService: [made] }, calls);
    const error: unknown = await create(
      context,
      checkedInputs("VpnService", { name: "new" }),
    ).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(PartialFailureError);
    expect(error).toMatchObject({ id: made.id, properties: { status: "ERROR" } });
  });
});

describe("the list for objects of the same name in a create", () => {
  /** The lists that a create of an IKE policy requests. */
  async function listed(name: string, dialect: Dialect) {
    const list = jest.fn(() => Promise.resolve([]));
    const listNamed = jest.fn(() => Promise.resolve([]));
    const { context } = aCloud("IkePolicy", {}, () => ({ list, listNamed }) as object);
    const inputs = checkedInputs("IkePolicy", { name }, dialect);
    await create({ ...context, dialect }, inputs);
    return { list, listNamed, definition: context.resource.definition };
  }

  it("is shared with other creates in the neutron dialect", async () => {
    const { list, listNamed, definition } = await listed("office", "neutron");
    expect(listNamed.mock.calls).toEqual([[definition, "office"]]);
    expect(list).not.toHaveBeenCalled();
  });

  it("is filtered by the name in the k5 dialect", async () => {
    const { list, listNamed, definition } = await listed("office", "k5");
    expect(list.mock.calls).toEqual([[definition, { name: "office" }]]);
    expect(listNamed).not.toHaveBeenCalled();
  });

  it.each<Dialect>(["neutron", "k5"])("is not requested without a name (%s)", async (dialect) => {
    const { list, listNamed } = await listed("", dialect);
    expect([list.mock.calls, listNamed.mock.calls]).toEqual([[], []]);
  });
});

describe("a create with adopt", () => {
  it("adopts the object, changes the differing fields, and creates no object", async () => {
    const there = aWire("IkePolicy");
    const { context, requests } = aCloud("IkePolicy", { IkePolicy: [there] });
    const inputs = checkedInputs("IkePolicy", { adopt: there.id, pfs: "group31" });
    const { id, outputs } = await create(context, inputs);
    expect(id).toBe(there.id);
    expect(outputs).toMatchObject({ pfs: "group31", adopt: there.id });
    expect(requests).toEqual([["PUT", there.id, { pfs: "group31" }]]);
  });

  it("sends no change if no field differs", async () => {
    const there = aWire("IkePolicy");
    const { context, requests } = aCloud("IkePolicy", { IkePolicy: [there] });
    await create(context, checkedInputs("IkePolicy", { adopt: "office" }));
    expect(requests).toEqual([]);
  });

  it("keeps the object's name if the program sets none", async () => {
    const there = aWire("IkePolicy", { name: "theirs" });
    const { context, requests } = aCloud("IkePolicy", { IkePolicy: [there] });
    const { outputs } = await create(context, unnamed("IkePolicy", { adopt: "theirs" }));
    expect([outputs["name"], requests]).toEqual(["theirs", []]);
  });

  it("refuses an object that needs a change but is immutable now", async () => {
    const there = aWire("IkePolicy");
    const users = [aUser({ ikepolicy_id: there.id })];
    const content = { IkePolicy: [there], IpsecSiteConnection: users };
    const { context, requests } = aCloud("IkePolicy", content);
    const inputs = checkedInputs("IkePolicy", { adopt: there.id, pfs: "group31" });
    await expect(create(context, inputs)).rejects.toThrow(ImmutableError);
    expect(requests).toEqual([]);
  });

  it("is a partial failure if the change of the adopted object fails", async () => {
    const there = aWire("IkePolicy");
    const update = () => Promise.reject(new VpnaasError("the cloud said no"));
    const { context } = aCloud("IkePolicy", { IkePolicy: [there] }, () => ({ update }));
    const inputs = checkedInputs("IkePolicy", { adopt: there.id, pfs: "group31" });
    const error: unknown = await create(context, inputs).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(PartialFailureError);
    expect(error).toMatchObject({
      id: there.id,
      properties: { pfs: "group14" },
      reasons: ["the cloud said no"],
    });
  });

  it("creates a new object if it replaces the adopted one", async () => {
    const there = aWire("EndpointGroup");
    const { context, requests } = aCloud("EndpointGroup", { EndpointGroup: [there] });
    context.ownership.hold(there.id);
    context.ownership.markReplaced(context.resource.definition, { adopt: there.id });
    const changes = { adopt: there.id, endpoints: ["10.9.0.0/24"] };
    const { id } = await create(context, checkedInputs("EndpointGroup", changes));
    expect(id).not.toBe(there.id);
    expect(requests).toHaveLength(1);
  });
});

describe("an orphan under the auto-name of the resource", () => {
  it.each<Kind>(["VpnService", "IkePolicy", "IpsecPolicy", "EndpointGroup"])(
    "is adopted: %s",
    async (kind) => {
      const inputs = unnamed(kind);
      const left = aWire(kind, { name: inputs["name"] });
      const { context, requests, lines } = aCloud(kind, { [kind]: [left] });
      const { id } = await create(context, inputs);
      expect([id, requests]).toEqual([left.id, []]);
      expect(lines[0]).toMatch(/already exists under this resource's auto-name/);
    },
  );

  it("is adopted by one resource only", async () => {
    const inputs = unnamed("IkePolicy");
    const left = aWire("IkePolicy", { name: inputs["name"] });
    const { context, requests } = aCloud("IkePolicy", { IkePolicy: [left] });
    await create(context, inputs);
    const second = await create(context, inputs);
    expect(second.id).not.toBe(left.id);
    expect(requests).toHaveLength(1);
  });

  it("is never an object that another resource is creating under the name", async () => {
    const inputs = unnamed("IkePolicy");
    let answer: () => void = () => undefined;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    const { context, requests } = aCloud("IkePolicy", {}, (own) => ({
      create: async (...args) => {
        const made = await own.create(...args);
        await answered;
        return made;
      },
    }));
    const first = create(context, inputs);
    while (requests.length === 0) await Promise.resolve();
    const second = create(context, inputs);
    answer();
    expect((await first).id).not.toBe((await second).id);
  });

  it("is never an object that a resource of the stack holds", async () => {
    const inputs = unnamed("IkePolicy");
    const held = aWire("IkePolicy", { name: inputs["name"] });
    const { context } = aCloud("IkePolicy", { IkePolicy: [held] });
    context.ownership.hold(held.id);
    expect((await create(context, inputs)).id).not.toBe(held.id);
  });

  it("is never an object under a name that the program sets", async () => {
    const { context } = aCloud("IkePolicy", { IkePolicy: [aWire("IkePolicy")] });
    expect((await create(context, checkedInputs("IkePolicy"))).id).toBe("made-1");
  });

  it.each<[Kind, Values]>([
    ["VpnService", { router_id: "another" }],
    ["VpnService", { subnet_id: "another" }],
    ["VpnService", { subnet_id: null }],
    ["VpnService", { status: "PENDING_DELETE" }],
    ["EndpointGroup", { endpoints: ["10.9.0.0/24"] }],
  ])("is never a %s with another identity: %j", async (kind, wire) => {
    const inputs = unnamed(kind);
    const other = aWire(kind, { name: inputs["name"], ...wire });
    const { context } = aCloud(kind, { [kind]: [other] });
    expect((await create(context, inputs)).id).not.toBe(other.id);
  });

  it("stays in the state if it is a service without connections that needs a replacement", async () => {
    const inputs = unnamed("VpnService", { description: "x" });
    const wire = { name: inputs["name"], status: "PENDING_CREATE" };
    const left = aWire("VpnService", wire);
    const { context, requests } = aCloud("VpnService", { VpnService: [left] });
    const error: unknown = await create(context, inputs).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(PartialFailureError);
    expect(error).toMatchObject({ id: left.id, properties: { description: "" } });
    expect(requests).toEqual([]);
  });

  it("is not adopted if there are two, and the error names both", async () => {
    const inputs = unnamed("IkePolicy");
    const twins = ["a", "b"].map((id) => aWire("IkePolicy", { id, name: inputs["name"] }));
    const { context, requests } = aCloud("IkePolicy", { IkePolicy: twins });
    await expect(create(context, inputs)).rejects.toThrow(/2 objects could be .*: a, b\./);
    expect(requests).toEqual([]);
  });
});

describe("two concurrent creates", () => {
  it("adopt one object once", async () => {
    const there = aWire("IkePolicy");
    const { context, requests } = aCloud("IkePolicy", { IkePolicy: [there] });
    const outcomes = await Promise.allSettled(
      ["a", "b"].map((name) =>
        create(context, checkedInputs("IkePolicy", { name, adopt: there.id })),
      ),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(requests.filter(([method]) => method === "POST")).toEqual([]);
  });

  it("with the same auto-name adopt the orphan once and create one object", async () => {
    const inputs = unnamed("IkePolicy");
    const left = aWire("IkePolicy", { name: inputs["name"] });
    const { context } = aCloud("IkePolicy", { IkePolicy: [left] });
    const made = await Promise.all([create(context, inputs), create(context, inputs)]);
    expect(made.map(({ id }) => id)).toEqual([left.id, "made-1"]);
  });

  it("with the same name run one after the other", async () => {
    let [open, most] = [0, 0];
    const { context } = aCloud("IkePolicy", {}, (own) => ({
      create: async (...args) => {
        most = Math.max(most, (open += 1));
        await new Promise(setImmediate);
        open -= 1;
        return own.create(...args);
      },
    }));
    const names = ["a", "a", "a"];
    await Promise.all(names.map((name) => create(context, checkedInputs("IkePolicy", { name }))));
    expect(most).toBe(1);
    const others = ["b", "c", "", ""];
    await Promise.all(others.map((name) => create(context, checkedInputs("IkePolicy", { name }))));
    expect(most).toBe(4);
  });
});

it("a create that is refused after its predecessor was deleted states that, and the next step", async () => {
  const old = unnamed("IpsecSiteConnection", { mtu: 1400 });
  const inputs = unnamed("IpsecSiteConnection");
  const { context } = aCloud("IpsecSiteConnection", {}, () => ({
    create: () => Promise.reject(new VpnaasError("Refused.")),
  }));
  const { kind } = context.resource.definition;
  context.ownership.beginDelete("old-id", { kind, state: old });
  context.ownership.beginDelete("other-id", { kind, state: { name: "other" } });
  const reason = `Refused. IpsecSiteConnection ${String(old["name"])} (old-id) was deleted before, to be replaced by it, and no longer exists; the state records that. Correct the cause, then run \`pulumi up\` again: it creates the IpsecSiteConnection.`;
  await expect(create(context, inputs)).rejects.toThrow(reason);
});
