import * as pulumi from "@pulumi/pulumi";

import { version } from "../../../provider/version";
import * as main from "../../../sdk";
import * as plugin from "../../../sdk/plugin";
import { pluginDoor } from "../../../sdk/pluginDoor";
import { aConnection } from "../support/builders";
import { registered, useEngine, valueOf } from "../support/givenEngine";

const ARGS = {
  ...aConnection({ name: undefined }),
  description: pulumi.secret("canary"),
} as unknown as main.IpsecSiteConnectionArgs;

beforeEach(() => useEngine());

/** The type of the last registration, and the names of its inputs with a value. */
function lastRegistration() {
  const { type, inputs } = registered.at(-1)!;
  const given = Object.entries(inputs as Readonly<Record<string, unknown>>);
  return { type, names: given.filter(([, value]) => value !== undefined).map(([name]) => name) };
}

describe("pulumi-vpnaas/plugin", () => {
  it("has every name of the main entry, and the provider", () => {
    expect(Object.keys(plugin).sort()).toEqual([...Object.keys(main), "Provider"].sort());
  });

  it("has another class for each class of resources and components, with the same name", () => {
    const classes = Object.entries(main).filter(
      ([, one]) => (one as { prototype?: unknown }).prototype instanceof pulumi.Resource,
    );
    expect(classes.length).toBe(8);
    for (const [name, original] of classes) {
      const derived = plugin[name as "IkePolicy"];
      expect([name, derived === (original as unknown), derived.name]).toEqual([name, false, name]);
    }
  });
});

describe("a resource through the plugin", () => {
  it("has the plugin's type", async () => {
    await valueOf(new plugin.IpsecSiteConnection("office", ARGS).urn);
    expect(lastRegistration().type).toBe("vpnaas:index:IpsecSiteConnection");
  });

  it("has the version of this package, and the dynamic type as an alias", () => {
    expect(pluginDoor.optionsOf("IkePolicy")).toEqual({
      version,
      aliases: [{ type: "pulumi-nodejs:dynamic/vpnaas:IkePolicy" }],
    });
  });

  it("has the inputs of the program alone: the plugin makes the name and knows the secrets", async () => {
    await valueOf(new plugin.IpsecSiteConnection("office", ARGS).urn);
    const { names } = lastRegistration();
    expect(names.sort()).toEqual(
      Object.keys(ARGS)
        .filter((name) => name !== "name")
        .sort(),
    );
  });

  it("is an instance of its own class, and not of the class of the main entry", async () => {
    const [policy, other] = [new plugin.IkePolicy("office"), new main.IkePolicy("other")];
    await valueOf(pulumi.all([policy.urn, other.urn]));
    expect(plugin.IkePolicy.isInstance(policy)).toBe(true);
    expect(plugin.IpsecPolicy.isInstance(policy)).toBe(false);
    expect(main.IkePolicy.isInstance(policy)).toBe(false);
    expect(plugin.IkePolicy.isInstance(other)).toBe(false);
  });
});

it("a Tunnel through the plugin passes the plugin on to its children", async () => {
  const tunnel = new plugin.Tunnel("office", {
    routerId: "8604a0de-7f6b-409a-a47c-a1cc7bc77b2e",
    subnetId: "14067794-975d-461e-b502-dd40c0383d26",
    peer: { address: "203.0.113.7", networks: ["10.2.0.0/24"] },
  });
  await valueOf(tunnel.status);
  expect(registered.map(({ type }) => type).sort()).toEqual(
    [
      "ConnectionsReady",
      "IkePolicy",
      "IpsecPolicy",
      "IpsecSiteConnection",
      "PreSharedKey",
      "Tunnel",
      "VpnService",
    ].map((kind) => `vpnaas:index:${kind}`),
  );
});

it("a Provider has the arguments of the program, and marks those that are a login as secret", async () => {
  await valueOf(new plugin.Provider("tokyo", { cloud: "tokyo", password: "canary" }).urn);
  const { type, inputs } = registered.at(-1)!;
  const { cloud, password } = inputs as Readonly<Record<string, unknown>>;
  expect([type, cloud]).toEqual(["pulumi:providers:vpnaas", "tokyo"]);
  expect(pulumi.runtime.isRpcSecret(password)).toBe(true);
});
