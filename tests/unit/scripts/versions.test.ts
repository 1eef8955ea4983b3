import { compareVersions } from "../../../tools/engine/versions";

it.each([
  ["v3.216.0", "3.216.0", 0],
  ["go1.26", "1.25.8", 1],
  ["1.25.8", "go1.25.10", -1],
  ["3.99.0", "3.216.0", -1],
  ["v3.232.0-alpha.1", "3.232.0", 0],
])("compareVersions orders %s and %s by number", (a, b, sign) => {
  expect(Math.sign(compareVersions(a, b))).toBe(sign);
});
