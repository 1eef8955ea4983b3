import { endpointGroup, ikePolicy, ipsecPolicy } from "../../provider/dynamic";
import { OTHER_ID } from "./builders";

const said = jest.spyOn(console, "log").mockImplementation(() => undefined);
const warnings = () => said.mock.calls.map(([line]) => String(line));

beforeAll(() => {
  // The login of whoever runs the tests is none of theirs.
  for (const name of Object.keys(process.env)) {
    if (name.startsWith("OS_")) Reflect.deleteProperty(process.env, name);
  }
});
beforeEach(() => said.mockClear());

describe("a check of weak algorithms", () => {
  it("warns of each, and names the resource", async () => {
    await ikePolicy.check!({}, { name: "first", authAlgorithm: "sha1", pfs: "group2" });
    expect(warnings()).toEqual([
      expect.stringMatching(/^warning: IkePolicy first: authAlgorithm sha1: SHA-1 is weak/),
      expect.stringMatching(/^warning: IkePolicy first: pfs group2: /),
    ]);
  });

  it("passes all the same", async () => {
    const { failures } = await ikePolicy.check!({}, { name: "passes", authAlgorithm: "sha1" });
    expect(failures).toEqual([]);
  });

  it("says nothing of what was there before", async () => {
    const weak = { name: "old", encryptionAlgorithm: "3des" };
    await ipsecPolicy.check!(weak, { ...weak, description: "x" });
    expect(warnings()).toEqual([]);
  });

  it("says beside what was there before what is new", async () => {
    const before = { name: "newly weak", encryptionAlgorithm: "3des" };
    await ipsecPolicy.check!(before, { ...before, pfs: "group5" });
    expect(warnings()).toEqual([expect.stringContaining("newly weak: pfs group5: ")]);
  });

  it("says it once in a run", async () => {
    const weak = { name: "twice", pfs: "group5" };
    await ikePolicy.check!({}, weak);
    await ikePolicy.check!({}, weak);
    expect(warnings()).toHaveLength(1);
  });

  it("says nothing of strong ones", async () => {
    await ikePolicy.check!({}, { name: "strong" });
    expect(warnings()).toEqual([]);
  });
});

describe("a check with adopt", () => {
  it("names adopt in what keeps it from being looked for", async () => {
    const { failures } = await ikePolicy.check!({}, { name: "a", adopt: OTHER_ID });
    expect(failures).toEqual([
      { property: "", reason: expect.stringMatching(/^adopt: .*vpnaas:/) as string },
    ]);
  });

  it("looks for nothing once the resource is there", async () => {
    const inputs = { name: "a", adopt: OTHER_ID };
    const { failures } = await ikePolicy.check!({ ...inputs, __provider: "text" }, inputs);
    expect(failures).toEqual([]);
  });

  it("looks for nothing while other inputs are wrong", async () => {
    const { failures } = await ikePolicy.check!({}, { adopt: OTHER_ID, pfs: "group1" });
    expect(failures).toEqual([
      { property: "", reason: expect.stringMatching(/^pfs: must be one of/) as string },
    ]);
  });
});

it("refuses a group while the dialect is that of K5, which is the default", async () => {
  const inputs = { type: "cidr", endpoints: ["10.2.0.0/24"] };
  const { failures } = await endpointGroup.check!({}, inputs);
  expect(failures).toEqual([
    { property: "", reason: expect.stringContaining("set vpnaas:dialect to neutron") as string },
  ]);
});
