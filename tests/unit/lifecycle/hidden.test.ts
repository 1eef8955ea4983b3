import { HIDDEN_NAMES, hiddenNames } from "../../../provider/lifecycle/hidden";

it("stands under a name that the engine shows nowhere", () => {
  expect(HIDDEN_NAMES).toMatch(/^__/);
});

it("has the names of all values that are given", () => {
  const [olds, news] = [{ [HIDDEN_NAMES]: ["peerCidrs"] }, { [HIDDEN_NAMES]: ["description"] }];
  expect([...hiddenNames(olds, news)]).toEqual(["peerCidrs", "description"]);
});

it("has none of values without", () => {
  expect(hiddenNames({ description: "x" }).size).toBe(0);
  expect(hiddenNames().size).toBe(0);
});

it.each([undefined, null, 1, [null, 1, {}]])("takes %j for no name", (value) => {
  expect(hiddenNames({ [HIDDEN_NAMES]: value }).size).toBe(0);
});
