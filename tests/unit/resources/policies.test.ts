import type { Kind, Values } from "../../../provider/schema/resourceType";
import { changedFields } from "../../../provider/lifecycle/operations/diff";
import { UNKNOWN } from "../../../provider/model/unknowns";
import { toWire } from "../../../provider/model/wireMapping";
import { aState, checked, checkedInputs, reasonsOf, someInputs } from "../support/kinds";
import { anEnvironment, compare, IN_PLACE, NONE, replacing } from "../support/givenDiff";

const POLICIES: readonly Kind[] = ["IkePolicy", "IpsecPolicy"];
const NOT_K5 = "in the k5 dialect. If this cloud is not K5, set vpnaas:dialect to neutron";

const AUTH = { both: ["sha1", "sha256", "sha384", "sha512"], neutron: ["aes-xcbc", "aes-cmac"] };
const MODES = ["ccm-8", "ccm-12", "ccm-16", "gcm-8", "gcm-12", "gcm-16", "ctr"];
const CIPHERS = {
  both: ["3des", "aes-128", "aes-192", "aes-256"],
  neutron: MODES.flatMap((mode) => [`aes-128-${mode}`, `aes-192-${mode}`, `aes-256-${mode}`]),
};
const GROUPS = {
  both: ["group2", "group5", "group14"],
  neutron: Array.from({ length: 17 }, (_none, i) => `group${i + 15}`),
};
const ENUMS = { authAlgorithm: AUTH, encryptionAlgorithm: CIPHERS, pfs: GROUPS };

const rows = (which: "both" | "neutron") =>
  Object.entries(ENUMS).flatMap(([name, values]) => values[which].map((one) => [name, one]));

describe.each(POLICIES)("an %s", (kind) => {
  it("has explicit safe defaults, so that a server's own ones do not apply", () => {
    expect(checkedInputs(kind)).toMatchObject({
      authAlgorithm: "sha256",
      encryptionAlgorithm: "aes-128",
      pfs: "group14",
      lifetime: { units: "seconds", value: 3600 },
    });
  });

  it.each(rows("both"))("accepts %s %s in both dialects", (name, value) => {
    expect(reasonsOf(kind, "k5", { [name]: value })).toEqual([]);
    expect(reasonsOf(kind, "neutron", { [name]: value })).toEqual([]);
  });

  it.each(rows("neutron"))("accepts %s %s in the neutron dialect only", (name, value) => {
    const known = ENUMS[name as keyof typeof ENUMS].both.join(", ");
    expect(reasonsOf(kind, "neutron", { [name]: value })).toEqual([]);
    expect(reasonsOf(kind, "k5", { [name]: value })).toEqual([
      `${name}: must be one of ${known} ${NOT_K5}`,
    ]);
  });

  it.each([
    ["authAlgorithm", "md5"],
    ["authAlgorithm", "SHA256"],
    ["authAlgorithm", ""],
    ["encryptionAlgorithm", "des"],
    ["encryptionAlgorithm", "aes-512"],
    ["encryptionAlgorithm", "aes-128-gcm"],
    ["pfs", "group1"],
    ["pfs", "group32"],
    ["pfs", "Group5"],
    ["pfs", "disable"],
    ["pfs", "14"],
  ])("refuses %s %j in both dialects, without a mention of the dialect", (name, value) => {
    for (const dialect of ["k5", "neutron"] as const) {
      expect(reasonsOf(kind, dialect, { [name]: value })).toEqual([
        expect.stringMatching(new RegExp(`^${name}: must be one of (?!.*vpnaas:dialect)`)),
      ]);
    }
  });

  it.each<[Values | null, Values]>([
    [null, { units: "seconds", value: 3600 }],
    [{}, { units: "seconds", value: 3600 }],
    [{ value: 60 }, { units: "seconds", value: 60 }],
    [{ value: 2147483647 }, { units: "seconds", value: 2147483647 }],
    [{ units: "seconds" }, { units: "seconds", value: 3600 }],
    [
      { units: null, value: 86400 },
      { units: "seconds", value: 86400 },
    ],
  ])("completes a lifetime of %j", (lifetime, whole) => {
    for (const dialect of ["k5", "neutron"] as const) {
      const { inputs, failures } = checked(kind, someInputs(kind, { lifetime }), dialect);
      expect([inputs["lifetime"], failures]).toEqual([whole, []]);
    }
  });

  it.each<[unknown, string]>([
    [{ value: 59 }, "lifetime.value: must be at least 60"],
    [{ value: 0 }, "lifetime.value: must be at least 60"],
    [{ value: 2147483648 }, "lifetime.value: must be at most 2147483647"],
    [{ value: 60.5 }, "lifetime.value: must be an integer, got a fraction"],
    [{ value: "3600" }, "lifetime.value: must be an integer, got a string"],
    [{ units: "kilobytes" }, "lifetime.units: must be one of seconds"],
    [{ units: "Seconds" }, "lifetime.units: must be one of seconds: did you mean seconds?"],
    [{ seconds: 60 }, "lifetime.seconds: is not an input"],
    [3600, "lifetime: must be an object, got a number"],
    [[3600], "lifetime: must be an object, got an array"],
  ])("refuses a lifetime of %j", (lifetime, reason) => {
    for (const dialect of ["k5", "neutron"] as const) {
      expect(reasonsOf(kind, dialect, { lifetime })).toEqual([reason]);
    }
  });

  const warnings = (changes: Values) =>
    checked(kind, someInputs(kind, changes)).warnings.map(({ line }) => line);

  it.each([
    ["authAlgorithm", "sha1"],
    ["encryptionAlgorithm", "3des"],
    ["pfs", "group2"],
    ["pfs", "group5"],
  ])("warns about %s %s and names a better value", (name, value) => {
    expect(warnings({ [name]: value })).toEqual([
      expect.stringMatching(new RegExp(`^${name} ${value}: .*Use .* or better\\.$`)),
    ]);
  });

  const strong = [...rows("both"), ...rows("neutron")].filter(
    ([, value]) => !["sha1", "3des", "group2", "group5"].includes(value!),
  );

  it.each(strong)("does not call %s %s weak", (name, value) => {
    // AEAD ciphers belong to IKE v2.
    const version = kind === "IkePolicy" ? { ikeVersion: "v2" } : {};
    const lines = warnings({ ...version, [name]: value });
    expect(lines.filter((line) => !line.includes("libreswan lacks"))).toEqual([]);
  });

  it("does not warn about defaults and unknown values", () => {
    const unknown = { authAlgorithm: UNKNOWN, encryptionAlgorithm: UNKNOWN, pfs: UNKNOWN };
    expect([...warnings({}), ...warnings(unknown)]).toEqual([]);
  });
});

describe.each(POLICIES)("a change of an %s", (kind) => {
  const own: Record<string, Values> = {
    IkePolicy: { ikeVersion: "v2", phase1NegotiationMode: "aggressive" },
    IpsecPolicy: { encapsulationMode: "transport", transformProtocol: "ah" },
  };
  const changes: [string, unknown][] = Object.entries({
    name: "branch",
    description: "to the branch",
    authAlgorithm: "sha512",
    encryptionAlgorithm: "aes-256",
    pfs: "group31",
    lifetime: { value: 7200 },
    ...own[kind],
  });

  it.each(changes)(
    "in %s is an update while no connection uses the policy",
    async (name, value) => {
      expect(await compare(kind, { [name]: value })).toMatchObject(IN_PLACE);
    },
  );

  it.each(changes)(
    "in %s is a replacement create-first while a connection uses the policy",
    async (name, value) => {
      const used = "it is in use by IpsecSiteConnection a";
      const immutableReason = () => Promise.resolve(used);
      expect(
        await compare(kind, { [name]: value }, aState(kind), { immutableReason }),
      ).toMatchObject(replacing([name], "create first", used));
    },
  );

  it.each<[Values]>([
    [{ lifetime: { value: 3600 } }],
    [{ lifetime: { units: "seconds" } }],
    [{ lifetime: null, pfs: null, authAlgorithm: null, encryptionAlgorithm: null }],
    [{ authAlgorithm: "sha256", encryptionAlgorithm: "aes-128", pfs: "group14" }],
  ])("is empty for defaults, set or omitted: %j", async (written) => {
    expect(await compare(kind, written)).toMatchObject(NONE);
  });

  it("is empty if the program sets one member of the lifetime and the cloud shows both", async () => {
    const part = { lifetime: { value: 1200 } };
    const state = aState(kind, part, { lifetime: { units: "seconds", value: 1200 } });
    expect(await compare(kind, part, state)).toMatchObject(NONE);
  });

  it("resets an omitted value to its default", async () => {
    const state = aState(kind, { pfs: "group5" }, { pfs: "group5" });
    expect(await compare(kind, {}, state)).toMatchObject(IN_PLACE);
  });

  it("sends a lifetime with both members", () => {
    const inputs = checkedInputs(kind, { lifetime: { value: 7200 } });
    const fields = changedFields(anEnvironment(kind), aState(kind), inputs);
    expect(toWire(fields, "neutron", inputs)).toEqual({
      lifetime: { units: "seconds", value: 7200 },
    });
  });
});
