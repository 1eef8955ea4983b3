import fc from "fast-check";

import { redact } from "../../../provider/http/redact";
import { Secrets } from "../../../provider/http/secrets";
import { anyCharacter } from "../support/anyCharacter";

it.each([
  ["plain", "s3cr3t/key"],
  ["with quotes", `it's a "key"`],
  ["with a backslash", "back\\slash"],
  ["with characters of a pattern", "a.*(b)[c]$&"],
  ["beyond ASCII", "pässwörd🔑"],
])("redact: hides a secret %s", (_what, secret) => {
  expect(redact(`psk ${secret} is bad: ${secret}`, [secret])).toBe("psk (hidden) is bad: (hidden)");
});

it.each([
  ["quoted for JSON", JSON.stringify(`it's a "key"\\`)],
  ["encoded for a URL", encodeURIComponent(`it's a "key"\\`)],
  ["written as Python writes it", `'it\\'s a "key"\\\\'`],
  ["written as HTML with its quotes", "it&#39;s a &quot;key&quot;\\"],
])("redact: hides a secret that the server returns escaped: %s", (_what, written) => {
  const clean = redact(`Invalid input for psk: ${written}.`, [`it's a "key"\\`]);
  expect(clean).toMatch(/^Invalid input for psk: .?\(hidden\).?\.$/);
});

it.each([
  ["in a form", new URLSearchParams({ x: `it's a "key"\\` }).toString().slice(2)],
  ["in ASCII, as a Python server writes JSON", "p\\u00e4ssw\\u00f6rd"],
  ["in Latin-1, as a header field has it", Buffer.from("pässwörd").toString("latin1")],
  ["in ASCII, as another header field has it", "p?ssw?rd"],
])("redact: hides a secret that the server returns in another encoding: %s", (_what, written) => {
  const clean = redact(`psk ${written} is bad`, [`it's a "key"\\`, "pässwörd"]);
  expect(clean).toBe("psk (hidden) is bad");
});

describe("redact: a text in base64", () => {
  it.each([0, 1, 2, 3, 4])("is hidden if a secret begins in it at byte %i", (before) => {
    const run = Buffer.from(`${"x".repeat(before)}a-secret-of-ours and more`).toString("base64");
    expect(redact(`Basic ${run} is bad`, ["a-secret-of-ours"])).toBe("Basic (hidden) is bad");
  });

  it("is hidden in the alphabet for URLs too", () => {
    const run = Buffer.from("?>~?a secret?>~?").toString("base64url");
    expect(redact(`?${run}&x`, ["?>~?a secret?>~?"])).toBe("?(hidden)&x");
  });

  it("stays unchanged without a secret", () => {
    const text = `request id ${Buffer.from("something else").toString("base64")}`;
    expect(redact(text, ["a-secret-of-ours"])).toBe(text);
  });
});

describe("redact: a text with a secret in an unknown notation", () => {
  it.each([
    ["as URL twice", encodeURIComponent(encodeURIComponent(`it's a "key"`))],
    ["as numbers of HTML", "it&#x27;s a &#34;key&#34;"],
    ["as JSON in JSON in JSON", "it's a " + String.raw`\\\\\\\"key\\\\\\\"`],
    ["with every letter escaped", String.raw`\u0069\u0074\u0027\u0073\u0020a "key"`],
    ["as bytes", String.raw`\x69\x74\x27\x73 a "key"`],
  ])("is hidden as a whole: %s", (_how, written) => {
    expect(redact(`the psk ${written} is bad`, [`it's a "key"`])).toBe("(hidden)");
  });

  it("stays unchanged if the secret is too short to be recognized", () => {
    expect(redact("100%2525 of it", ["25 "])).toBe("100%2525 of it");
  });

  it("stays unchanged if the secret consists of whitespace and signs only", () => {
    expect(redact("a text of words", ["+ \\+ +"])).toBe("a text of words");
  });
});

it("redact: hides any secret in any of these notations, at any position", () => {
  const writings = [
    (one: string) => one,
    (one: string) => JSON.stringify(one),
    (one: string) => JSON.stringify(JSON.stringify(one)),
    (one: string) => encodeURIComponent(one),
    (one: string) => new URLSearchParams({ x: one }).toString(),
    (one: string) => Buffer.from(one).toString("base64"),
    (one: string) => one.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`),
  ];
  const secret = fc.string({ unit: anyCharacter, minLength: 8, maxLength: 40 }).filter(isTelling);
  fc.assert(
    fc.property(secret, fc.constantFrom(...writings), fc.string(), (psk, write, before) => {
      const text = `${before} psk: ${write(psk)}.`;
      const clean = redact(text, [psk]);
      const secrets = new Secrets();
      for (const one of ["another one", psk]) secrets.keep(one);
      expect(secrets.redact(text)).toBe(clean);
      expect(clean).toContain("(hidden)");
      expect(clean).not.toContain(psk);
    }),
    { numRuns: 2_000 },
  );
});

/**
 * Whether the text has enough letters that no other text has the same ones by chance, and UTF-8 can
 * encode it.
 */
function isTelling(text: string): boolean {
  return /[a-z0-9]{3}/i.test(text) && Buffer.from(text).toString() === text;
}

it("redact: hides each of several secrets", () => {
  expect(redact("key1-key1 and token", ["key1-key1", "token"])).toBe("(hidden) and (hidden)");
});

it("redact: leaves no rest of a secret that begins with another one", () => {
  expect(redact("is it secret-and-long?", ["secret", "secret-and-long"])).toBe("is it (hidden)?");
});

it("redact: hides a short secret only in quotes, because it is part of many words", () => {
  const text = "psk 'is' or \"is\" or `is`: this is bad";
  expect(redact(text, ["is"])).toBe("psk (hidden) or (hidden) or (hidden): this is bad");
});

it("redact: ignores an empty secret", () => {
  expect(redact("nothing ''", [""])).toBe("nothing ''");
});

it("redact: leaves a text without the secret unchanged", () => {
  expect(redact("all is well", ["secret"])).toBe("all is well");
});

it("redact: hides a secret with half a character, which no URL can encode", () => {
  expect(redact("psk half \ud800 is bad", ["half \ud800"])).toBe("psk (hidden) is bad");
});
