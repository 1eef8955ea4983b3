import { ImmutableError, PartialFailureError } from "../../../../provider/errors";
import { autoName } from "../../../../provider/model/autoName";
import type { Kind, Values } from "../../../../provider/schema/resourceType";
import {
  ambiguousOrphansError,
  claim,
  findOrphan,
  adopt,
} from "../../../../provider/lifecycle/adoption/orphans";
import { aWire, checkedInputs, resourceOf } from "../../support/kinds";
import { aCloud, aUser } from "../../support/givenContext";

const PLACE = { project: "network", stack: "dev", resource: "office" };

function unnamed(kind: Kind, changes: Values = {}): Values {
  const inputs = checkedInputs(kind, { name: undefined, ...changes });
  return { ...inputs, name: autoName(resourceOf(kind).definition, PLACE, inputs) };
}

describe("what was left behind", () => {
  it("may differ in what a PUT changes, but not in what makes a connection what it is", () => {
    const { context } = aCloud("IpsecSiteConnection");
    const inputs = unnamed("IpsecSiteConnection");
    const twin = (wire: Values) => aWire("IpsecSiteConnection", { name: inputs["name"], ...wire });
    expect(findOrphan(context, inputs, [twin({ mtu: 1400, psk: "old" })])).toBeDefined();
    expect(findOrphan(context, inputs, [twin({ peer_address: "198.51.100.9" })])).toBeUndefined();
    expect(findOrphan(context, inputs, [twin({ peer_id: "another" })])).toBeUndefined();
  });

  it("is told apart from what is about to go", () => {
    const { context } = aCloud("IpsecSiteConnection");
    const inputs = unnamed("IpsecSiteConnection");
    const going = aWire("IpsecSiteConnection", { name: inputs["name"], status: "PENDING_DELETE" });
    expect(findOrphan(context, inputs, [going])).toBeUndefined();
  });

  it("is only told of under a name that the program gave, where it shows every input", () => {
    const { context, lines } = aCloud("IpsecSiteConnection");
    const inputs = checkedInputs("IpsecSiteConnection", { name: "office" });
    const twin = (wire: Values) => aWire("IpsecSiteConnection", { name: "office", ...wire });
    const twins = [twin({ id: "same" }), twin({ id: "other", mtu: 1400 }), twin({ id: "held" })];
    context.ownership.hold("held");
    expect(findOrphan(context, inputs, twins)).toBeUndefined();
    expect(lines).toEqual([
      expect.stringMatching(/^warning: IpsecSiteConnection office \(same\) already exists/),
    ]);
  });
});

it("remembers what it claimed, so that a forced replacement does not delete it", async () => {
  const there = aWire("IkePolicy");
  const { context } = aCloud("IkePolicy", { IkePolicy: [there] });
  await adopt(context, checkedInputs("IkePolicy"), claim(context, there));
  expect(context.ownership.keepReason(there.id)).toBe("this run has adopted it");
});

it("lets only one resource claim an object, and names it to the other one", () => {
  const there = aWire("IkePolicy");
  const { context } = aCloud("IkePolicy");
  expect(claim(context, there)).toBe(there);
  expect(() => claim(context, there)).toThrow(
    `IkePolicy office (${there.id}) cannot be adopted: another resource of this stack holds it.`,
  );
});

it("lets go of what it cannot take over as it should be", async () => {
  const there = aWire("IkePolicy");
  const content = { IkePolicy: [there], IpsecSiteConnection: [aUser({ ikepolicy_id: there.id })] };
  const { context } = aCloud("IkePolicy", content);
  const inputs = checkedInputs("IkePolicy", { adopt: there.id, pfs: "group31" });
  const taking = adopt(context, inputs, claim(context, there));
  await expect(taking).rejects.toThrow(ImmutableError);
  const { ownership } = context;
  expect([ownership.isHeld(there.id), ownership.keepReason(there.id)]).toEqual([false, undefined]);
});

it("names every candidate where there are several, and says what to do", () => {
  const { context } = aCloud("IkePolicy");
  const candidates = [aWire("IkePolicy", { id: "a" }), aWire("IkePolicy", { id: "b" })];
  expect(ambiguousOrphansError(context, { name: "office" }, candidates).message).toBe(
    "2 objects could be the IkePolicy office that an earlier request created: a, b. " +
      "Nothing was adopted. Delete the unused ones, then run `pulumi up` again.",
  );
});

it("says of what was left behind why it is taken over, and what ends the engine's warning", () => {
  const { context, lines } = aCloud("IkePolicy");
  const inputs = unnamed("IkePolicy");
  const name = String(inputs["name"]);
  findOrphan(context, inputs, [aWire("IkePolicy", { name })]);
  expect(lines).toEqual([
    `IkePolicy ${name} (${aWire("IkePolicy").id}) already exists under this resource's auto-name: an earlier run created it but could not record it. It is adopted. ` +
      "If the engine warns of a pending operation, `pulumi refresh --clear-pending-creates` ends that.",
  ]);
});

describe("a service that cannot be changed before its first connection", () => {
  const there = aWire("VpnService", { status: "PENDING_CREATE" });
  const takingOver = (changes: Values) => {
    const { context } = aCloud("VpnService", { VpnService: [there] });
    const inputs = checkedInputs("VpnService", { description: "x", ...changes });
    return { context, taking: adopt(context, inputs, claim(context, there)) };
  };

  it("is not adopted where it would have to be changed", async () => {
    const { context, taking } = takingOver({ adopt: there.id });
    await expect(taking).rejects.toThrow(ImmutableError);
    expect(context.ownership.isHeld(there.id)).toBe(false);
  });

  it("is kept where this resource made it, so that the next run can replace it", async () => {
    const { context, taking } = takingOver({});
    await expect(taking).rejects.toThrow(PartialFailureError);
    expect(context.ownership.isHeld(there.id)).toBe(true);
  });
});
