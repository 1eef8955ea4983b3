import { handlers } from "../../../provider/handlers";
import { UNKNOWN } from "../../../provider/model/unknowns";
import { cloudResourceType } from "../../../provider/schema/resourceType";
import { Runtime } from "../../../provider/runtime";
import type { WireObject } from "../../../provider/values";
import { OTHER_ID } from "../support/builders";
import { aCloud } from "../support/givenContext";
import { setUpCall } from "../support/givenCall";
import { aState, aWire, checkedInputs } from "../support/kinds";

const inputs = checkedInputs("IkePolicy");
const state = aState("IkePolicy");
const wire = aWire("IkePolicy");
const NAME = new Set(["name"]);
const { ikePolicy } = handlers;

describe("handler: check", () => {
  it("returns the inputs with their defaults", async () => {
    const { call } = setUpCall();
    const checked = await ikePolicy.check(call, {}, { name: "a" });
    expect(checked.failures).toEqual([]);
    expect(checked.inputs).toMatchObject({ name: "a", ikeVersion: "v1" });
  });

  it("accepts inputs of either dialect while the cloud is unknown", async () => {
    const { call } = setUpCall({ dialect: "k5" });
    const group = { type: "cidr", endpoints: ["10.2.0.0/24"] };
    const failuresOf = async (cloud?: string) =>
      (await handlers.endpointGroup.check(call, {}, { ...group, cloud })).failures;
    expect(await failuresOf(UNKNOWN)).toEqual([]);
    expect(await failuresOf()).toHaveLength(1);
  });

  it("returns an invalid setting as a failure and the inputs unchanged", async () => {
    const { call } = setUpCall();
    jest.spyOn(call.runtime, "behavior").mockImplementation(() => {
      return new Runtime({ stack: () => "none", env: {}, project: "network" }).behavior();
    });
    const checked = await ikePolicy.check(call, {}, { name: "a" });
    expect(checked.inputs).toEqual({ name: "a" });
    expect(checked.failures).toEqual([{ property: "", reason: expect.any(String) as string }]);
  });

  it("warns without the name when the program marks the name as secret", async () => {
    const { call, lines } = setUpCall({ secretInputs: NAME });
    await ikePolicy.check(call, {}, { name: "canary", authAlgorithm: "sha1" });
    expect(lines.join()).toMatch(/warning: IkePolicy: authAlgorithm sha1/);
    expect(lines.join()).not.toMatch("canary");
  });

  it("does not log in for a resource without a change", async () => {
    const { call, context } = setUpCall();
    await ikePolicy.check(call, inputs, inputs);
    expect(context).not.toHaveBeenCalled();
  });

  it("does not log in for an adoption of a resource that exists already", async () => {
    const { call, context } = setUpCall();
    const adopting = { name: "a", adopt: OTHER_ID };
    expect((await ikePolicy.check(call, adopting, adopting)).failures).toEqual([]);
    expect(context).not.toHaveBeenCalled();
  });

  it("returns a failure that names adopt when there is no such object", async () => {
    const { call } = setUpCall();
    const { failures } = await ikePolicy.check(call, {}, { name: "a", adopt: OTHER_ID });
    expect(failures).toEqual([
      { property: "", reason: expect.stringMatching(/^adopt: /) as string },
    ]);
  });

  it("passes secret inputs to the login of an adoption", async () => {
    const { call, context } = setUpCall({ secretInputs: NAME });
    await ikePolicy.check(call, {}, { name: "a", adopt: OTHER_ID });
    expect(context.mock.calls[0]![2]).toEqual(NAME);
  });
});

describe("handler: diff", () => {
  const changed = { ...inputs, description: "another" };

  /** A cloud in which a connection uses each of those policies. */
  const withUsers = (...policies: readonly WireObject[]) =>
    aCloud("IkePolicy", {
      IkePolicy: policies,
      IpsecSiteConnection: policies.map(({ id }) =>
        aWire("IpsecSiteConnection", { ikepolicy_id: id }),
      ),
    });

  it("reports no change of equal inputs", async () => {
    const { call, runtime } = setUpCall();
    expect(await ikePolicy.diff(call, wire.id, state, inputs)).toMatchObject({ changes: false });
    expect(runtime.ownership.isToChange(wire.id)).toBe(false);
  });

  it.each([
    ["only the program", NAME, new Set<string>()],
    ["only the state", new Set<string>(), NAME],
  ])(
    "reports a change when %s marks an input as secret",
    async (_, secretInputs, storedSecretInputs) => {
      const { call, runtime } = setUpCall({ secretInputs, storedSecretInputs });
      expect(await ikePolicy.diff(call, wire.id, state, inputs)).toMatchObject({ changes: true });
      expect(runtime.ownership.isToChange(wire.id)).toBe(true);
      expect(runtime.ownership.hidesName(wire.id)).toBe(true);
    },
  );

  it("reports no change when both mark the same inputs in another order", async () => {
    const { call } = setUpCall({
      secretInputs: new Set(["name", "description"]),
      storedSecretInputs: new Set(["description", "name"]),
    });
    expect(await ikePolicy.diff(call, wire.id, state, inputs)).toMatchObject({ changes: false });
  });

  it("registers the object as held", async () => {
    const { call, runtime } = setUpCall();
    await ikePolicy.diff(call, wire.id, state, inputs);
    expect(runtime.ownership.isHeld(wire.id)).toBe(true);
  });

  it.each([
    ["deletes first after a change that keeps the peer", { description: "new" }, true],
    ["creates first after a change of the peer", { peerAddress: "203.0.113.99" }, false],
  ])("a connection that `replaceOnChanges` replaces %s", async (_order, change, isDeletedFirst) => {
    const { call } = setUpCall();
    const before = aState("IpsecSiteConnection");
    const after = checkedInputs("IpsecSiteConnection", change);
    expect(await handlers.ipsecSiteConnection.diff(call, "id", before, after)).toMatchObject({
      changes: true,
      replaces: [],
      deleteBeforeReplace: isDeletedFirst,
    });
  });

  it("replaces a policy in use by a connection", async () => {
    const { call, runtime } = setUpCall({ cloud: withUsers(wire) });
    const { replaces } = await ikePolicy.diff(call, wire.id, state, changed);
    expect(replaces).toEqual(["description"]);
    expect(runtime.ownership.isKept(wire.id)).toBe(false);
  });

  it("prints the reason of a replacement once although another connection uses the policy", async () => {
    const cloud = withUsers(wire);
    const { call, lines } = setUpCall({ cloud });
    await ikePolicy.diff(call, wire.id, state, changed);
    const connections = cloudResourceType("IpsecSiteConnection");
    await cloud.context.client.create(connections, { name: "new", ikepolicy_id: wire.id }, "new");
    await ikePolicy.diff(call, wire.id, state, changed);
    expect(lines).toEqual([
      expect.stringMatching(
        /^IkePolicy office \(.*\) is replaced, since it cannot be changed: it is in use by /,
      ),
    ]);
  });

  it("prints the reasons of the replacements of two objects", async () => {
    const other = { ...wire, id: OTHER_ID };
    const { call, lines } = setUpCall({ cloud: withUsers(wire, other) });
    for (const { id } of [wire, other]) await ikePolicy.diff(call, id, state, changed);
    expect(lines).toHaveLength(2);
  });

  describe("of a changed connection", () => {
    const { ipsecSiteConnection } = handlers;
    const [live, known] = [aWire("IpsecSiteConnection"), aState("IpsecSiteConnection")];
    const news = { ...checkedInputs("IpsecSiteConnection"), description: "another" };
    const setUp = (secretInputs = new Set<string>()) => {
      const content = { IpsecSiteConnection: [live] };
      return setUpCall({ cloud: aCloud("IpsecSiteConnection", content), secretInputs });
    };

    it("announces the interruption of its tunnel", async () => {
      const { call, lines } = setUp();
      const { inputs: checked } = await ipsecSiteConnection.check(call, known, news);
      lines.length = 0;
      await ipsecSiteConnection.diff(call, live.id, known, checked);
      expect(lines).toEqual([
        expect.stringMatching(
          /^Changing IpsecSiteConnection .* interrupts its tunnel for a moment\.$/,
        ),
      ]);
    });

    it("announces it without a name that is secret", async () => {
      const { call, lines } = setUp(NAME);
      const { inputs: checked } = await ipsecSiteConnection.check(call, known, news);
      await ipsecSiteConnection.diff(call, live.id, known, checked);
      expect(lines.join()).toContain(`Changing IpsecSiteConnection ${live.id} interrupts`);
    });

    it("announces nothing for inputs that no check returned, such as those of a refresh", async () => {
      const { call, lines } = setUp();
      await ipsecSiteConnection.diff(call, live.id, known, news);
      expect(lines).toEqual([]);
    });

    it("fails as the update would if the object is gone", async () => {
      const { call } = setUpCall({ cloud: aCloud("IpsecSiteConnection") });
      const { inputs: checked } = await ipsecSiteConnection.check(call, known, news);
      await expect(ipsecSiteConnection.diff(call, live.id, known, checked)).rejects.toThrow(
        /is gone, or this login cannot see it\. .* run `pulumi up --refresh`/,
      );
    });

    it("announces nothing if only local inputs change", async () => {
      const { call, lines } = setUp();
      const local = { ...news, description: known["description"], timeouts: { update: "1m" } };
      const { inputs: checked } = await ipsecSiteConnection.check(call, known, local);
      lines.length = 0;
      expect(await ipsecSiteConnection.diff(call, live.id, known, checked)).toMatchObject({
        changes: true,
      });
      expect(lines).toEqual([]);
    });
  });

  it("refuses a damaged state without its secret name", async () => {
    const { call } = setUpCall({ storedSecretInputs: NAME });
    const damaged = { ...state, name: "canary", ikeVersion: 5 };
    await expect(ikePolicy.diff(call, wire.id, damaged, inputs)).rejects.toThrow(
      `The state of IkePolicy ${wire.id} is damaged: `,
    );
  });
});

describe("handler: create", () => {
  it("records that the name of the new object is secret", async () => {
    const { call, runtime } = setUpCall({ secretInputs: NAME });
    const { id } = await ikePolicy.create(call, inputs);
    expect(runtime.ownership.hidesName(id)).toBe(true);
  });
});

describe("handler: read", () => {
  it("returns undefined when the object is proven to be deleted", async () => {
    const { call } = setUpCall();
    expect(await ikePolicy.read(call, wire.id, state)).toBeUndefined();
  });
});

describe("handler: update", () => {
  it("passes the secret inputs of program and state to the login", async () => {
    const cloud = aCloud("IkePolicy", { IkePolicy: [wire] });
    const storedSecretInputs = new Set(["description"]);
    const { call, context } = setUpCall({ cloud, secretInputs: NAME, storedSecretInputs });
    await ikePolicy.update(call, wire.id, state, inputs);
    expect(context.mock.calls[0]![2]).toEqual(new Set(["name", "description"]));
  });
});
