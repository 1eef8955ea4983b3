import { SECRET_MARKS_KEY, secretInputsOf } from "../../../provider/model/secretMarks";

it("stands under a name that the engine shows nowhere", () => {
  expect(SECRET_MARKS_KEY).toMatch(/^__/);
});

it("has the names of all values that are given", () => {
  const [olds, news] = [
    { [SECRET_MARKS_KEY]: ["peerCidrs"] },
    { [SECRET_MARKS_KEY]: ["description"] },
  ];
  expect([...secretInputsOf(olds, news)]).toEqual(["peerCidrs", "description"]);
});

it("has none of values without", () => {
  expect(secretInputsOf({ description: "x" }).size).toBe(0);
  expect(secretInputsOf().size).toBe(0);
});

it.each([undefined, null, 1, [null, 1, {}]])("takes %j for no name", (value) => {
  expect(secretInputsOf({ [SECRET_MARKS_KEY]: value }).size).toBe(0);
});
