import { CanceledError } from "../../../../provider/errors";
import { autoName } from "../../../../provider/model/autoName";
import type { Kind, Values } from "../../../../provider/schema/resourceType";
import { orphanedReplacementReason } from "../../../../provider/lifecycle/adoption/orphanedReplacement";
import type { WireObject } from "../../../../provider/neutron/client";
import { aWire, resourceOf, someInputs } from "../../support/kinds";
import { aCloud } from "../../support/givenContext";

const PLACE = { project: "network", stack: "dev", resource: "ike" };

/** Inputs with the auto-name that belongs to them. */
function unnamed(kind: Kind, changes: Values): Values {
  const inputs = someInputs(kind, changes);
  return { ...inputs, name: autoName(resourceOf(kind).definition, PLACE, inputs) };
}

const before = unnamed("IkePolicy", { pfs: "group5" });
const wanted = unnamed("IkePolicy", { pfs: "group14" });
const old = aWire("IkePolicy", { id: "old", name: before["name"], pfs: "group5" });
const next = aWire("IkePolicy", { id: "next", name: wanted["name"] });

function inACloudWith(objects: readonly WireObject[], inputs = wanted) {
  const room = aCloud("IkePolicy", { IkePolicy: objects });
  return {
    ...room,
    successor: () => orphanedReplacementReason(room.context, "old", before, inputs),
  };
}

it("orphanedReplacementReason: names the policy that a killed run created in place of another", async () => {
  const { successor } = inACloudWith([old, next]);
  expect(await successor()).toBe(
    `IkePolicy ${String(wanted["name"])} (next) was created in its place by an earlier run that could not record it`,
  );
});

it("orphanedReplacementReason: is undefined if no replacement was created", async () => {
  expect(await inACloudWith([old]).successor()).toBeUndefined();
});

it("orphanedReplacementReason: ignores the policy itself after a rename", async () => {
  expect(await inACloudWith([{ ...old, name: wanted["name"] }]).successor()).toBeUndefined();
});

it("orphanedReplacementReason: ignores an object that another resource of this run holds", async () => {
  const { context, successor } = inACloudWith([old, next]);
  context.ownership.hold("next");
  expect(await successor()).toBeUndefined();
});

it.each<[string, Values]>([
  ["a name that the program sets", { ...wanted, name: "office" }],
  ["the current name", { ...wanted, name: before["name"] }],
])("orphanedReplacementReason: sends no search under %s", async (_which, inputs) => {
  const namesake = { ...next, name: inputs["name"] };
  expect(await inACloudWith([old, namesake], inputs).successor()).toBeUndefined();
});

it("orphanedReplacementReason: sends no search for a resource type that can be changed while in use", async () => {
  const [one, other] = ["a", "b"].map((name) =>
    unnamed("EndpointGroup", { endpoints: [`10.${name.charCodeAt(0)}.0.0/24`] }),
  ) as [Values, Values];
  const twin = aWire("EndpointGroup", { id: "next", name: other["name"] });
  const { context } = aCloud("EndpointGroup", { EndpointGroup: [twin] });
  expect(await orphanedReplacementReason(context, "old", one, other)).toBeUndefined();
});

it("orphanedReplacementReason: sends no search under an auto-name that the policy already has", async () => {
  const twin = { ...next, id: "twin" };
  const { context } = inACloudWith([{ ...old, name: wanted["name"] }, twin]);
  const state = { ...before, name: wanted["name"] };
  expect(await orphanedReplacementReason(context, "old", state, wanted)).toBeUndefined();
});

it("orphanedReplacementReason: ignores a policy of another name", async () => {
  const stranger = aWire("IkePolicy", { id: "stranger", name: "office" });
  expect(await inACloudWith([old, stranger]).successor()).toBeUndefined();
});

it("orphanedReplacementReason: leaves the queue of creates with the same name when it is canceled", async () => {
  const { context } = aCloud("IkePolicy", { IkePolicy: [old, next] });
  const { ownership, resource } = context;
  void ownership.inTurn(resource.definition, wanted, () => new Promise(() => undefined));
  const canceled = { ...context, signal: AbortSignal.abort() };
  await expect(orphanedReplacementReason(canceled, "old", before, wanted)).rejects.toThrow(
    CanceledError,
  );
});
