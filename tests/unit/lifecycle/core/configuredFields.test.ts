import { autoName } from "../../../../provider/model/autoName";
import type { Field, Kind, Values } from "../../../../provider/schema/resourceType";
import {
  mutableFields,
  configuredFields,
  matches,
} from "../../../../provider/lifecycle/core/configuredFields";
import { OTHER_ID } from "../../support/builders";
import { aWire, checkedInputs, resourceOf } from "../../support/kinds";
import { aCloud } from "../../support/givenContext";

const PLACE = { project: "network", stack: "dev", resource: "office" };
const names = (fields: readonly Field[]) => fields.map(({ name }) => name);

function unnamed(kind: Kind, changes: Values = {}): Values {
  const inputs = checkedInputs(kind, { name: undefined, ...changes });
  return { ...inputs, name: autoName(resourceOf(kind).definition, PLACE, inputs) };
}

it("takes for given what the inputs hold and the cloud knows", () => {
  const { context } = aCloud("VpnService");
  const own = { cloud: "east", timeouts: { create: "5m" }, adopt: OTHER_ID };
  expect(names(configuredFields(context, checkedInputs("VpnService", own)))).toEqual([
    "name",
    "description",
    "adminStateUp",
    "routerId",
    "subnetId",
  ]);
});

it("takes for changeable what a PUT takes", () => {
  const { context } = aCloud("VpnService");
  expect(names(mutableFields(context, checkedInputs("VpnService")))).toEqual([
    "name",
    "description",
    "adminStateUp",
  ]);
});

describe("the name of what is taken over", () => {
  const isGiven = (inputs: Values) =>
    names(mutableFields(aCloud("IkePolicy").context, inputs)).includes("name");

  it("stays where it is adopted and the program gives none", () => {
    expect(isGiven(unnamed("IkePolicy", { adopt: "x" }))).toBe(false);
  });

  it("alone stays there", () => {
    const inputs = unnamed("IkePolicy", { adopt: "x", description: "y" });
    expect(names(mutableFields(aCloud("IkePolicy").context, inputs))).toContain("description");
  });

  it("is given where the program gives one", () => {
    expect(isGiven(checkedInputs("IkePolicy", { adopt: "x" }))).toBe(true);
  });

  it("is given where nothing is adopted", () => {
    expect(isGiven(unnamed("IkePolicy"))).toBe(true);
  });
});

it("matches an object by those fields alone that it is told", () => {
  const { context } = aCloud("VpnService");
  const inputs = checkedInputs("VpnService", { description: "x" });
  const [name, description] = configuredFields(context, inputs);
  expect(matches(aWire("VpnService"), inputs, [name!])).toBe(true);
  expect(matches(aWire("VpnService"), inputs, [name!, description!])).toBe(false);
});
