import { base64Of, notationsOf, removeEscapes } from "../../../provider/http/notations";

describe("the notations of a secret", () => {
  it.each([
    ["itself", `a "b"`],
    ["as JSON", String.raw`a \"b\"`],
    ["in a URL", "a%20%22b%22"],
    ["in a form", "a+%22b%22"],
    ["as HTML", "a &quot;b&quot;"],
  ])("include the secret %s", (_how, notation) => {
    expect(notationsOf(`a "b"`)).toContain(notation);
  });

  it("include a Python string in single quotes", () => {
    expect(notationsOf("it's")).toContain(String.raw`it\'s`);
  });

  it("include a header field that is limited to ASCII", () => {
    expect(notationsOf("pä")).toContain("p?");
  });
});

describe("the base64 notations of a secret", () => {
  it.each([0, 1, 2])("occur in the base64 of a text with the secret at byte %i", (before) => {
    const text = Buffer.from(`${"x".repeat(before)}a secret?>~?!`);
    for (const alphabet of ["base64", "base64url"] as const) {
      const coded = text.toString(alphabet);
      expect(base64Of("a secret?>~?").some((core) => coded.includes(core))).toBe(true);
    }
  });
});

describe("a text without escapes", () => {
  it.each([
    ["of a URL", "a%2520b"],
    ["of HTML", "a&amp;#32;b"],
    ["of HTML in hexadecimal", "a&#x20;b"],
    ["of JSON", String.raw`a\u0020b`],
    ["of Python's bytes", String.raw`a\x20b`],
    ["of a form", "a+b"],
    ["of a line end", String.raw`a\nb`],
    ["of several spaces", "a   b"],
  ])("has none %s", (_where, text) => {
    expect(removeEscapes(text)).toBe("a b");
  });

  it("keeps an escape that names no character", () => {
    expect(removeEscapes("a&#9999999;b")).toBe("a&#9999999;b");
  });
});
