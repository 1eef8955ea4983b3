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

describe("findOrphan", () => {
  it("accepts differences that a PUT can change, but not in the identity of a connection", () => {
    const { context } = aCloud("IpsecSiteConnection");
    const inputs = unnamed("IpsecSiteConnection");
    const twin = (wire: Values) => aWire("IpsecSiteConnection", { name: inputs["name"], ...wire });
    expect(findOrphan(context, inputs, [twin({ mtu: 1400, psk: "old" })])).toBeDefined();
    expect(findOrphan(context, inputs, [twin({ peer_address: "198.51.100.9" })])).toBeUndefined();
    expect(findOrphan(context, inputs, [twin({ peer_id: "another" })])).toBeUndefined();
  });

  it("ignores an object that is about to be deleted", () => {
    const { context } = aCloud("IpsecSiteConnection");
    const inputs = unnamed("IpsecSiteConnection");
    const going = aWire("IpsecSiteConnection", { name: inputs["name"], status: "PENDING_DELETE" });
    expect(findOrphan(context, inputs, [going])).toBeUndefined();
  });

  it("only warns about an object under a name that the program sets, if every input matches", () => {
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

it("a claim survives the adoption, so that a forced replacement does not delete the object", async () => {
  const there = aWire("IkePolicy");
  const { context } = aCloud("IkePolicy", { IkePolicy: [there] });
  await adopt(context, checkedInputs("IkePolicy"), claim(context, there));
  expect(context.ownership.keepReason(there.id)).toBe("this run has adopted it");
});

it("claim: lets only one resource claim an object and names the object to any other", () => {
  const there = aWire("IkePolicy");
  const { context } = aCloud("IkePolicy");
  expect(claim(context, there)).toBe(there);
  expect(() => claim(context, there)).toThrow(
    `IkePolicy office (${there.id}) cannot be adopted: another resource of this stack holds it.`,
  );
});

it("adopt: releases an object that cannot get its desired values", async () => {
  const there = aWire("IkePolicy");
  const content = { IkePolicy: [there], IpsecSiteConnection: [aUser({ ikepolicy_id: there.id })] };
  const { context } = aCloud("IkePolicy", content);
  const inputs = checkedInputs("IkePolicy", { adopt: there.id, pfs: "group31" });
  const taking = adopt(context, inputs, claim(context, there));
  await expect(taking).rejects.toThrow(ImmutableError);
  const { ownership } = context;
  expect([ownership.isHeld(there.id), ownership.keepReason(there.id)]).toEqual([false, undefined]);
});

it("ambiguousOrphansError: names every candidate and the next step", () => {
  const { context } = aCloud("IkePolicy");
  const candidates = [aWire("IkePolicy", { id: "a" }), aWire("IkePolicy", { id: "b" })];
  expect(ambiguousOrphansError(context, { name: "office" }, candidates).message).toBe(
    "2 objects could be the IkePolicy office that an earlier request created: a, b. " +
      "Nothing was adopted. Delete the unused ones, then run `pulumi up` again.",
  );
});

it("findOrphan explains why it adopts an orphan and how to end the engine's warning", () => {
  const { context, lines } = aCloud("IkePolicy");
  const inputs = unnamed("IkePolicy");
  const name = String(inputs["name"]);
  findOrphan(context, inputs, [aWire("IkePolicy", { name })]);
  expect(lines).toEqual([
    `IkePolicy ${name} (${aWire("IkePolicy").id}) already exists under this resource's auto-name: an earlier run created it but could not record it. It is adopted. ` +
      "If the engine warns of a pending operation, `pulumi refresh --clear-pending-creates` ends that.",
  ]);
});

describe("adopt: a service that cannot be changed before its first connection", () => {
  const there = aWire("VpnService", { status: "PENDING_CREATE" });
  const takingOver = (changes: Values) => {
    const { context } = aCloud("VpnService", { VpnService: [there] });
    const inputs = checkedInputs("VpnService", { description: "x", ...changes });
    return { context, taking: adopt(context, inputs, claim(context, there)) };
  };

  it("is refused if the input adopt names it and it needs a change", async () => {
    const { context, taking } = takingOver({ adopt: there.id });
    await expect(taking).rejects.toThrow(ImmutableError);
    expect(context.ownership.isHeld(there.id)).toBe(false);
  });

  it("is kept if this resource created it, so that the next run can replace it", async () => {
    const { context, taking } = takingOver({});
    await expect(taking).rejects.toThrow(PartialFailureError);
    expect(context.ownership.isHeld(there.id)).toBe(true);
  });
});
