import { runInNewContext } from "node:vm";

import { CustomResource } from "@pulumi/pulumi";

import * as dynamic from "../../../provider/doors/dynamic";
import * as sdk from "../../../sdk";
import { providerText } from "../../../sdk/provider";
import { KINDS } from "../support/kinds";

const classes = Object.values(sdk).filter(
  (one): one is typeof sdk.IpsecSiteConnection =>
    typeof one === "function" && one.prototype instanceof CustomResource,
);
const exportName = (name: string) => name[0]!.toLowerCase() + name.slice(1);

it("the text of a provider is pinned exactly, because states of every age contain it", () => {
  expect(providerText("ipsecSiteConnection")).toBe(
    'exports.handler = () => require("pulumi-vpnaas/dynamic").ipsecSiteConnection;',
  );
});

it("the package exports a class for every resource type", () => {
  const names = [...KINDS, "ConnectionsReady", "PreSharedKey"];
  expect(classes.map(({ name }) => name).sort()).toEqual(names.sort());
});

it.each(classes.map(({ name }) => name))("the dynamic door exports a provider for %s", (name) => {
  const provider = (dynamic as Readonly<Record<string, object | undefined>>)[exportName(name)];
  expect(Object.keys(provider ?? {}).sort()).toEqual(
    ["check", "configure", "create", "delete", "diff", "read", "update"].sort(),
  );
});

it.each(classes.map(({ name }) => name))(
  "the text of a provider loads the exported provider of %s",
  (name) => {
    const exports: { handler?: () => unknown } = {};
    const load = jest.fn(() => dynamic);
    runInNewContext(providerText(exportName(name)), { exports, require: load });
    const provider = (dynamic as Readonly<Record<string, object | undefined>>)[exportName(name)];
    expect(provider).toBeDefined();
    expect(exports.handler?.()).toBe(provider);
    expect(load.mock.calls).toEqual([["pulumi-vpnaas/dynamic"]]);
  },
);
