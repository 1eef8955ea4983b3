import * as pulumi from "@pulumi/pulumi";

import { IpsecSiteConnection, type IpsecSiteConnectionArgs } from "../../../sdk";
import { SECRET_MARKS_KEY } from "../../../sdk/providerApi";
import { providerText } from "../../../sdk/provider";
import { aConnection, OTHER_ID, PROJECT_ID } from "../support/builders";
import { insides, registered, useEngine, valueOf } from "../support/givenEngine";

function aResource(
  changes: Readonly<Record<string, unknown>> = {},
  name = "office",
  options: pulumi.CustomResourceOptions = {},
) {
  const args = { ...aConnection({ name: undefined }), ...changes };
  return new IpsecSiteConnection(name, args as unknown as IpsecSiteConnectionArgs, options);
}

beforeEach(() => useEngine());

describe("the registration of a connection", () => {
  it("has its type, its name and the text of its provider", async () => {
    await valueOf(aResource().urn);
    expect(registered).toEqual([
      expect.objectContaining({
        type: "pulumi-nodejs:dynamic/vpnaas:IpsecSiteConnection",
        name: "office",
        inputs: expect.objectContaining({ __provider: providerText("ipsecSiteConnection") }),
      }),
    ]);
  });

  it("has every input unchanged", async () => {
    const given = { description: "x", dpd: { action: "restart" }, timeouts: { create: "5m" } };
    await valueOf(aResource(given).urn);
    const { psk: _psk, ...inputs } = aConnection({ name: undefined });
    expect(registered[0]?.inputs).toMatchObject({ ...inputs, ...given });
  });

  it("has the psk as a secret, even if the program sets it in plain text", async () => {
    await valueOf(aResource().urn);
    const [{ psk }] = [registered[0]?.inputs as Readonly<Record<string, unknown>>];
    expect(pulumi.runtime.isRpcSecret(psk)).toBe(true);
    expect(psk).toMatchObject({ value: aConnection()["psk"] });
  });

  it("has no input that the program does not set", async () => {
    await valueOf(aResource().urn);
    const known = Object.entries(registered[0]?.inputs as object);
    expect(
      known
        .filter(([, value]) => value !== undefined)
        .map(([name]) => name)
        .sort(),
    ).toEqual(["__provider", ...Object.keys(aConnection())].sort());
  });
});

describe("the secret marks of a connection", () => {
  const namesOf = async (changes: Readonly<Record<string, unknown>>) => {
    await valueOf(aResource(changes).urn);
    const inputs = registered.at(-1)?.inputs as Readonly<Record<string, unknown>>;
    return { names: inputs[SECRET_MARKS_KEY], inputs };
  };

  it("are sorted in addition to the inputs, without the values", async () => {
    const changes = { peerId: pulumi.secret("canary"), description: pulumi.secret("canary") };
    expect((await namesOf(changes)).names).toEqual(["description", "peerId"]);
  });

  it("are not secret themselves", async () => {
    const { names } = await namesOf({ description: pulumi.secret("canary") });
    expect(pulumi.runtime.isRpcSecret(names)).toBe(false);
  });

  it.each([
    ["a member of it", { dpd: { interval: pulumi.secret(10) } }, "dpd"],
    ["an item of its list", { peerCidrs: [pulumi.secret("10.2.0.0/24")] }, "peerCidrs"],
    [
      "a part of its interpolation",
      { description: pulumi.interpolate`a ${pulumi.secret("b")}` },
      "description",
    ],
  ])("include an input if %s is secret", async (_what, changes, name) => {
    expect((await namesOf(changes)).names).toEqual([name]);
  });

  it("are absent without secret inputs", async () => {
    expect((await namesOf({ description: pulumi.output("plain") })).names).toBeUndefined();
  });

  it("exclude the psk, which is always secret", async () => {
    expect((await namesOf({ psk: pulumi.secret("canary") })).names).toBeUndefined();
  });

  it("are known in a preview even if the value is unknown", async () => {
    await useEngine({ isPreview: true });
    const description = pulumi.secret(pulumi.output(pulumi.unknown as string));
    expect((await namesOf({ description })).names).toEqual(["description"]);
  });
});

describe("a replacement of a connection", () => {
  const deletesFirst = async (
    name: unknown,
    options: pulumi.CustomResourceOptions = {},
    args: Readonly<Record<string, unknown>> = {},
  ) => {
    const seen: pulumi.CustomResourceOptions[] = [];
    const look: pulumi.ResourceTransformation = ({ opts }) => void seen.push(opts);
    const inputs = { name, ...args };
    await valueOf(aResource(inputs, "office", { ...options, transformations: [look] }).urn);
    return seen[0]?.deleteBeforeReplace;
  };

  it.each([undefined, null])(
    "is delete-first if the name is %p, because a new object would have the same identity",
    async (name) => {
      expect(await deletesFirst(name)).toBe(true);
    },
  );

  it("has the order of the provider if the program sets a name", async () => {
    expect(await deletesFirst("office")).toBeUndefined();
  });

  it("has the order of the provider if an object is adopted, which keeps its name", async () => {
    expect(await deletesFirst(undefined, {}, { adopt: OTHER_ID })).toBeUndefined();
  });

  it("has the order of the program's option", async () => {
    expect(await deletesFirst(undefined, { deleteBeforeReplace: false })).toBe(false);
  });
});

describe("an output of a connection", () => {
  it("has the value of the cloud", async () => {
    expect(await valueOf(aResource().status)).toBe("DOWN");
  });

  it("is secret for the psk, even if the program sets that in plain text", async () => {
    const { psk } = aResource();
    expect([await pulumi.isSecret(psk), await valueOf(psk)]).toEqual([true, aConnection()["psk"]]);
  });

  it("is not secret for any other property", async () => {
    const { name, peerAddress, status } = aResource();
    const secret = await Promise.all(
      [name, peerAddress, status].map((one) => pulumi.isSecret(one)),
    );
    expect(secret).toEqual([false, false, false]);
  });
});

describe("the auto-name of a connection", () => {
  const nameOf = (...args: Parameters<typeof aResource>) => valueOf(aResource(...args).name);

  it("is <stack>-<resource>-<7 hexadecimal digits>", async () => {
    expect(await nameOf()).toMatch(/^dev-office-[0-9a-f]{7}$/);
  });

  it("is the same in every run", async () => {
    const first = await nameOf();
    await useEngine();
    expect(await nameOf()).toBe(first);
  });

  it("stays after a change that needs no replacement", async () => {
    expect(await nameOf({ psk: "another", peerAddress: "198.51.100.1" })).toBe(await nameOf());
  });

  it("stays if the program sets the project of the login explicitly", async () => {
    expect(await nameOf({ projectId: PROJECT_ID })).toBe(await nameOf());
  });

  it("differs for another VPN service", async () => {
    expect(await nameOf({ vpnServiceId: OTHER_ID })).not.toBe(await nameOf());
  });

  it("differs for another resource", async () => {
    const [office, branch] = [await nameOf({}, "office"), await nameOf({}, "branch")];
    expect(branch).toMatch(/^dev-branch-/);
    expect(branch.slice(-7)).not.toBe(office.slice(-7));
  });

  it("differs for another project", async () => {
    const here = await nameOf();
    await useEngine({ project: "other" });
    expect(await nameOf()).not.toBe(here);
  });

  it("waits for inputs that are outputs of other resources", async () => {
    const plain = aConnection()["vpnServiceId"];
    expect(await nameOf({ vpnServiceId: pulumi.output(plain) })).toBe(await nameOf());
  });

  it("is unknown in a preview while the VPN service is unknown", async () => {
    await useEngine({ isPreview: true });
    const { name } = aResource({ vpnServiceId: pulumi.output(pulumi.unknown) });
    expect(await insides(name).isKnown).toBe(false);
  });

  it.each(["psk", "projectId"])("is known in a preview if only %s is unknown", async (input) => {
    await useEngine({ isPreview: true });
    const { name } = aResource({ [input]: pulumi.output(pulumi.unknown) });
    expect(await valueOf(name)).toMatch(/^dev-office-[0-9a-f]{7}$/);
  });

  it("is not secret, even if an input that it depends on is secret", async () => {
    const { name } = aResource({ vpnServiceId: pulumi.secret(OTHER_ID) });
    expect(await pulumi.isSecret(name)).toBe(false);
  });
});

it.each(["office", ""])("a connection keeps the name %j of the program", async (name) => {
  expect(await valueOf(aResource({ name }).name)).toBe(name);
});
