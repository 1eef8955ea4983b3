import fc from "fast-check";

import { defaultName, isDefaultName } from "../../../provider/lifecycle/defaultName";
import { definitionOf } from "../../../provider/lifecycle/definition";
import { aConnection, OTHER_ID, SERVICE_ID } from "../builders";

const definition = definitionOf("IpsecSiteConnection");
const place = { project: "network", stack: "dev", resource: "office" };
const name = (changes = {}, where = {}) =>
  defaultName(definition, { ...place, ...where }, aConnection(changes));

it("is made of stack, resource and 7 hexadecimal digits", () => {
  expect(name()).toMatch(/^dev-office-[0-9a-f]{7}$/);
});

it("never changes for the same resource, since states of every age count on it", () => {
  expect(name()).toBe("dev-office-7787455");
});

it.each([
  ["another service", name({ vpnServiceId: OTHER_ID })],
  ["another IKE policy", name({ ikePolicyId: OTHER_ID })],
  ["another Pulumi project", name({}, { project: "other" })],
  ["another stack", name({}, { stack: "prod" })],
  ["another resource", name({}, { resource: "branch" })],
])("is another one for %s", (_what, other) => {
  expect(other.slice(-7)).not.toBe(name().slice(-7));
});

it.each([
  { psk: "another" },
  { peerAddress: "198.51.100.1" },
  { description: "x" },
  { availabilityZone: null },
  { availabilityZone: "AZ2" },
  { projectId: "the login's own, written out" },
])("stays where the object stays: %j", (changes) => {
  expect(name(changes)).toBe(name());
});

it("is another one where stack and resource meet at another hyphen", () => {
  const one = name({}, { stack: "dev", resource: "eu-office" });
  const other = name({}, { stack: "dev-eu", resource: "office" });
  expect([one, other]).toEqual([
    expect.stringMatching(/^dev-eu-office-/),
    expect.stringMatching(/^dev-eu-office-/),
  ]);
  expect(one).not.toBe(other);
  for (const each of [one, other]) {
    expect(isDefaultName(definition, place.project, each, aConnection())).toBe(true);
  }
});

it("does not depend on the case of an id, which changes no object", () => {
  expect(name({ vpnServiceId: SERVICE_ID.toUpperCase() })).toBe(name());
});

it("is no longer than the API takes", () => {
  const long = name({}, { resource: "r".repeat(400) });
  expect(long).toHaveLength(255);
  expect(long).toMatch(/^dev-r+-[0-9a-f]{7}$/);
});

it("is known again from the inputs alone", () => {
  const text = fc.string({ minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(text, text, text, fc.uuid(), (project, stack, resource, vpnServiceId) => {
      const inputs = aConnection({ vpnServiceId });
      const made = defaultName(definition, { project, stack, resource }, inputs);
      expect(isDefaultName(definition, project, made, inputs)).toBe(true);
    }),
    { numRuns: 100 },
  );
});

it.each([
  ["a name of the program", "office", aConnection()],
  ["an empty name", "", aConnection()],
  ["the name for other inputs", name(), aConnection({ vpnServiceId: OTHER_ID })],
  ["other digits", "dev-office-0000000", aConnection()],
])("is not mistaken for %s", (_what, other, inputs) => {
  expect(isDefaultName(definition, "network", other, inputs)).toBe(false);
});

it("is not mistaken for the one of another project", () => {
  expect(isDefaultName(definition, "other", name(), aConnection())).toBe(false);
});
