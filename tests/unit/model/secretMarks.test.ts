import { SECRET_MARKS_KEY, secretInputsOf } from "../../../provider/model/secretMarks";

it("the key of the secret marks begins with two underscores, so that the engine hides it", () => {
  expect(SECRET_MARKS_KEY).toMatch(/^__/);
});

it("secretInputsOf returns the marks of all given values", () => {
  const [olds, news] = [
    { [SECRET_MARKS_KEY]: ["peerCidrs"] },
    { [SECRET_MARKS_KEY]: ["description"] },
  ];
  expect([...secretInputsOf(olds, news)]).toEqual(["peerCidrs", "description"]);
});

it("secretInputsOf returns no marks for values without marks", () => {
  expect(secretInputsOf({ description: "x" }).size).toBe(0);
  expect(secretInputsOf().size).toBe(0);
});

it.each([undefined, null, 1, [null, 1, {}]])(
  "secretInputsOf ignores the malformed marks %j",
  (value) => {
    expect(secretInputsOf({ [SECRET_MARKS_KEY]: value }).size).toBe(0);
  },
);
