import { hasUnknown, isUnknown, UNKNOWN } from "../../../provider/model/unknowns";

it.each([
  [UNKNOWN, true],
  [`${UNKNOWN} `, false],
  [[UNKNOWN], false],
  [null, false],
])("isUnknown(%j) is %s", (value, expected) => {
  expect(isUnknown(value)).toBe(expected);
});

it.each([
  [UNKNOWN, true],
  [[UNKNOWN], true],
  [{ dpd: { action: UNKNOWN } }, true],
  [{ list: [{ deep: [UNKNOWN] }] }, true],
  [{ action: UNKNOWN, interval: 30 }, true],
  [["known", UNKNOWN], true],
  [{ [UNKNOWN]: "a key" }, false],
  [{ dpd: null, list: [] }, false],
  [undefined, false],
])("hasUnknown(%j) is %s", (value, expected) => {
  expect(hasUnknown(value)).toBe(expected);
});
