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
])("an endpoint group accepts the type %s with %j", (type, endpoints) => {
  expect(reasons({ type, endpoints })).toEqual([]);
});

it.each<[Values, ...string[]]>([
  [{ type: null }, "type: is required"],
  [{ type: "host" }, "type: must be one of cidr, subnet, network, router, vlan"],
  [{ type: "constructor" }, "type: must be one of cidr, subnet, network, router, vlan"],
  [
    { type: "subnets", endpoints: ["office"] },
    "type: must be one of cidr, subnet, network, router, vlan: did you mean subnet?",
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
])("an endpoint group refuses %j", (changes, ...expected) => {
  expect(reasons(changes)).toEqual(expected);
});

it("an endpoint group refuses a duplicate endpoint, which older servers need minutes to refuse", () => {
  expect(reasons({ endpoints: ["10.2.0.0/24", "10.2.0.0/24"] })).toEqual([
    expect.stringMatching(/^endpoints: must not hold the same value twice/),
  ]);
});

it("an endpoint group checks known endpoints in addition to an unknown one", () => {
  expect(reasons({ endpoints: [UNKNOWN, "office"] })).toEqual([`endpoints[1]: ${CIDR}`]);
});

it("an endpoint group checks no endpoint while the type is unknown", () => {
  expect(reasons({ type: UNKNOWN, endpoints: ["office"] })).toEqual([]);
});

describe("a change of an endpoint group", () => {
  it.each(["name", "description"])("in %s is an update, even in use", async (name) => {
    expect(await compare(KIND, { [name]: "another" })).toMatchObject(IN_PLACE);
  });

  it.each<[string, Values]>([
    ["another network", { endpoints: ["10.2.0.0/24", "10.4.0.0/24"] }],
    ["one more", { endpoints: ["10.2.0.0/24", "10.3.0.0/24", "10.4.0.0/24"] }],
    ["one fewer", { endpoints: ["10.2.0.0/24"] }],
    ["an unknown one", { endpoints: ["10.2.0.0/24", UNKNOWN] }],
  ])(
    "to %s is a replacement create-first, so that connections can move to the new group",
    async (...row) => {
      expect(await compare(KIND, row[1])).toMatchObject(replacing(["endpoints"], "create first"));
    },
  );

  it("in its type is a replacement", async () => {
    const changes = { type: "subnet", endpoints: [SUBNET_ID] };
    expect(await compare(KIND, changes)).toMatchObject(
      replacing(["type", "endpoints"], "create first"),
    );
  });

  it.each<[string, Values]>([
    ["another order of endpoints", { endpoints: ["10.3.0.0/24", "10.2.0.0/24"] }],
    ["additional host bits", { endpoints: ["10.2.0.7/24", "10.3.0.0/24"] }],
  ])("is empty for %s", async (_what, changes) => {
    expect(await compare(KIND, changes)).toMatchObject(NONE);
  });

  it("is empty for an id in capitals", async () => {
    const subnets = { type: "subnet", endpoints: [SUBNET_ID.toUpperCase()] };
    const state = aState(KIND, subnets, { type: "subnet", endpoints: [SUBNET_ID] });
    expect(await compare(KIND, subnets, state)).toMatchObject(NONE);
  });
});

it("an endpoint group sends its inputs under their wire names", () => {
  expect(toWire(endpointGroup.definition.fields, "neutron", checkedInputs(KIND))).toEqual({
    name: "office",
    description: "",
    type: "cidr",
    endpoints: ["10.2.0.0/24", "10.3.0.0/24"],
  });
});

it("an endpoint group keeps the declared order of its endpoints", () => {
  expect(toOutputs(endpointGroup.definition, aWire(KIND), someInputs(KIND))).toEqual({
    name: "office",
    description: "",
    projectId: PROJECT_ID,
    type: "cidr",
    endpoints: ["10.2.0.0/24", "10.3.0.0/24"],
  });
});
