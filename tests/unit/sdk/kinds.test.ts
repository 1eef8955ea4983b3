import * as pulumi from "@pulumi/pulumi";

import { cloudResourceType, resourceType, type Kind } from "../../../provider/schema/resourceType";
import { isAutoName } from "../../../provider/model/autoName";
import * as sdk from "../../../sdk";
import { providerText } from "../../../sdk/provider";
import { OTHER_ID } from "../support/builders";
import { checkedInputs, KINDS, someInputs } from "../support/kinds";
import { insides, registered, useEngine, valueOf } from "../support/givenEngine";

type Given = Readonly<Record<string, unknown>>;

/** A resource of a type, with its usual inputs but without a name, unless `changes` set one. */
function aResource(
  kind: Kind,
  changes: Given = {},
  options: pulumi.CustomResourceOptions = {},
): pulumi.CustomResource & Readonly<Record<string, pulumi.Output<unknown>>> {
  const Class = sdk[kind] as unknown as new (
    name: string,
    args: Given,
    opts: pulumi.CustomResourceOptions,
  ) => ReturnType<typeof aResource>;
  return new Class("office", someInputs(kind, { name: undefined, ...changes }), options);
}

beforeEach(() => useEngine());

describe.each(KINDS)("a %s of a program", (kind) => {
  const { fields } = cloudResourceType(kind);
  const outputs = fields.filter(({ output }) => output).map(({ name }) => name);

  it("is registered as its type, with the text of its provider", async () => {
    await valueOf(aResource(kind).urn);
    const text = providerText(kind[0]!.toLowerCase() + kind.slice(1));
    expect(registered).toEqual([
      expect.objectContaining({
        type: `pulumi-nodejs:dynamic/vpnaas:${kind}`,
        inputs: expect.objectContaining({ __provider: text }) as unknown,
      }),
    ]);
  });

  it("has every output of its type", async () => {
    const resource = aResource(kind);
    await valueOf(resource.urn);
    expect(outputs.filter((name) => !pulumi.Output.isInstance(resource[name]))).toEqual([]);
  });

  it("has exactly the inputs of the program", async () => {
    const changes = { description: "x", cloud: "east" };
    await valueOf(aResource(kind, changes).urn);
    const known = Object.entries(registered[0]!.inputs as object)
      .filter(([, value]) => value !== undefined)
      .map(([name]) => name);
    const given = Object.keys(someInputs(kind, changes));
    expect(known.sort()).toEqual(["__provider", ...given].sort());
  });

  it("has an auto-name that the provider recognizes, if the program sets no name", async () => {
    const name = (await valueOf(aResource(kind)["name"]!)) as string;
    expect(name).toMatch(/^dev-office-[0-9a-f]{7}$/);
    expect(isAutoName(cloudResourceType(kind), "network", name, checkedInputs(kind))).toBe(true);
  });

  it("has the same auto-name for inputs from other resources", async () => {
    const later = Object.fromEntries(
      Object.entries(someInputs(kind, { name: undefined })).map(([name, value]) => [
        name,
        pulumi.output(value),
      ]),
    );
    const [plain, lazy] = [aResource(kind), aResource(kind, later)];
    expect(await valueOf(lazy["name"]!)).toBe(await valueOf(plain["name"]!));
  });

  it("keeps the name of the program", async () => {
    expect(await valueOf(aResource(kind, { name: "mine" })["name"]!)).toBe("mine");
  });
});

describe("the order of a forced replacement", () => {
  const deletesFirst = async (kind: Kind, changes: Given) => {
    const seen: pulumi.CustomResourceOptions[] = [];
    const look: pulumi.ResourceTransformation = ({ opts }) => void seen.push(opts);
    await valueOf(aResource(kind, changes, { transformations: [look] }).urn);
    return seen[0]?.deleteBeforeReplace;
  };
  const inTheWay = KINDS.filter((kind) => cloudResourceType(kind).identity.length > 0);

  it("matters only for services and connections", () => {
    expect(inTheWay).toEqual(["VpnService", "IpsecSiteConnection"]);
  });

  it.each(inTheWay)("is delete-first for a %s whose name would find the old one", async (kind) => {
    expect(await deletesFirst(kind, {})).toBe(true);
  });

  it.each(inTheWay.flatMap((kind) => ["name", "adopt"].map((one) => [kind, one] as const)))(
    "is the provider's decision for a %s with %s",
    async (kind, input) => {
      expect(await deletesFirst(kind, { [input]: "given" })).toBeUndefined();
    },
  );

  it.each(KINDS.filter((kind) => !inTheWay.includes(kind)))(
    "is the provider's decision for a %s, of which there may be two",
    async (kind) => {
      expect(await deletesFirst(kind, {})).toBeUndefined();
    },
  );
});

describe("a policy of a program", () => {
  it.each([
    ["IkePolicy", () => new sdk.IkePolicy("office")],
    ["IpsecPolicy", () => new sdk.IpsecPolicy("office")],
    ["IkePolicy", () => new sdk.IkePolicy("office", {}, { protect: true })],
  ])("may have no arguments: %s", async (kind, make) => {
    expect(await valueOf(make().name)).toMatch(/^dev-office-[0-9a-f]{7}$/);
    expect(registered[0]?.type).toBe(`pulumi-nodejs:dynamic/vpnaas:${kind}`);
  });

  it("has another auto-name for other settings, so that a replacement can be create-first", async () => {
    const [one, other] = [new sdk.IkePolicy("a"), new sdk.IkePolicy("a", { pfs: "group31" })];
    expect(await valueOf(one.name)).not.toBe(await valueOf(other.name));
  });

  it("has the same auto-name for explicit defaults", async () => {
    const written = { pfs: "group14", lifetime: { value: 3600 }, description: "" } as const;
    const [one, other] = [new sdk.IkePolicy("a"), new sdk.IkePolicy("a", written)];
    expect(await valueOf(other.name)).toBe(await valueOf(one.name));
  });

  it("has an unknown name in a preview while one of its settings is unknown", async () => {
    await useEngine({ isPreview: true });
    const description = pulumi.output(pulumi.unknown) as unknown as pulumi.Output<string>;
    const { name } = new sdk.IkePolicy("a", { description });
    expect(await insides(name).isKnown).toBe(false);
  });
});

it("an endpoint group keeps its auto-name for its endpoints in another order", async () => {
  const endpoints = ["10.3.0.0/24", "10.2.0.0/24"];
  const [one, other] = [aResource("EndpointGroup"), aResource("EndpointGroup", { endpoints })];
  expect(await valueOf(other["name"]!)).toBe(await valueOf(one["name"]!));
});

it("resources of a program have no secret output except the psk of a connection", async () => {
  const all = KINDS.map((kind) => aResource(kind));
  const secret = await Promise.all(
    all.flatMap((one, i) =>
      cloudResourceType(KINDS[i]!).fields.map(async ({ name }) => {
        const output = one[name];
        return pulumi.Output.isInstance(output) && (await pulumi.isSecret(output)) ? [name] : [];
      }),
    ),
  );
  expect(secret.flat()).toEqual(["psk"]);
});

it("a VPN service accepts a router's id from another resource", async () => {
  const { routerId } = aResource("VpnService", { routerId: pulumi.output(OTHER_ID) });
  expect(await valueOf(routerId!)).toBe(OTHER_ID);
});

describe("a ConnectionsReady of a program", () => {
  const make = (args: Partial<sdk.ConnectionsReadyArgs> = {}) =>
    new sdk.ConnectionsReady("all", { ids: [OTHER_ID], ...args });

  it("is registered with its arguments, without a name, under the text of its provider", async () => {
    const waitFor = sdk.ReadyWhen.Active;
    await valueOf(make({ waitFor }).urn);
    expect(registered).toEqual([
      expect.objectContaining({ type: "pulumi-nodejs:dynamic/vpnaas:ConnectionsReady" }),
    ]);
    const { inputs } = registered[0]! as { inputs: Given };
    const given = Object.entries(inputs).filter(([, value]) => value !== undefined);
    expect(Object.fromEntries(given)).toEqual({
      ids: [OTHER_ID],
      waitFor,
      __provider: providerText("connectionsReady"),
    });
  });

  it("has every output of its type, and no secret", async () => {
    const made = make() as unknown as Readonly<Record<string, pulumi.Output<unknown>>>;
    const outputs = resourceType("ConnectionsReady").fields.map(({ name }) => made[name]!);
    expect(outputs.filter((one) => !pulumi.Output.isInstance(one))).toEqual([]);
    const secret = await Promise.all(outputs.map((one) => pulumi.isSecret(one)));
    expect(secret).not.toContain(true);
  });
});

describe("a PreSharedKey of a program", () => {
  it("is registered with its arguments alone, under the text of its provider", async () => {
    await valueOf(new sdk.PreSharedKey("office", { generation: 2 }).urn);
    const { inputs } = registered[0]! as { inputs: Given };
    const given = Object.entries(inputs).filter(([, value]) => value !== undefined);
    expect(Object.fromEntries(given)).toEqual({
      generation: 2,
      __provider: providerText("preSharedKey"),
    });
  });

  it("needs no arguments", async () => {
    await valueOf(new sdk.PreSharedKey("office").urn);
    expect(registered).toHaveLength(1);
  });
});
