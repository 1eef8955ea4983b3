import type { Kind, Values } from "../../../provider/schema/resourceType";
import { toWire } from "../../../provider/model/wireMapping";
import { UNKNOWN } from "../../../provider/model/unknowns";
import { OTHER_ID } from "../support/builders";
import {
  aState,
  checkedInputs,
  KINDS,
  KINDS_OF_DIALECTS,
  reasonsOf,
  resourceOf,
} from "../support/kinds";
import { compare, IN_PLACE, NONE, replacing } from "../support/givenDiff";

const LONG = "x".repeat(255);
const NOT_K5 = "in the k5 dialect. If this cloud is not K5, set vpnaas:dialect to neutron";
const NOT_NEUTRON =
  "in the neutron dialect. If this cloud is not a Neutron of OpenStack, set vpnaas:dialect to k5";
const ofK5 = KINDS.filter((kind) => resourceOf(kind).definition.available.k5);

describe.each(KINDS_OF_DIALECTS)("every %s in the %s dialect", (kind, dialect) => {
  it.each<[Values]>([
    [{ name: "" }],
    [{ name: LONG }],
    [{ name: null }],
    [{ description: "" }],
    [{ description: LONG }],
    [{ cloud: "east" }],
    [{ adopt: OTHER_ID }],
    [{ adopt: "its name" }],
    [{ timeouts: {} }],
    [{ timeouts: { create: "90s", update: "1h30m", delete: "10m" } }],
  ])("accepts %j", (changes) => {
    expect(reasonsOf(kind, dialect, changes)).toEqual([]);
  });

  it.each<[Values, string]>([
    [{ name: 5 }, "name: must be a string, got a number"],
    [{ name: `${LONG}x` }, "name: must have at most 255 characters"],
    [{ description: ["a"] }, "description: must be a string, got an array"],
    [{ description: `${LONG}x` }, "description: must have at most 255 characters"],
    [{ cloud: "" }, "cloud: must not be empty"],
    [{ adopt: "" }, "adopt: must not be empty"],
    [{ adopt: `${LONG}x` }, "adopt: must have at most 255 characters"],
    [{ timeouts: "5m" }, "timeouts: must be an object, got a string"],
    [
      { timeouts: { create: "5" } },
      "timeouts.create: must be a duration such as 90s, 10m or 1h30m",
    ],
    [{ timeouts: { read: "5m" } }, "timeouts.read: is not an input"],
    [{ nmae: "office" }, "nmae: is not an input: did you mean name?"],
  ])("refuses %j", (changes, reason) => {
    expect(reasonsOf(kind, dialect, changes)).toEqual([reason]);
  });

  it("refuses the output endpoint as an input", () => {
    const [reason] = reasonsOf(kind, dialect, { endpoint: "http://127.0.0.1" });
    expect(reason).toMatch(/^endpoint: is not an input/);
  });

  it("treats null as unset", () => {
    const nulls = { name: null, description: null, cloud: null, adopt: null, timeouts: null };
    expect(checkedInputs(kind, nulls, dialect)).toEqual(
      checkedInputs(kind, { name: undefined }, dialect),
    );
  });
});

describe.each(ofK5)("a %s of both dialects", (kind) => {
  it("accepts an availability zone in the k5 dialect only", () => {
    expect(reasonsOf(kind, "k5", { availabilityZone: "AZ1" })).toEqual([]);
    expect(reasonsOf(kind, "k5", { availabilityZone: "" })).toEqual([
      "availabilityZone: must not be empty",
    ]);
    expect(reasonsOf(kind, "neutron", { availabilityZone: "AZ1" })).toEqual([
      `availabilityZone: is not an input ${NOT_NEUTRON}`,
    ]);
  });

  it("accepts a project in the neutron dialect only", () => {
    expect(reasonsOf(kind, "neutron", { projectId: "p" })).toEqual([]);
    expect(reasonsOf(kind, "neutron", { projectId: "" })).toEqual(["projectId: must not be empty"]);
    expect(reasonsOf(kind, "k5", { projectId: "p" })).toEqual([
      `projectId: is not an input ${NOT_K5}`,
    ]);
  });

  it("keeps the zone that the cloud chose", async () => {
    const state = aState(kind, {}, { availability_zone: "AZ1" });
    expect(await compare(kind, {}, state, { dialect: "k5" })).toMatchObject(NONE);
  });

  it("is replaced for another zone", async () => {
    const state = aState(kind, {}, { availability_zone: "AZ1" });
    const { replaces } = await compare(kind, { availabilityZone: "AZ2" }, state, {
      dialect: "k5",
    });
    expect(replaces).toEqual(["availabilityZone"]);
  });
});

describe.each(KINDS)("a %s of the neutron dialect", (kind) => {
  it("has no change with equal inputs", async () => {
    expect(await compare(kind, {})).toMatchObject(NONE);
  });

  it("keeps the project that the cloud chose", async () => {
    expect(await compare(kind, {}, aState(kind, {}, { project_id: "chosen" }))).toMatchObject(NONE);
  });

  it("is replaced for another project", async () => {
    expect((await compare(kind, { projectId: "another" })).replaces).toEqual(["projectId"]);
  });

  it.each([
    ["another name", { name: "branch" }],
    ["an empty name", { name: "" }],
    ["another description", { description: "to the branch" }],
  ])("is updated for %s", async (_what, changes) => {
    expect(await compare(kind, changes)).toMatchObject(IN_PLACE);
  });

  it.each<[string, Values]>([
    ["an empty string", { description: "" }],
    ["a null", { description: null }],
    ["its removal", {}],
  ])("clears a description by %s", async (_what, changes) => {
    const state = aState(kind, { description: "x" }, { description: "x" });
    expect(await compare(kind, changes, state)).toMatchObject(IN_PLACE);
    const { fields } = resourceOf(kind).definition;
    const body = toWire(fields, "neutron", checkedInputs(kind, changes));
    expect(body).toMatchObject({ description: "" });
  });

  it("sends no change of timeouts and does not check its immutability", async () => {
    const immutableReason = jest.fn(() => Promise.resolve("it is in use"));
    const changes = { timeouts: { update: "20m" } };
    expect(await compare(kind, changes, aState(kind), { immutableReason })).toMatchObject(IN_PLACE);
    expect(immutableReason).not.toHaveBeenCalled();
  });

  it.each<[string, Values, Values]>([
    ["added later", { adopt: OTHER_ID }, {}],
    ["changed", { adopt: "another" }, { adopt: OTHER_ID }],
    ["removed", {}, { adopt: OTHER_ID }],
    ["unknown", { adopt: UNKNOWN }, {}],
  ])("ignores an adopt that is %s", async (_what, changes, before) => {
    expect(await compare(kind, changes, aState(kind, before))).toMatchObject(NONE);
  });

  it("is replaced create-first for another cloud", async () => {
    expect(await compare(kind, { cloud: "west" })).toMatchObject(
      replacing(["cloud"], "create first"),
    );
  });
});

const CREATE_ONLY: [Kind, string][] = KINDS.flatMap((kind) =>
  resourceOf(kind)
    .definition.fields.filter(({ createOnly, input }) => createOnly && input.neutron)
    .map(({ name }): [Kind, string] => [kind, name]),
);

it.each(CREATE_ONLY)("a %s is replaced while %s is unknown", async (kind, name) => {
  const { changes, replaces } = await compare(kind, { [name]: UNKNOWN });
  expect({ changes, replaces }).toEqual({ changes: true, replaces: [name] });
});
