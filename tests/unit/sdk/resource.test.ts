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

describe("what the engine is told", () => {
  it("is the kind, the name and the text of the provider", async () => {
    await valueOf(aResource().urn);
    expect(registered).toEqual([
      expect.objectContaining({
        type: "pulumi-nodejs:dynamic/vpnaas:IpsecSiteConnection",
        name: "office",
        inputs: expect.objectContaining({ __provider: providerText("ipsecSiteConnection") }),
      }),
    ]);
  });

  it("holds every input as it was given", async () => {
    const given = { description: "x", dpd: { action: "restart" }, timeouts: { create: "5m" } };
    await valueOf(aResource(given).urn);
    const { psk: _psk, ...inputs } = aConnection({ name: undefined });
    expect(registered[0]?.inputs).toMatchObject({ ...inputs, ...given });
  });

  it("holds the psk as a secret even if that is given as plain text", async () => {
    await valueOf(aResource().urn);
    const [{ psk }] = [registered[0]?.inputs as Readonly<Record<string, unknown>>];
    expect(pulumi.runtime.isRpcSecret(psk)).toBe(true);
    expect(psk).toMatchObject({ value: aConnection()["psk"] });
  });

  it("holds no input that was not given", async () => {
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

describe("the names of what the program marks as secret", () => {
  const namesOf = async (changes: Readonly<Record<string, unknown>>) => {
    await valueOf(aResource(changes).urn);
    const inputs = registered.at(-1)?.inputs as Readonly<Record<string, unknown>>;
    return { names: inputs[SECRET_MARKS_KEY], inputs };
  };

  it("stand beside the inputs in an order of their own, without the values", async () => {
    const changes = { peerId: pulumi.secret("canary"), description: pulumi.secret("canary") };
    expect((await namesOf(changes)).names).toEqual(["description", "peerId"]);
  });

  it("are no secret themselves", async () => {
    const { names } = await namesOf({ description: pulumi.secret("canary") });
    expect(pulumi.runtime.isRpcSecret(names)).toBe(false);
  });

  it.each([
    ["a part of it", { dpd: { interval: pulumi.secret(10) } }, "dpd"],
    ["one of a list", { peerCidrs: [pulumi.secret("10.2.0.0/24")] }, "peerCidrs"],
    [
      "what it is made of",
      { description: pulumi.interpolate`a ${pulumi.secret("b")}` },
      "description",
    ],
  ])("have that of an input of which %s is secret", async (_what, changes, name) => {
    expect((await namesOf(changes)).names).toEqual([name]);
  });

  it("are not there where there are none", async () => {
    expect((await namesOf({ description: pulumi.output("plain") })).names).toBeUndefined();
  });

  it("leave out the psk, which always is secret", async () => {
    expect((await namesOf({ psk: pulumi.secret("canary") })).names).toBeUndefined();
  });

  it("are known in a preview where the value is not", async () => {
    await useEngine({ isPreview: true });
    const description = pulumi.secret(pulumi.output(pulumi.unknown as string));
    expect((await namesOf({ description })).names).toEqual(["description"]);
  });
});

describe("a replacement", () => {
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
    "deletes the old object first where the name is %p, since a new one would find it by that",
    async (name) => {
      expect(await deletesFirst(name)).toBe(true);
    },
  );

  it("leaves the order to the provider where the program gives a name", async () => {
    expect(await deletesFirst("office")).toBeUndefined();
  });

  it("leaves the order to the provider where an object is adopted, which keeps its name", async () => {
    expect(await deletesFirst(undefined, {}, { adopt: OTHER_ID })).toBeUndefined();
  });

  it("has the order that the program asks for", async () => {
    expect(await deletesFirst(undefined, { deleteBeforeReplace: false })).toBe(false);
  });
});

describe("an output", () => {
  it("has what the cloud said", async () => {
    expect(await valueOf(aResource().status)).toBe("DOWN");
  });

  it("of the psk is secret even if that was given as plain text", async () => {
    const { psk } = aResource();
    expect([await pulumi.isSecret(psk), await valueOf(psk)]).toEqual([true, aConnection()["psk"]]);
  });

  it("of anything else is no secret", async () => {
    const { name, peerAddress, status } = aResource();
    const secret = await Promise.all(
      [name, peerAddress, status].map((one) => pulumi.isSecret(one)),
    );
    expect(secret).toEqual([false, false, false]);
  });
});

describe("the name of a resource that the program does not name", () => {
  const nameOf = (...args: Parameters<typeof aResource>) => valueOf(aResource(...args).name);

  it("is <stack>-<resource>-<7 hexadecimal digits>", async () => {
    expect(await nameOf()).toMatch(/^dev-office-[0-9a-f]{7}$/);
  });

  it("is the same in every run", async () => {
    const first = await nameOf();
    await useEngine();
    expect(await nameOf()).toBe(first);
  });

  it("stays when something changes that needs no other object", async () => {
    expect(await nameOf({ psk: "another", peerAddress: "198.51.100.1" })).toBe(await nameOf());
  });

  it("stays when the project that the login has anyway is written out", async () => {
    expect(await nameOf({ projectId: PROJECT_ID })).toBe(await nameOf());
  });

  it("is another one for another VPN service", async () => {
    expect(await nameOf({ vpnServiceId: OTHER_ID })).not.toBe(await nameOf());
  });

  it("is another one for another resource", async () => {
    const [office, branch] = [await nameOf({}, "office"), await nameOf({}, "branch")];
    expect(branch).toMatch(/^dev-branch-/);
    expect(branch.slice(-7)).not.toBe(office.slice(-7));
  });

  it("is another one for another project", async () => {
    const here = await nameOf();
    await useEngine({ project: "other" });
    expect(await nameOf()).not.toBe(here);
  });

  it("waits for inputs that are outputs of others", async () => {
    const plain = aConnection()["vpnServiceId"];
    expect(await nameOf({ vpnServiceId: pulumi.output(plain) })).toBe(await nameOf());
  });

  it("is unknown in a preview while the VPN service is", async () => {
    await useEngine({ isPreview: true });
    const { name } = aResource({ vpnServiceId: pulumi.output(pulumi.unknown) });
    expect(await insides(name).isKnown).toBe(false);
  });

  it.each(["psk", "projectId"])("is known in a preview when only %s is unknown", async (input) => {
    await useEngine({ isPreview: true });
    const { name } = aResource({ [input]: pulumi.output(pulumi.unknown) });
    expect(await valueOf(name)).toMatch(/^dev-office-[0-9a-f]{7}$/);
  });

  it("is no secret, though it comes from an input that is one", async () => {
    const { name } = aResource({ vpnServiceId: pulumi.secret(OTHER_ID) });
    expect(await pulumi.isSecret(name)).toBe(false);
  });
});

it.each(["office", ""])("keeps the name %j that the program gives", async (name) => {
  expect(await valueOf(aResource({ name }).name)).toBe(name);
});
