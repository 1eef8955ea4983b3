import { connectionOf, nextKeyOf, stackSource } from "../../../provider/peer/stackSource";
import type { HeldResource, StackState } from "../../../provider/drift/stackState";
import type { Kind } from "../../../provider/schema/resourceType";

function held(kind: Kind, name: string, over: Partial<HeldResource> = {}): HeldResource {
  return {
    urn: `urn:${name}`,
    name,
    kind,
    id: `id of ${name}`,
    inputs: {},
    outputs: { name: `${name}-0a1b2c3` },
    secret: new Set(),
    unread: new Set(),
    options: [],
    isCompared: true,
    ...over,
  };
}

function stackOf(resources: HeldResource[], over: Partial<StackState> = {}): StackState {
  const config = () => undefined;
  return { name: "dev", project: "p", config, resources, secretsRead: true, notes: [], ...over };
}

const connection = (name: string, over?: Partial<HeldResource>) =>
  held("IpsecSiteConnection", name, over);

describe("connectionOf", () => {
  const stack = stackOf([held("IkePolicy", "ike"), connection("office"), connection("branch")]);

  it.each(["office", "office-0a1b2c3", "id of office"])("finds a connection by %s", (name) => {
    expect(connectionOf(stack, name).name).toBe("office");
  });

  it("needs no name if the stack has one connection", () => {
    expect(connectionOf(stackOf([connection("office")])).name).toBe("office");
  });

  it("prefers the logical name to names in the cloud", () => {
    const other = connection("other", { outputs: { name: "office" } });
    expect(connectionOf(stackOf([other, connection("office")]), "office").name).toBe("office");
  });

  it.each([undefined, "cellar"])("refuses %s and lists the connections", (name) => {
    expect(() => connectionOf(stack, name)).toThrow(/office \(id of office\), branch/);
  });

  it("leaves out a connection that was replaced", () => {
    const replaced = connection("office", { isCompared: false });
    expect(() => connectionOf(stackOf([replaced]))).toThrow(/no connection.*none/);
  });
});

describe("stackSource", () => {
  const cloud = {
    part: jest.fn(() => Promise.resolve({ from: "cloud" })),
    subnetCidr: () => Promise.resolve("10.1.0.0/24"),
  };
  const partOf = (stack: StackState, id: string) =>
    stackSource(stack, () => Promise.resolve(cloud)).part("IkePolicy", id);
  beforeEach(() => cloud.part.mockClear());

  it("reads an object of the state without the cloud", async () => {
    const ike = held("IkePolicy", "ike", { outputs: { from: "state" } });
    expect(await partOf(stackOf([ike]), ike.id)).toEqual({ from: "state" });
    expect(cloud.part).not.toHaveBeenCalled();
  });

  it.each([
    ["is in no state", []],
    [
      "has values that could not be decrypted",
      [held("IkePolicy", "ike", { unread: new Set(["pfs"]) })],
    ],
    ["was replaced", [held("IkePolicy", "ike", { isCompared: false })]],
  ])("reads an object that %s from the cloud", async (_, resources) => {
    expect(await partOf(stackOf(resources), "id of ike")).toEqual({ from: "cloud" });
  });

  it("reads subnets from the cloud", async () => {
    const source = stackSource(stackOf([]), () => Promise.resolve(cloud));
    expect(await source.subnetCidr("a")).toBe("10.1.0.0/24");
  });
});

describe("nextKeyOf", () => {
  const preSharedKeys = [
    { current: "a", next: "b" },
    { current: "c", next: "d" },
  ];

  it("returns the next key of the PreSharedKey that the connection uses", () => {
    expect(nextKeyOf(stackOf([], { preSharedKeys }), "c")).toBe("d");
  });

  it.each([{ preSharedKeys }, {}])("refuses a key that no PreSharedKey of %j has", (over) => {
    expect(() => nextKeyOf(stackOf([], over), "canary")).toThrow(/no PreSharedKey (?!.*canary)/);
  });
});
