import { defaultName } from "../../../provider/lifecycle/defaultName";
import type { Field, Kind, Values } from "../../../provider/lifecycle/definition";
import { changeableFields, givenFields, matches } from "../../../provider/lifecycle/given";
import { OTHER_ID } from "../builders";
import { aWire, checkedInputs, resourceOf } from "../kinds";
import { aCloud } from "./aContext";

const PLACE = { project: "network", stack: "dev", resource: "office" };
const names = (fields: readonly Field[]) => fields.map(({ name }) => name);

function unnamed(kind: Kind, changes: Values = {}): Values {
  const inputs = checkedInputs(kind, { name: undefined, ...changes });
  return { ...inputs, name: defaultName(resourceOf(kind).definition, PLACE, inputs) };
}

it("takes for given what the inputs hold and the cloud knows", () => {
  const { context } = aCloud("VpnService");
  const own = { cloud: "east", timeouts: { create: "5m" }, adopt: OTHER_ID };
  expect(names(givenFields(context, checkedInputs("VpnService", own)))).toEqual([
    ...["name", "description", "adminStateUp", "routerId", "subnetId"],
  ]);
});

it("takes for changeable what a PUT takes", () => {
  const { context } = aCloud("VpnService");
  expect(names(changeableFields(context, checkedInputs("VpnService")))).toEqual([
    ...["name", "description", "adminStateUp"],
  ]);
});

describe("the name of what is taken over", () => {
  const { context } = aCloud("IkePolicy");

  it.each<[string, Values, boolean]>([
    [
      "stays where it is adopted and the program gives none",
      unnamed("IkePolicy", { adopt: "x" }),
      false,
    ],
    ["is given where the program gives one", checkedInputs("IkePolicy", { adopt: "x" }), true],
    ["is given where nothing is adopted", unnamed("IkePolicy"), true],
  ])("%s", (_what, inputs, isGiven) => {
    expect(names(changeableFields(context, inputs)).includes("name")).toBe(isGiven);
  });
});

it("matches an object by those fields alone that it is told", () => {
  const { context } = aCloud("VpnService");
  const inputs = checkedInputs("VpnService", { description: "x" });
  const [name, description] = givenFields(context, inputs);
  expect(matches(aWire("VpnService"), inputs, [name!])).toBe(true);
  expect(matches(aWire("VpnService"), inputs, [name!, description!])).toBe(false);
});
