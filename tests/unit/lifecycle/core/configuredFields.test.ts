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

it("configuredFields returns the fields with an input that the cloud knows", () => {
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

it("mutableFields returns the configured fields that PUT accepts", () => {
  const { context } = aCloud("VpnService");
  expect(names(mutableFields(context, checkedInputs("VpnService")))).toEqual([
    "name",
    "description",
    "adminStateUp",
  ]);
});

describe("the name of an adopted object", () => {
  const isGiven = (inputs: Values) =>
    names(mutableFields(aCloud("IkePolicy").context, inputs)).includes("name");

  it("is not mutable if the input adopt is set and the program sets no name", () => {
    expect(isGiven(unnamed("IkePolicy", { adopt: "x" }))).toBe(false);
  });

  it("does not keep the other fields from being mutable", () => {
    const inputs = unnamed("IkePolicy", { adopt: "x", description: "y" });
    expect(names(mutableFields(aCloud("IkePolicy").context, inputs))).toContain("description");
  });

  it("is mutable if the program sets a name", () => {
    expect(isGiven(checkedInputs("IkePolicy", { adopt: "x" }))).toBe(true);
  });

  it("is mutable if the input adopt is not set", () => {
    expect(isGiven(unnamed("IkePolicy"))).toBe(true);
  });
});

it("matches compares an object by the given fields only", () => {
  const { context } = aCloud("VpnService");
  const inputs = checkedInputs("VpnService", { description: "x" });
  const [name, description] = configuredFields(context, inputs);
  expect(matches(aWire("VpnService"), inputs, [name!])).toBe(true);
  expect(matches(aWire("VpnService"), inputs, [name!, description!])).toBe(false);
});
