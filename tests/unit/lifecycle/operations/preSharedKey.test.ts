import {
  createPreSharedKey,
  previewPreSharedKey,
  rotationFailures,
  updatePreSharedKey,
} from "../../../../provider/lifecycle/operations/preSharedKey";
import { UNKNOWN } from "../../../../provider/model/unknowns";

const reasonsOf = (before: object, after: object) =>
  rotationFailures({ length: 40, ...before }, { length: 40, ...after }).map(({ reason }) => reason);

it("PreSharedKey, create: generates two different keys of letters and digits that begin with a letter", () => {
  const { outputs } = createPreSharedKey({});
  const keys = [outputs["current"], outputs["next"]];
  expect(keys).toEqual([
    expect.stringMatching(/^[A-Za-z][A-Za-z0-9]{39}$/),
    expect.stringMatching(/^[A-Za-z][A-Za-z0-9]{39}$/),
  ]);
  expect(new Set(keys).size).toBe(2);
});

it("PreSharedKey, create: uses every character of the alphabet", () => {
  // With 300 keys one of the 52 letters is missing in 15 % of the runs, with 2,000 in 1 of 10^15.
  const keys = Array.from({ length: 2_000 }, () => createPreSharedKey({}).outputs["current"]);
  expect(new Set(keys.join("")).size).toBe(62);
  expect(new Set(keys.map((key) => String(key)[0])).size).toBe(52);
});

it("PreSharedKey, create: generates keys of the length that the program sets", () => {
  const { outputs } = createPreSharedKey({ length: 64 });
  expect(outputs).toMatchObject({ length: 64, next: expect.stringMatching(/^.{64}$/) });
});

it("PreSharedKey, update: makes the next key current and generates a new next one", () => {
  const { outputs: state } = createPreSharedKey({ generation: 1 });
  const rotated = updatePreSharedKey(state, { generation: 2, length: 20 });
  expect(rotated).toEqual({
    generation: 2,
    length: 20,
    current: state["next"],
    next: expect.stringMatching(/^[A-Za-z0-9]{20}$/),
  });
});

it("PreSharedKey, update: keeps both keys if only their length changes", () => {
  const { outputs: state } = createPreSharedKey({});
  const { current, next } = state;
  expect(updatePreSharedKey(state, { length: 64 })).toEqual({ length: 64, current, next });
});

it("PreSharedKey, update: counts a generation that the program does not set as 1", () => {
  const { outputs: state } = createPreSharedKey({});
  expect(updatePreSharedKey(state, { generation: 1 })["current"]).toBe(state["current"]);
});

it.each([
  ["the same", { generation: 3 }, { generation: 3 }],
  ["one more", { generation: 3 }, { generation: 4 }],
  ["one more than the default", {}, { generation: 2 }],
  ["unknown", { generation: 3 }, { generation: UNKNOWN }],
])("PreSharedKey, check: accepts a generation that is %s", (_, before, after) => {
  expect(reasonsOf(before, after)).toEqual([]);
});

it("PreSharedKey, check: accepts any generation of a new resource", () => {
  expect(rotationFailures({}, { generation: 7 })).toEqual([]);
});

it("PreSharedKey, check: refuses a generation that skips a key", () => {
  expect(reasonsOf({ generation: 3 }, { generation: 5 })).toEqual([
    "generation: must stay 3 or be counted up by one, to 4: the peer can have the next key, but none after it",
  ]);
});

it("PreSharedKey, check: refuses a smaller generation", () => {
  expect(reasonsOf({ generation: 3 }, {})).toEqual([
    "generation: must stay 3 or be counted up by one, to 4: earlier keys no longer exist",
  ]);
});

describe("PreSharedKey, preview", () => {
  const { outputs: state } = createPreSharedKey({ generation: 1 });
  const { current, next } = state;

  it("of a create does not know the keys", () => {
    expect(previewPreSharedKey({ generation: 1 })).toMatchObject({
      current: UNKNOWN,
      next: UNKNOWN,
    });
  });

  it("of the same generation keeps both keys", () => {
    expect(previewPreSharedKey({ generation: 1, length: 64 }, state)).toMatchObject({
      current,
      next,
    });
  });

  it.each([2, UNKNOWN])("of the generation %s does not know the keys", (generation) => {
    expect(previewPreSharedKey({ generation }, state)).toMatchObject({
      current: UNKNOWN,
      next: UNKNOWN,
    });
  });
});
