import {
  endpointGroup,
  ikePolicy,
  ipsecPolicy,
  ipsecSiteConnection,
} from "../../../provider/doors/dynamic";
import { PartialFailureError } from "../../../provider/errors";
import type { Values } from "../../../provider/schema/resourceType";
import { SECRET_MARKS_KEY } from "../../../provider/model/secretMarks";
import { Runtime } from "../../../provider/runtime";
import { OTHER_ID } from "../support/builders";
import { aState, aWire, checkedInputs } from "../support/kinds";
import { aCloud } from "../support/givenContext";

const said = jest.spyOn(console, "log").mockImplementation(() => undefined);
const warnings = () => said.mock.calls.map(([line]) => String(line));

beforeAll(() => {
  // The tests ignore the login of the user who runs them.
  for (const name of Object.keys(process.env)) {
    if (name.startsWith("OS_")) Reflect.deleteProperty(process.env, name);
  }
});
beforeEach(() => said.mockClear());

beforeAll(async () => {
  // No test of this file needs a cloud for its checks.
  const get = (name: string) => (name === "vpnaas:preflight" ? "off" : undefined);
  await ikePolicy.configure!({ config: { get, require: (name) => get(name) ?? "" } });
});

describe("a check of inputs with weak algorithms", () => {
  it("warns about each algorithm and names the resource", async () => {
    await ikePolicy.check!({}, { name: "first", authAlgorithm: "sha1", pfs: "group2" });
    expect(warnings()).toEqual([
      expect.stringMatching(/^warning: IkePolicy first: authAlgorithm sha1: SHA-1 is weak/),
      expect.stringMatching(/^warning: IkePolicy first: pfs group2: /),
    ]);
  });

  it("returns no failure", async () => {
    const { failures } = await ikePolicy.check!({}, { name: "passes", authAlgorithm: "sha1" });
    expect(failures).toEqual([]);
  });

  it("does not warn about an algorithm of the old inputs", async () => {
    const weak = { name: "old", encryptionAlgorithm: "3des" };
    await ipsecPolicy.check!(weak, { ...weak, description: "x" });
    expect(warnings()).toEqual([]);
  });

  it("warns about a new weak algorithm in addition to an old one", async () => {
    const before = { name: "newly weak", encryptionAlgorithm: "3des" };
    await ipsecPolicy.check!(before, { ...before, pfs: "group5" });
    expect(warnings()).toEqual([expect.stringContaining("newly weak: pfs group5: ")]);
  });

  it("warns once in a run", async () => {
    const weak = { name: "twice", pfs: "group5" };
    await ikePolicy.check!({}, weak);
    await ikePolicy.check!({}, weak);
    expect(warnings()).toHaveLength(1);
  });

  it("does not warn about strong algorithms", async () => {
    await ikePolicy.check!({}, { name: "strong" });
    expect(warnings()).toEqual([]);
  });
});

describe("a check with adopt", () => {
  it("names adopt in the error that prevents the search", async () => {
    const { failures } = await ikePolicy.check!({}, { name: "a", adopt: OTHER_ID });
    expect(failures).toEqual([
      { property: "", reason: expect.stringMatching(/^adopt: .*vpnaas:/) as string },
    ]);
  });

  it("searches for no object if the resource already exists", async () => {
    const inputs = { name: "a", adopt: OTHER_ID };
    const { failures } = await ikePolicy.check!({ ...inputs, __provider: "text" }, inputs);
    expect(failures).toEqual([]);
  });

  it("searches for no object while other inputs are invalid", async () => {
    const { failures } = await ikePolicy.check!({}, { adopt: OTHER_ID, pfs: "group1" });
    expect(failures).toEqual([
      { property: "", reason: expect.stringMatching(/^pfs: must be one of/) as string },
    ]);
  });
});

it("a check refuses an endpoint group in the k5 dialect, the default", async () => {
  const inputs = { type: "cidr", endpoints: ["10.2.0.0/24"] };
  const { failures } = await endpointGroup.check!({}, inputs);
  expect(failures).toEqual([
    { property: "", reason: expect.stringContaining("set vpnaas:dialect to neutron") as string },
  ]);
});

describe("secret marks", () => {
  const MARKS = { [SECRET_MARKS_KEY]: ["description"] };
  const EARLIER = { [SECRET_MARKS_KEY]: ["pfs"] };
  const TEXT = { __provider: "text" };
  const there = aWire("IkePolicy");
  const state = aState("IkePolicy");
  const inputs = checkedInputs("IkePolicy");
  const context = jest.spyOn(Runtime.prototype, "context");

  /** Makes every operation work on that cloud. */
  function useCloud(...[kind, ...rest]: Parameters<typeof aCloud>) {
    const cloud = aCloud(kind, ...rest);
    context.mockReset().mockResolvedValue(cloud.context);
    return cloud;
  }

  afterAll(() => context.mockRestore());

  it("pass a check and stay in the inputs", async () => {
    const checked = await ikePolicy.check!({ ...TEXT, ...EARLIER }, { name: "marked", ...MARKS });
    expect(checked.failures).toEqual([]);
    expect(checked.inputs).toMatchObject({ name: "marked", ...MARKS });
  });

  it("make a diff report a change if they differ from the state, so that the state stores them", async () => {
    useCloud("IkePolicy", { IkePolicy: [there] });
    const changes = async (olds: Values, news: Values) =>
      (await ikePolicy.diff!(there.id, { ...state, ...olds }, { ...inputs, ...news })).changes;
    expect(await changes({}, MARKS)).toBe(true);
    expect(await changes(MARKS, {})).toBe(true);
    expect(await changes(EARLIER, MARKS)).toBe(true);
    expect(await changes(MARKS, MARKS)).toBe(false);
  });

  it("are in the state after a create and in no request", async () => {
    const { requests } = useCloud("IkePolicy");
    const { outs } = await ikePolicy.create({ ...inputs, ...TEXT, ...MARKS });
    expect(outs).toMatchObject(MARKS);
    expect(requests).toEqual([["POST", expect.not.objectContaining(MARKS)]]);
  });

  it("are those of the new inputs after an update", async () => {
    useCloud("IkePolicy", { IkePolicy: [there] });
    const { outs } = await ikePolicy.update!(
      there.id,
      { ...state, ...EARLIER },
      { ...inputs, ...MARKS },
    );
    expect(outs).toMatchObject(MARKS);
  });

  it("are absent after an update without them", async () => {
    useCloud("IkePolicy", { IkePolicy: [there] });
    const { outs } = await ikePolicy.update!(there.id, { ...state, ...MARKS }, inputs);
    expect(outs).not.toHaveProperty(SECRET_MARKS_KEY);
  });

  it("stay unchanged in inputs and outputs after a read", async () => {
    useCloud("IkePolicy", { IkePolicy: [there] });
    const read = await ikePolicy.read!(there.id, { ...state, ...TEXT, ...MARKS });
    expect(read.props).toMatchObject(MARKS);
    expect((read as { inputs?: Values }).inputs).toMatchObject(MARKS);
  });

  it("are not added by a read", async () => {
    useCloud("IkePolicy", { IkePolicy: [there] });
    const read = await ikePolicy.read!(there.id, state);
    expect(read.props).not.toHaveProperty(SECRET_MARKS_KEY);
  });

  it("are in the state that a create with a partial failure leaves", async () => {
    const { requests } = useCloud("IpsecSiteConnection", {}, (own) => ({
      create: (place, body, name) => own.create(place, { ...body, status: "ERROR" }, name),
    }));
    const news = { ...checkedInputs("IpsecSiteConnection"), ...TEXT, ...MARKS };
    const left: unknown = await ipsecSiteConnection.create(news).catch((error: unknown) => error);
    expect(left).toBeInstanceOf(PartialFailureError);
    expect((left as PartialFailureError).properties).toMatchObject({ ...MARKS, ...TEXT });
    expect(requests).toHaveLength(1);
  });

  it("are in the state that an update with a partial failure leaves", async () => {
    const wire = aWire("IpsecSiteConnection", { status: "ERROR" });
    useCloud("IpsecSiteConnection", { IpsecSiteConnection: [wire] });
    const news = { ...checkedInputs("IpsecSiteConnection"), ...TEXT, ...MARKS };
    const olds = { ...aState("IpsecSiteConnection"), ...EARLIER };
    const left: unknown = await ipsecSiteConnection.update!(wire.id, olds, news).catch(
      (error: unknown) => error,
    );
    expect((left as PartialFailureError).properties).toMatchObject({ ...MARKS, ...TEXT });
  });

  it("are passed to the context for its messages, old and new ones", async () => {
    useCloud("IkePolicy", { IkePolicy: [there] });
    await ikePolicy.update!(there.id, { ...state, ...EARLIER }, { ...inputs, ...MARKS });
    const [, , secretInputs] = context.mock.calls[0]!;
    expect([...secretInputs!].sort()).toEqual(["description", "pfs"]);
  });

  it("come without a signal, since the engine ends an operation by killing the process", async () => {
    useCloud("IkePolicy", { IkePolicy: [there] });
    await ikePolicy.update!(there.id, state, inputs);
    expect(context.mock.calls[0]![3]).toBeUndefined();
  });
});
