import * as pulumi from "@pulumi/pulumi";

import * as sdk from "../../../sdk";
import { useEngine } from "../support/givenEngine";

const CLASSES: readonly { isInstance(this: unknown, value: unknown): boolean }[] = [
  sdk.VpnService,
  sdk.IkePolicy,
  sdk.IpsecPolicy,
  sdk.EndpointGroup,
  sdk.IpsecSiteConnection,
  sdk.ConnectionsReady,
];

beforeEach(() => useEngine());

const anIkePolicy = () => new sdk.IkePolicy("office");

it("isInstance accepts a resource of the class, and of no other class", () => {
  const policy = anIkePolicy();
  expect(CLASSES.filter((one) => one.isInstance(policy))).toEqual([sdk.IkePolicy]);
});

it("isInstance accepts a resource that another copy of the package created", () => {
  jest.isolateModules(() => {
    const copy = jest.requireActual<typeof sdk>("../../../sdk");
    expect(copy.IkePolicy).not.toBe(sdk.IkePolicy);
    expect(copy.IkePolicy.isInstance(anIkePolicy())).toBe(true);
  });
});

it("isInstance accepts a resource of a derived class", () => {
  class StrongIkePolicy extends sdk.IkePolicy {}
  expect(sdk.IkePolicy.isInstance(new StrongIkePolicy("office"))).toBe(true);
});

it.each([
  ["undefined", undefined],
  ["null", null],
  ["a string", "office"],
  ["an object with the members of a resource", { id: "x", urn: "y" }],
  ["an output", pulumi.output(1)],
])("isInstance refuses %s", (_what, value) => {
  expect(CLASSES.filter((one) => one.isInstance(value))).toEqual([]);
});
