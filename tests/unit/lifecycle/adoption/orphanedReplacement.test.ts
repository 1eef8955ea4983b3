import { autoName } from "../../../../provider/model/autoName";
import type { Kind, Values } from "../../../../provider/schema/resourceType";
import { orphanedReplacementReason } from "../../../../provider/lifecycle/adoption/orphanedReplacement";
import type { WireObject } from "../../../../provider/neutron/client";
import { aWire, resourceOf, someInputs } from "../../support/kinds";
import { aCloud } from "../../support/givenContext";

const PLACE = { project: "network", stack: "dev", resource: "ike" };

/** Inputs with the default name that is theirs. */
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

it("names the policy that a killed run has made in the place of another", async () => {
  const { successor } = inACloudWith([old, next]);
  expect(await successor()).toBe(
    `IkePolicy ${String(wanted["name"])} (next) was created in its place by an earlier run that could not record it`,
  );
});

it("finds none where none was made", async () => {
  expect(await inACloudWith([old]).successor()).toBeUndefined();
});

it("does not take a policy that was renamed already for its own successor", async () => {
  expect(await inACloudWith([{ ...old, name: wanted["name"] }]).successor()).toBeUndefined();
});

it("does not take what another resource of this run holds", async () => {
  const { context, successor } = inACloudWith([old, next]);
  context.ownership.hold("next");
  expect(await successor()).toBeUndefined();
});

it.each<[string, Values]>([
  ["a name of the program's own", { ...wanted, name: "office" }],
  ["the name that it has", { ...wanted, name: before["name"] }],
])("is not looked for under %s", async (_which, inputs) => {
  const namesake = { ...next, name: inputs["name"] };
  expect(await inACloudWith([old, namesake], inputs).successor()).toBeUndefined();
});

it("is not looked for of a kind that takes every change", async () => {
  const [one, other] = ["a", "b"].map((name) =>
    unnamed("EndpointGroup", { endpoints: [`10.${name.charCodeAt(0)}.0.0/24`] }),
  ) as [Values, Values];
  const twin = aWire("EndpointGroup", { id: "next", name: other["name"] });
  const { context } = aCloud("EndpointGroup", { EndpointGroup: [twin] });
  expect(await orphanedReplacementReason(context, "old", one, other)).toBeUndefined();
});

it("is not looked for under an auto name that the policy has already", async () => {
  const twin = { ...next, id: "twin" };
  const { context } = inACloudWith([{ ...old, name: wanted["name"] }, twin]);
  const state = { ...before, name: wanted["name"] };
  expect(await orphanedReplacementReason(context, "old", state, wanted)).toBeUndefined();
});

it("does not take a policy of another name for it", async () => {
  const stranger = aWire("IkePolicy", { id: "stranger", name: "office" });
  expect(await inACloudWith([old, stranger]).successor()).toBeUndefined();
});
