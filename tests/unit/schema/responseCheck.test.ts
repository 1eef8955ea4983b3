import { cloudResourceType } from "../../../provider/schema/resourceType";
import { aWire } from "../support/kinds";

const service = cloudResourceType("VpnService");
const policy = cloudResourceType("IkePolicy");
const connection = cloudResourceType("IpsecSiteConnection");
const ID = aWire("IkePolicy").id;

it("problemIn: accepts an object in the form of Neutron", () => {
  expect(service.problemIn(aWire("VpnService"))).toBeUndefined();
});

it("problemIn: names an attribute of another type, without its value", () => {
  expect(service.problemIn(aWire("VpnService", { admin_state_up: "canary" }))).toBe(
    "`admin_state_up` is a string, not true or false",
  );
});

it.each(["cloud", "adopt", "timeouts", "endpoint"])(
  "problemIn: ignores an attribute with the name of the local property %s",
  (name) => {
    expect(service.problemIn(aWire("VpnService", { [name]: 5 }))).toBeUndefined();
  },
);

it.each([
  [null, "`router_id` is null"],
  [undefined, "`router_id` is missing"],
])("problemIn: refuses an object whose required attribute is %j", (router_id, reason) => {
  expect(service.problemIn(aWire("VpnService", { router_id }))).toBe(reason);
});

it.each([null, undefined])("problemIn: accepts an object whose secret is %j", (psk) => {
  expect(connection.problemIn(aWire("IpsecSiteConnection", { psk }))).toBeUndefined();
});

it("problemIn: accepts an object with one of the attributes that have a default", () => {
  expect(policy.problemIn({ id: ID, pfs: "group14" })).toBeUndefined();
});

it("problemIn: refuses an object without any attribute that has a default", () => {
  expect(policy.problemIn({ id: ID, name: "office", description: "x" })).toBe(
    "`auth_algorithm` is missing, as are all other attributes",
  );
});

describe("problemIn: a part of an object", () => {
  it("may lack every attribute", () => {
    expect(service.problemIn({ id: ID }, "part")).toBeUndefined();
    expect(policy.problemIn({ id: ID }, "part")).toBeUndefined();
  });

  it("must have attributes of their types", () => {
    expect(policy.problemIn({ id: ID, pfs: 5 }, "part")).toBe("`pfs` is a number, not a string");
  });
});
