import { stackStateOf } from "../../../../cli/pulumi/stackState";

const SIGNATURE = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
const clear = (value: unknown) => ({ ...SIGNATURE, plaintext: JSON.stringify(value) });
const closed = { ...SIGNATURE, ciphertext: "v1:AAAA:BBBB" };

type Raw = Record<string, unknown>;

function raw(kind: string, name: string, over: Raw = {}): Raw {
  const type = `pulumi-nodejs:dynamic/vpnaas:${kind}`;
  const text = {
    __provider: 'exports.handler = () => require("pulumi-vpnaas/dynamic").ikePolicy;',
  };
  return {
    urn: `urn:pulumi:dev::offices::${type}::${name}`,
    custom: true,
    id: `id of ${name}`,
    type,
    inputs: { ...text, name: "a" },
    outputs: { ...text, name: "a", projectId: "p" },
    created: "2026-03-01T08:00:00.5Z",
    ...over,
  };
}

function exported(resources: unknown, rest: Raw = {}): Raw {
  return { version: 3, deployment: { resources, ...rest } };
}

const place = { name: "dev", project: "offices", config: () => undefined };
const read = (resources: unknown, rest?: Raw) => stackStateOf(place, exported(resources, rest));
const readOne = (one: Raw) => read([one]).resources[0]!;

describe("the resources of a state", () => {
  it("are those of this provider, each with its logical name, type and id", () => {
    const { resources } = read([
      {
        urn: "urn:pulumi:dev::offices::pulumi:pulumi:Stack::offices-dev",
        type: "pulumi:pulumi:Stack",
      },
      { ...raw("IkePolicy", "other"), type: "pulumi-nodejs:dynamic:Resource" },
      raw("IkePolicy", "ike::v2"),
    ]);

    expect(resources).toMatchObject([{ name: "ike::v2", kind: "IkePolicy", id: "id of ike::v2" }]);
  });

  it("include those of the plugin, without the component Tunnel", () => {
    const ike = raw("IkePolicy", "ike", { type: "vpnaas:index:IkePolicy" });
    const tunnel = raw("Tunnel", "office", { type: "vpnaas:index:Tunnel", custom: false });
    const { resources, notes } = read([tunnel, ike]);
    expect(resources).toMatchObject([{ name: "ike", kind: "IkePolicy" }]);
    expect(notes).toEqual([]);
  });

  it("have the decrypted arguments of a provider that the program creates", () => {
    const provider = (name: string) => ({
      urn: `urn:pulumi:dev::offices::pulumi:providers:vpnaas::${name}`,
      type: "pulumi:providers:vpnaas",
      custom: true,
      id: "1a2b",
      inputs: { version: "0.1.0", cloud: "tokyo", password: clear("their password") },
    });
    const of = (name: string) =>
      raw("IkePolicy", name, {
        type: "vpnaas:index:IkePolicy",
        provider: `${provider(name).urn}::1a2b`,
      });
    const all = ["tokyo", "default_0_1_0"];
    const { resources } = read([...all.map(provider), ...all.map(of)]);
    expect(resources.map((one) => [one.provider?.("cloud"), one.provider?.("password")])).toEqual([
      ["tokyo", "their password"],
      [undefined, undefined],
    ]);
  });

  it("lack the text of the provider", () => {
    expect(readOne(raw("IkePolicy", "ike"))).toMatchObject({
      inputs: { name: "a" },
      outputs: { name: "a", projectId: "p" },
    });
    expect(JSON.stringify(readOne(raw("IkePolicy", "ike")))).not.toContain("exports.handler");
  });

  it("exclude a resource without an id", () => {
    expect(read([raw("IkePolicy", "ike", { id: "" })]).resources).toEqual([]);
  });

  it("exclude virtual resources, without a note", () => {
    const ready = raw("ConnectionsReady", "all");
    const pending_operations = [{ type: "creating", resource: ready }];
    expect(read([ready], { pending_operations })).toMatchObject({ resources: [], notes: [] });
  });

  it("have the time of the last modification, or of the creation if never modified", () => {
    const modified = "2026-03-02T09:00:00Z";
    expect(readOne(raw("IkePolicy", "ike", { modified })).recordedAt).toBe(modified);
    expect(readOne(raw("IkePolicy", "ike")).recordedAt).toBe("2026-03-01T08:00:00.5Z");
  });

  it.each(["delete", "external", "pendingReplacement"])(
    "with the mark %s are not compared",
    (mark) => {
      expect(readOne(raw("IkePolicy", "ike", { [mark]: true })).isCompared).toBe(false);
      expect(readOne(raw("IkePolicy", "ike", { [mark]: false })).isCompared).toBe(true);
    },
  );

  it.each([
    ["protect", true, false],
    ["retainOnDelete", true, false],
    ["ignoreChanges", ["description"], []],
    ["taint", true, false],
    ["deletedWith", "urn:pulumi:dev::offices::a:b:C::d", ""],
    ["replaceOnChanges", ["psk"], []],
  ])("include the option %s if it is set", (option, set, unset) => {
    expect(readOne(raw("IkePolicy", "ike", { [option]: set })).options).toEqual([option]);
    expect(readOne(raw("IkePolicy", "ike", { [option]: unset })).options).toEqual([]);
  });

  it("have no option by default", () => {
    expect(readOne(raw("IkePolicy", "ike")).options).toEqual([]);
  });

  it("are empty in a stack that never had one", () => {
    expect(stackStateOf(place, { version: 3, deployment: { manifest: {} } })).toMatchObject({
      resources: [],
      secretsRead: true,
      notes: [],
    });
  });
});

describe("the secrets of a state", () => {
  const psk = (value: unknown) =>
    raw("IpsecSiteConnection", "office", {
      inputs: { psk: value },
      outputs: { psk: value, mtu: 1500 },
    });

  it("are decrypted", () => {
    expect(readOne(psk(clear("canary-psk")))).toMatchObject({
      inputs: { psk: "canary-psk" },
      outputs: { psk: "canary-psk" },
      secret: new Set(["psk"]),
      unread: new Set(),
    });
  });

  it("are in neither inputs nor outputs if they are encrypted", () => {
    const state = read([psk(closed)]);

    expect(state.secretsRead).toBe(false);
    expect(state.resources[0]).toMatchObject({
      inputs: {},
      outputs: { mtu: 1500 },
      secret: new Set(["psk"]),
      unread: new Set(["psk"]),
    });
    expect(state.resources[0]!.outputs).not.toHaveProperty("psk");
  });

  it("count as unread if all are null, the sign of a wrong passphrase", () => {
    const state = read([psk(clear(null)), raw("IkePolicy", "ike")]);

    expect(state.secretsRead).toBe(false);
    expect([...state.resources[0]!.unread]).toEqual(["psk"]);
    expect(state.notes).toEqual([expect.stringMatching(/stack dev.*PULUMI_CONFIG_PASSPHRASE/)]);
  });

  it("may be null beside a secret that is not null", () => {
    const state = read([
      psk(clear("canary-psk")),
      raw("IkePolicy", "i", { inputs: { description: clear(null) } }),
    ]);

    expect(state.secretsRead).toBe(true);
    expect(state.resources[1]!.inputs).toEqual({ description: null });
  });

  it.each([
    [
      "an item of a list",
      { peerCidrs: ["10.1.0.0/24", clear("10.2.0.0/24")] },
      ["10.1.0.0/24", "10.2.0.0/24"],
    ],
    [
      "a member of an object",
      { dpd: { action: "hold", interval: clear(30) } },
      { action: "hold", interval: 30 },
    ],
    ["within a secret", { dpd: clear({ interval: clear(30) }) }, { interval: 30 }],
  ])("make the whole property secret as %s", (_title, outputs, value) => {
    const [name] = Object.keys(outputs) as [string];
    const held = readOne(raw("IpsecSiteConnection", "office", { outputs }));

    expect(held.outputs).toEqual({ [name]: value });
    expect([...held.secret]).toEqual([name]);
  });

  it("make the whole property unread if a part is encrypted", () => {
    const outputs = { peerCidrs: ["10.1.0.0/24", closed] };
    const held = readOne(raw("IpsecSiteConnection", "office", { outputs }));

    expect(held.outputs).toEqual({});
    expect([...held.unread]).toEqual(["peerCidrs"]);
  });

  it("count as encrypted if their text is not JSON, and are not quoted", () => {
    const state = read([psk({ ...SIGNATURE, plaintext: "canary-psk" })]);

    expect(state.secretsRead).toBe(false);
    expect(JSON.stringify(state)).not.toContain("canary");
  });
});

describe("a state in an unexpected form", () => {
  const notes = (...resources: Raw[]) => read(resources).notes.join("\n");

  it("is read in versions 3 and 4 only", () => {
    expect(stackStateOf(place, { ...exported([]), version: 4 }).resources).toEqual([]);
    expect(() => stackStateOf(place, { ...exported([]), version: 5 })).toThrow(
      /stack dev has version 5; versions 3 and 4/,
    );
  });

  it.each([null, "text", {}, { version: 3 }, exported("none")])("is refused as %j", (text) => {
    expect(() => stackStateOf(place, text)).toThrow(/stack dev is not a deployment/);
  });

  it("may contain a resource type of another version", () => {
    expect(notes(raw("IkeProfile", "ike"))).toMatch(
      /^IkeProfile ike.*another version of pulumi-vpnaas/,
    );
    expect(read([raw("IkeProfile", "ike")]).resources).toEqual([]);
  });

  it("may contain a property of another version, and the other properties are compared", () => {
    const one = raw("IkePolicy", "ike", { outputs: { name: "a", prf: "sha512" } });

    expect(notes(one)).toMatch(/^IkePolicy ike: prf not compared.*another version/);
    expect(readOne(one).isCompared).toBe(true);
  });

  it.each(["inputs", "outputs"])(
    "may lack the %s of a resource, of which only the id is used",
    (part) => {
      const one = raw("IkePolicy", "ike", { [part]: undefined });

      expect(notes(one)).toMatch(/^IkePolicy ike: .*no inputs or no outputs/);
      expect(readOne(one)).toMatchObject({ id: "id of ike", isCompared: false });
    },
  );

  it("may have a newer format, and then only its id is used", () => {
    const one = raw("IkePolicy", "ike", { outputs: { name: "a", __format: 2 } });

    expect(notes(one)).toBe(
      "IkePolicy ike: not compared, because this version does not know its format. Update pulumi-vpnaas.",
    );
    expect(readOne(one)).toMatchObject({ id: "id of ike", isCompared: false });
  });

  it("gives no notes if it is in order", () => {
    expect(notes(raw("IkePolicy", "ike"))).toBe("");
  });

  it("notes a replacement whose new object was not created", () => {
    expect(notes(raw("IkePolicy", "ike", { pendingReplacement: true }))).toMatch(
      /`pulumi up` creates it/,
    );
  });

  it("notes a replaced resource whose old object still exists", () => {
    expect(notes(raw("IkePolicy", "ike", { delete: true, outputs: undefined }))).toBe(
      "IkePolicy ike: replaced, but not deleted yet. The next `pulumi up` deletes the old object.",
    );
  });

  it("notes a reason once for all its resources, with their number", () => {
    const many = [...Array(1_000).keys()].map((i) =>
      raw("IkePolicy", `ike-${i}`, { outputs: { name: "a", prf: "sha512" } }),
    );
    const tainted = raw("IkePolicy", "last", { taint: true });

    expect(read([...many, tainted]).notes).toEqual([
      "IkePolicy ike-0 and 999 more: prf not compared, because this version does not know it. The state was written by another version of pulumi-vpnaas.",
      "IkePolicy last: tainted, so that the next `pulumi up` replaces it.",
    ]);
  });

  it("notes a resource that is marked for replacement", () => {
    expect(notes(raw("IkePolicy", "ike", { taint: true }))).toMatch(/^IkePolicy ike: tainted/);
  });
});

describe("the note about an interrupted run", () => {
  const pending = (type: string, kind = "pulumi-nodejs:dynamic/vpnaas:IkePolicy") =>
    read([], {
      pending_operations: [
        { type, resource: { urn: `urn:pulumi:dev::offices::${kind}::ike`, type: kind } },
      ],
    }).notes;

  it("gives the advice of `pulumi up` for a pending creation", () => {
    expect(pending("creating")).toEqual([
      expect.stringMatching(
        /^IkePolicy ike: creating, in a run that was interrupted.*`pulumi up`.*--clear-pending-creates/,
      ),
    ]);
  });

  it.each(["updating", "deleting"])("covers the operation %s too", (type) => {
    expect(pending(type)).toEqual([
      expect.stringMatching(/^IkePolicy ike: (?:updating|deleting), in a run/),
    ]);
  });

  it("ignores the resources of other providers", () => {
    expect(pending("creating", "aws:s3/bucket:Bucket")).toEqual([]);
  });
});

describe("an unfinished run", () => {
  const urn = "urn:pulumi:dev::offices::pulumi-nodejs:dynamic/vpnaas:IkePolicy::ike";
  const pending_operations = [{ type: "updating", resource: raw("IkePolicy", "ike") }];

  it("is recognized by its pending operations", () => {
    expect(read([], { pending_operations }).unfinished).toEqual({
      pending: [{ urn, type: "updating" }],
    });
  });

  it("is recognized by the lock of the stack, with a note that gives the next step", () => {
    const state = stackStateOf(place, exported([]), "2026-03-01T08:00:00.000Z");
    expect(state.unfinished).toEqual({ lockedSince: "2026-03-01T08:00:00.000Z", pending: [] });
    expect(state.notes).toEqual([
      expect.stringMatching(/^The stack dev has been locked since 2026-03-01T08.*`pulumi cancel`/),
    ]);
  });

  it("is not reported without pending operations and lock", () => {
    expect(read([])).not.toHaveProperty("unfinished");
  });
});
