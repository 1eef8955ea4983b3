import type { Dialect } from "../../../../provider/dialect";
import {
  cloudResourceType,
  type Kind,
  type Values,
} from "../../../../provider/schema/resourceType";
import { assertLookup, lookUp } from "../../../../provider/lifecycle/operations/lookup";
import { OTHER_ID } from "../../support/builders";
import { aWire, KINDS, KINDS_OF_DIALECTS } from "../../support/kinds";
import { aCloud } from "../../support/givenContext";

const looking = (kind: Kind, args: Values, dialect: Dialect = "neutron") => {
  assertLookup(cloudResourceType(kind), dialect, args);
};

describe("the result of a lookup", () => {
  const found = (kind: Kind, args: Values = { name: "office" }) =>
    lookUp(aCloud(kind, { [kind]: [aWire(kind)] }).context, args);

  it.each(KINDS)("has all observed values of a %s, its id and its endpoint", async (kind) => {
    const { fields } = cloudResourceType(kind);
    const wire = aWire(kind);
    const shown = fields
      .filter(({ output, secret, wire: attribute }) => output && !secret && wire[attribute] != null)
      .map(({ name }) => name);
    expect(Object.keys(await found(kind)).sort()).toEqual([...shown, "id", "endpoint"].sort());
  });

  it("has no psk", async () => {
    expect(JSON.stringify(await found("IpsecSiteConnection"))).not.toMatch(/"psk":|correct horse/);
  });

  it("has the cloud if the arguments have it", async () => {
    const here = await found("IkePolicy");
    const there = await found("IkePolicy", { name: "office", cloud: "lab" });
    expect([here["cloud"], there["cloud"]]).toEqual([undefined, "lab"]);
  });
});

describe("the arguments of a lookup", () => {
  it.each(KINDS_OF_DIALECTS)("may be an id, or a name, for a %s in %s", (kind, dialect) => {
    looking(kind, { id: OTHER_ID, cloud: "lab" }, dialect);
    looking(kind, { name: "office", projectId: null }, dialect);
  });

  it.each<[string, Kind, Values, RegExp]>([
    ["nothing", "IkePolicy", {}, /^IkePolicy cannot be looked up: give id, or some of name, /],
    ["a cloud alone", "IkePolicy", { cloud: "lab" }, /give id, or some of name/],
    ["an id that is missing", "VpnService", { id: undefined }, /give id, or some of name/],
    ["a name as an id", "VpnService", { id: "office" }, /: id: must be an id such as/],
    ["an unknown property", "VpnService", { nmae: "x" }, /nmae: is not an input/],
    ["a field that is no filter", "EndpointGroup", { endpoints: ["a"] }, /endpoints: is not an/],
    ["a value of another type", "VpnService", { name: 5 }, /name: must be a string/],
    ["a misspelled property", "VpnService", { nmae: "x" }, /is not an input: did you mean name\?/],
    ["a value outside its enum", "EndpointGroup", { type: "cidrs" }, /type: must be one of cidr/],
  ])("must not be %s", (_what, kind, args, reason) => {
    expect(() => looking(kind, args)).toThrow(reason);
  });

  it("are reported with all failures at once", () => {
    expect(() => looking("VpnService", { id: "office", nmae: "x" })).toThrow(
      /^VpnService cannot be looked up: .*(?:did you mean name\?; id: must be|; nmae: is not an input: did you).*\.$/,
    );
  });

  it("must not be a number for an output that the API has as a string", () => {
    expect(() => looking("VpnService", { status: 5 })).toThrow(/status: must be a string/);
  });

  it("must not have a resource type that the dialect lacks", () => {
    const group = () => looking("EndpointGroup", { name: "branch" }, "k5");
    expect(group).toThrow(/^The k5 dialect has no EndpointGroup\..* set vpnaas:dialect to neutron/);
  });
});
