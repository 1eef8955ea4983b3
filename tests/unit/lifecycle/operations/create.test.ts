import { ImmutableError, PartialFailureError, VpnaasError } from "../../../../provider/errors";
import { create } from "../../../../provider/lifecycle/operations/create";
import { autoName } from "../../../../provider/model/autoName";
import type { Dialect } from "../../../../provider/dialect";
import type { Kind, Values } from "../../../../provider/schema/resourceType";
import { aWire, checkedInputs, KINDS, resourceOf } from "../../support/kinds";
import { aCloud, aUser } from "../../support/givenContext";

const PLACE = { project: "network", stack: "dev", resource: "office" };

/** Inputs of a resource that the program does not name. */
function unnamed(kind: Kind, changes: Values = {}): Values {
  const inputs = checkedInputs(kind, { name: undefined, ...changes });
  return { ...inputs, name: autoName(resourceOf(kind).definition, PLACE, inputs) };
}

describe("a create", () => {
  it.each(KINDS)("of a %s makes it and returns what the cloud shows", async (kind) => {
    const status = kind === "IpsecSiteConnection" ? { waitFor: "accepted" } : {};
    const { context, requests } = aCloud(kind);
    const { id, outputs } = await create(context, checkedInputs(kind, status));
    expect(id).toBe("made-1");
    expect(requests).toEqual([["POST", expect.objectContaining({ name: "office" })]]);
    expect(outputs).toMatchObject({ name: "office", endpoint: "http://network.example.org" });
    expect(context.ownership.isHeld(id)).toBe(true);
  });

  it("of a VPN service does not wait for a status that only a connection brings", async () => {
    const { context, clock } = aCloud("VpnService", {}, (own) => ({
      create: (place, body, label) =>
        own.create(place, { ...body, status: "PENDING_CREATE" }, label),
    }));
    const { outputs } = await create(context, checkedInputs("VpnService"));
    expect([outputs["status"], clock.pauses]).toEqual(["PENDING_CREATE", []]);
  });

  it("of a VPN service reads it once more, since the answer lacks its addresses", async () => {
    const { context } = aCloud("VpnService", {}, (own) => ({
      get: async (place, id) => ({ ...(await own.get(place, id)), external_v4_ip: "198.51.100.4" }),
    }));
    const { outputs } = await create(context, checkedInputs("VpnService"));
    expect(outputs["externalV4Ip"]).toBe("198.51.100.4");
  });

  it("of a VPN service that ends in ERROR keeps it, and fails", async () => {
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

describe("the objects of the same name that a create compares with", () => {
  /** What a create of an IKE policy asks of the list. */
  async function listed(name: string, dialect: Dialect) {
    const list = jest.fn(() => Promise.resolve([]));
    const listNamed = jest.fn(() => Promise.resolve([]));
    const { context } = aCloud("IkePolicy", {}, () => ({ list, listNamed }) as object);
    const inputs = checkedInputs("IkePolicy", { name }, dialect);
    await create({ ...context, dialect }, inputs);
    return { list, listNamed, definition: context.resource.definition };
  }

  it("come from a list that many creates share in the neutron dialect", async () => {
    const { list, listNamed, definition } = await listed("office", "neutron");
    expect(listNamed.mock.calls).toEqual([[definition, "office"]]);
    expect(list).not.toHaveBeenCalled();
  });

  it("come from a list of that name alone in the k5 dialect", async () => {
    const { list, listNamed, definition } = await listed("office", "k5");
    expect(list.mock.calls).toEqual([[definition, { name: "office" }]]);
    expect(listNamed).not.toHaveBeenCalled();
  });

  it.each<Dialect>(["neutron", "k5"])("are not listed without a name (%s)", async (dialect) => {
    const { list, listNamed } = await listed("", dialect);
    expect([list.mock.calls, listNamed.mock.calls]).toEqual([[], []]);
  });
});

describe("a create with adopt", () => {
  it("takes the object over, changes what differs, and makes none", async () => {
    const there = aWire("IkePolicy");
    const { context, requests } = aCloud("IkePolicy", { IkePolicy: [there] });
    const inputs = checkedInputs("IkePolicy", { adopt: there.id, pfs: "group31" });
    const { id, outputs } = await create(context, inputs);
    expect(id).toBe(there.id);
    expect(outputs).toMatchObject({ pfs: "group31", adopt: there.id });
    expect(requests).toEqual([["PUT", there.id, { pfs: "group31" }]]);
  });

  it("sends nothing where nothing differs", async () => {
    const there = aWire("IkePolicy");
    const { context, requests } = aCloud("IkePolicy", { IkePolicy: [there] });
    await create(context, checkedInputs("IkePolicy", { adopt: "office" }));
    expect(requests).toEqual([]);
  });

  it("keeps the object's name where the program gives none", async () => {
    const there = aWire("IkePolicy", { name: "theirs" });
    const { context, requests } = aCloud("IkePolicy", { IkePolicy: [there] });
    const { outputs } = await create(context, unnamed("IkePolicy", { adopt: "theirs" }));
    expect([outputs["name"], requests]).toEqual(["theirs", []]);
  });

  it("takes over nothing that it would have to change and cannot", async () => {
    const there = aWire("IkePolicy");
    const users = [aUser({ ikepolicy_id: there.id })];
    const content = { IkePolicy: [there], IpsecSiteConnection: users };
    const { context, requests } = aCloud("IkePolicy", content);
    const inputs = checkedInputs("IkePolicy", { adopt: there.id, pfs: "group31" });
    await expect(create(context, inputs)).rejects.toThrow(ImmutableError);
    expect(requests).toEqual([]);
  });

  it("is a partial failure where the change of what was taken over fails", async () => {
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

  it("makes a new object where it replaces the one that was adopted", async () => {
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

describe("what an earlier run left behind under the resource's own name", () => {
  it.each<Kind>(["VpnService", "IkePolicy", "IpsecPolicy", "EndpointGroup"])(
    "is taken over: %s",
    async (kind) => {
      const inputs = unnamed(kind);
      const left = aWire(kind, { name: inputs["name"] });
      const { context, requests, lines } = aCloud(kind, { [kind]: [left] });
      const { id } = await create(context, inputs);
      expect([id, requests]).toEqual([left.id, []]);
      expect(lines[0]).toMatch(/already exists under this resource's auto-name/);
    },
  );

  it("is taken over by one resource only", async () => {
    const inputs = unnamed("IkePolicy");
    const left = aWire("IkePolicy", { name: inputs["name"] });
    const { context, requests } = aCloud("IkePolicy", { IkePolicy: [left] });
    await create(context, inputs);
    const second = await create(context, inputs);
    expect(second.id).not.toBe(left.id);
    expect(requests).toHaveLength(1);
  });

  it("is not what another resource of that name is just making", async () => {
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

  it("is not what a resource of the stack holds", async () => {
    const inputs = unnamed("IkePolicy");
    const held = aWire("IkePolicy", { name: inputs["name"] });
    const { context } = aCloud("IkePolicy", { IkePolicy: [held] });
    context.ownership.hold(held.id);
    expect((await create(context, inputs)).id).not.toBe(held.id);
  });

  it("is not an object of a name that the program gives", async () => {
    const { context } = aCloud("IkePolicy", { IkePolicy: [aWire("IkePolicy")] });
    expect((await create(context, checkedInputs("IkePolicy"))).id).toBe("made-1");
  });

  it.each<[Kind, Values]>([
    ["VpnService", { router_id: "another" }],
    ["VpnService", { subnet_id: "another" }],
    ["VpnService", { subnet_id: null }],
    ["VpnService", { status: "PENDING_DELETE" }],
    ["EndpointGroup", { endpoints: ["10.9.0.0/24"] }],
  ])("is not a %s that cannot be its own: %j", async (kind, wire) => {
    const inputs = unnamed(kind);
    const other = aWire(kind, { name: inputs["name"], ...wire });
    const { context } = aCloud(kind, { [kind]: [other] });
    expect((await create(context, inputs)).id).not.toBe(other.id);
  });

  it("is kept in the state as a lonely service that has to be replaced", async () => {
    const inputs = unnamed("VpnService", { description: "x" });
    const wire = { name: inputs["name"], status: "PENDING_CREATE" };
    const left = aWire("VpnService", wire);
    const { context, requests } = aCloud("VpnService", { VpnService: [left] });
    const error: unknown = await create(context, inputs).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(PartialFailureError);
    expect(error).toMatchObject({ id: left.id, properties: { description: "" } });
    expect(requests).toEqual([]);
  });

  it("is left alone where there are two, which the error names", async () => {
    const inputs = unnamed("IkePolicy");
    const twins = ["a", "b"].map((id) => aWire("IkePolicy", { id, name: inputs["name"] }));
    const { context, requests } = aCloud("IkePolicy", { IkePolicy: twins });
    await expect(create(context, inputs)).rejects.toThrow(/2 objects could be .*: a, b\./);
    expect(requests).toEqual([]);
  });
});

describe("two creates at the same time", () => {
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

  it("of one default name make one beside the one that was left", async () => {
    const inputs = unnamed("IkePolicy");
    const left = aWire("IkePolicy", { name: inputs["name"] });
    const { context } = aCloud("IkePolicy", { IkePolicy: [left] });
    const made = await Promise.all([create(context, inputs), create(context, inputs)]);
    expect(made.map(({ id }) => id)).toEqual([left.id, "made-1"]);
  });

  it("of one name list what is there one after the other", async () => {
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
