import type { Properties, ProviderProcess } from "../support/harness/providerProcess";
import { type Scene, printed } from "./scene";
import { type Dialect, Shared } from "./sharedScene";

const shared = new Shared();
let scene: Scene;
let provider: ProviderProcess;
/** The number of lines printed before the test. */
let before: number;

afterAll(() => shared.close());

const open = async (kind: "IkePolicy" | "IpsecPolicy", dialect: Dialect = "neutron") => {
  scene = await shared.scene(dialect, kind);
  provider = await shared.process(dialect, kind);
  await printed(provider);
  before = provider.stdout.length;
};

/** The warnings printed since {@link open}. */
const warnings = async () => {
  await printed(provider);
  return provider.stdout.slice(before).filter((line) => line.startsWith("warning: "));
};

describe("a check", () => {
  it.each([
    ["IkePolicy", { authAlgorithm: "sha1" }, /authAlgorithm sha1: SHA-1 is weak/],
    ["IkePolicy", { encryptionAlgorithm: "3des" }, /encryptionAlgorithm 3des: 3DES is weak/],
    ["IkePolicy", { pfs: "group2" }, /pfs group2: Group 2 .* can be broken/],
    ["IkePolicy", { pfs: "group5" }, /pfs group5: Group 5 .* is weak/],
    ["IkePolicy", { phase1NegotiationMode: "aggressive" }, /aggressive: .* identities in clear/],
    ["IpsecPolicy", { authAlgorithm: "sha1" }, /authAlgorithm sha1: SHA-1 is weak/],
    ["IpsecPolicy", { encryptionAlgorithm: "3des" }, /encryptionAlgorithm 3des: 3DES is weak/],
    ["IpsecPolicy", { pfs: "group5" }, /pfs group5: Group 5 .* is weak/],
  ] as const)(
    "of an %s with %j passes with a warning that names the input",
    async (kind, weak, text) => {
      await open(kind);
      const { inputs, failures } = await provider.check(scene.args({ name: "office", ...weak }));
      expect(failures).toEqual([]);
      expect(inputs).toMatchObject(weak);
      const said = await warnings();
      expect(said).toEqual([expect.stringMatching(new RegExp(`^warning: ${kind} office: `))]);
      expect(said[0]).toMatch(text);
    },
  );

  it("of an object with several weak inputs warns of each", async () => {
    await open("IkePolicy");
    await provider.check(scene.args({ authAlgorithm: "sha1", pfs: "group2" }));
    expect(await warnings()).toHaveLength(2);
  });

  it("of defaults and of strong inputs does not warn", async () => {
    await open("IkePolicy");
    await provider.check(scene.args());
    await provider.check(scene.args({ authAlgorithm: "sha512", pfs: "group31", ikeVersion: "v2" }));
    expect(await warnings()).toEqual([]);
  });

  it("that runs twice, as for a replacement, warns once", async () => {
    await open("IkePolicy");
    const args = scene.args({ pfs: "group5" });
    await provider.check(args);
    await provider.check(args);
    expect(await warnings()).toHaveLength(1);
  });

  it("of two policies with the same weakness warns of both by name", async () => {
    await open("IkePolicy");
    await provider.check(scene.args({ name: "one", pfs: "group5" }));
    await provider.check(scene.args({ name: "two", pfs: "group5" }));
    expect(await warnings()).toEqual([
      expect.stringContaining("IkePolicy one: pfs group5"),
      expect.stringContaining("IkePolicy two: pfs group5"),
    ]);
  });

  it.each([
    ["the same inputs", {}],
    ["another description", { description: "new" }],
    ["another name", { name: "renamed" }],
  ])("of %s with an old weakness does not warn again", async (_what, changes) => {
    await open("IkePolicy");
    const olds: Properties = scene.args({ pfs: "group5", authAlgorithm: "sha1" });
    await provider.check({ ...olds, ...changes }, olds);
    expect(await warnings()).toEqual([]);
  });

  it("warns of an input that has become weak, and of no other", async () => {
    await open("IkePolicy");
    const olds: Properties = scene.args({ pfs: "group5" });
    await provider.check({ ...olds, authAlgorithm: "sha1" }, olds);
    expect(await warnings()).toEqual([expect.stringContaining("authAlgorithm sha1")]);
  });

  it("warns of a weakness that replaces another one", async () => {
    await open("IkePolicy");
    const olds: Properties = scene.args({ pfs: "group2" });
    await provider.check({ ...olds, pfs: "group5" }, olds);
    expect(await warnings()).toEqual([expect.stringContaining("pfs group5")]);
  });

  it("in K5 also warns and suggests only supported values", async () => {
    await open("IpsecPolicy", "k5");
    await provider.check(scene.args({ pfs: "group5", authAlgorithm: "sha1" }));
    expect(await warnings()).toEqual([
      expect.stringMatching(/authAlgorithm sha1: .*sha256/),
      expect.stringMatching(/pfs group5: .*group14/),
    ]);
  });

  it("is the only operation that warns: create and read do not", async () => {
    await open("IkePolicy");
    const { id, inputs, outputs } = await scene.make(provider, { pfs: "group5" });
    const atFirst = await warnings();
    await provider.read(id, outputs);
    await provider.diff(id, outputs, inputs);
    await provider.delete(id, outputs);
    expect(atFirst).toHaveLength(1);
    expect(await warnings()).toEqual(atFirst);
  });
});
