import { didYouMean, nearestName } from "../../../provider/validation/nearest";

const KNOWN = ["region", "reg", "authUrl", "aes-128", "aes-256", "group14"];

it.each([
  ["two swapped characters", "regoin", "region"],
  ["a missing character", "regon", "region"],
  ["an additional character", "regiion", "region"],
  ["a wrong character", "reqion", "region"],
  ["another case and notation", "AUTH_URL", "authUrl"],
  ["a missing hyphen", "aes256", "aes-256"],
  ["two swapped characters at the beginning", "erg", "reg"],
  ["a third of its characters", "regionxyz", "region"],
  ["capital letters", "REGION", "region"],
])("the nearest name ignores %s", (_what, name, expected) => {
  expect(nearestName(name, KNOWN)).toBe(expected);
});

it.each([
  ["another word", "password"],
  ["another number", "group15"],
  ["a long string", "region".repeat(20)],
  ["an empty name", ""],
  ["more than a third of its characters", "regionwxyz"],
  ["characters that are swapped with another one between", "ger"],
  ["characters of which one is swapped and one wrong", "erx"],
])("there is no nearest name for %s", (_what, name) => {
  expect(nearestName(name, KNOWN)).toBeUndefined();
});

it("the nearest of several similar names is suggested", () => {
  expect(nearestName("userNmae", ["username", "userName2", "userId"])).toBe("username");
});

it("names of up to 64 characters have a nearest name", () => {
  const long = "a".repeat(64);
  expect([nearestName(long, [long]), nearestName(`${long}a`, [long])]).toEqual([long, undefined]);
});

it("a suggestion ends a reason, and no suggestion adds nothing", () => {
  expect([didYouMean("region"), didYouMean(undefined)]).toEqual([": did you mean region?", ""]);
});
