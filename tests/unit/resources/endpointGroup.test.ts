import type { Values } from "../../../provider/schema/resourceType";
import { UNKNOWN } from "../../../provider/model/unknowns";
import { toOutputs, toWire } from "../../../provider/model/wireMapping";
import { endpointGroup } from "../../../provider/resources/endpointGroup";
import { OTHER_ID, PROJECT_ID } from "../support/builders";
import { aState, aWire, checkedInputs, reasonsOf, someInputs, SUBNET_ID } from "../support/kinds";
import { compare, IN_PLACE, NONE, replacing } from "../support/givenDiff";

const KIND = "EndpointGroup";
const reasons = (changes: Values) => reasonsOf(KIND, "neutron", changes);
const CIDR = "must be a network as <address>/<prefix>, such as 10.2.0.0/24, since the type is cidr";
const SUBNET =
  "must be an id such as 41bfef97-af4e-4f6b-a5d3-4678859d2485, since the type is subnet";
const BLANK = "must be an id, or a network as <address>/<prefix>, without whitespace";

it.each<[string, string[]]>([
  ["cidr", ["10.2.0.0/24"]],
  ["cidr", ["10.2.0.0/24", "10.3.0.0/24"]],
  ["cidr", ["10.2.0.9/24"]],
  ["cidr", ["0.0.0.0/0"]],
  ["cidr", ["2001:db8::/32", "2001:db8:1::/48"]],
  ["subnet", [SUBNET_ID]],
  ["subnet", [SUBNET_ID.toUpperCase(), OTHER_ID]],
  ["network", [OTHER_ID]],
  ["router", [OTHER_ID]],
  ["vlan", ["100"]],
])("accepts the type %s with %j", (type, endpoints) => {
  expect(reasons({ type, endpoints })).toEqual([]);
});

it.each<[Values, ...string[]]>([
  [{ type: null }, "type: is required"],
  [{ type: "host" }, "type: must be one of cidr, subnet, network, router, vlan"],
  [{ type: "constructor" }, "type: must be one of cidr, subnet, network, router, vlan"],
  [
    { type: "subnets", endpoints: ["office"] },
    "type: must be one of cidr, subnet, network, router, vlan",
  ],
  [{ endpoints: null }, "endpoints: is required"],
  [{ endpoints: [] }, "endpoints: must have at least 1 entry"],
  [{ endpoints: "10.2.0.0/24" }, "endpoints: must be an array, got a string"],
  [{ endpoints: [5] }, "endpoints[0]: must be a string, got a number"],
  [{ endpoints: [null] }, "endpoints[0]: must be a string, got null"],
  [{ endpoints: ["10.2.0.0/24", "office"] }, `endpoints[1]: ${CIDR}`],
  [{ endpoints: ["10.2.0.0"] }, `endpoints[0]: ${CIDR}`],
  [{ endpoints: ["10.2.0.0/33"] }, `endpoints[0]: ${CIDR}`],
  [{ endpoints: [SUBNET_ID] }, `endpoints[0]: ${CIDR}`],
  [{ type: "subnet" }, `endpoints[0]: ${SUBNET}`, `endpoints[1]: ${SUBNET}`],
  [{ type: "subnet", endpoints: ["my-subnet"] }, `endpoints[0]: ${SUBNET}`],
  [{ type: "vlan", endpoints: [""] }, `endpoints[0]: ${BLANK}`],
  [{ type: "vlan", endpoints: ["1 2"] }, `endpoints[0]: ${BLANK}`],
  [{ endpoints: ["10.2.0.0/24", "2001:db8::/32"] }, "endpoints: must be all IPv4 or all IPv6"],
])("refuses %j", (changes, ...expected) => {
  expect(reasons(changes)).toEqual(expected);
});

it("refuses the same endpoint twice, which older servers take minutes to refuse", () => {
  expect(reasons({ endpoints: ["10.2.0.0/24", "10.2.0.0/24"] })).toEqual([
    expect.stringMatching(/^endpoints: must not hold the same value twice/),
  ]);
});

it("judges the endpoints that are known beside one that is not", () => {
  expect(reasons({ endpoints: [UNKNOWN, "office"] })).toEqual([`endpoints[1]: ${CIDR}`]);
});

it("judges no endpoint while the type is unknown", () => {
  expect(reasons({ type: UNKNOWN, endpoints: ["office"] })).toEqual([]);
});

describe("a change", () => {
  it.each(["name", "description"])("of %s is made in place, in use too", async (name) => {
    expect(await compare(KIND, { [name]: "another" })).toEqual(IN_PLACE);
  });

  it.each<[string, Values]>([
    ["another network", { endpoints: ["10.2.0.0/24", "10.4.0.0/24"] }],
    ["one more", { endpoints: ["10.2.0.0/24", "10.3.0.0/24", "10.4.0.0/24"] }],
    ["one less", { endpoints: ["10.2.0.0/24"] }],
    ["an unknown one", { endpoints: ["10.2.0.0/24", UNKNOWN] }],
  ])("to %s makes another group first, so that connections can move to it", async (...row) => {
    expect(await compare(KIND, row[1])).toEqual(replacing(["endpoints"], "create first"));
  });

  it("of the type makes another group", async () => {
    const changes = { type: "subnet", endpoints: [SUBNET_ID] };
    expect(await compare(KIND, changes)).toEqual(replacing(["type", "endpoints"], "create first"));
  });

  it.each<[string, Values]>([
    ["another order", { endpoints: ["10.3.0.0/24", "10.2.0.0/24"] }],
    ["host bits", { endpoints: ["10.2.0.7/24", "10.3.0.0/24"] }],
  ])("is none by %s", async (_what, changes) => {
    expect(await compare(KIND, changes)).toEqual(NONE);
  });

  it("is none by the case of an id", async () => {
    const subnets = { type: "subnet", endpoints: [SUBNET_ID.toUpperCase()] };
    const state = aState(KIND, subnets, { type: "subnet", endpoints: [SUBNET_ID] });
    expect(await compare(KIND, subnets, state)).toEqual(NONE);
  });
});

it("sends what it is given under the API's names", () => {
  expect(toWire(endpointGroup.definition.fields, "neutron", checkedInputs(KIND))).toEqual({
    name: "office",
    description: "",
    type: "cidr",
    endpoints: ["10.2.0.0/24", "10.3.0.0/24"],
  });
});

it("keeps the order in which the endpoints were declared", () => {
  expect(toOutputs(endpointGroup.definition, aWire(KIND), someInputs(KIND))).toEqual({
    name: "office",
    description: "",
    projectId: PROJECT_ID,
    type: "cidr",
    endpoints: ["10.2.0.0/24", "10.3.0.0/24"],
  });
});
