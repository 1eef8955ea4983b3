import { hide, Secrets } from "../../../provider/http/redact";

it.each([
  ["plain", "s3cr3t/key"],
  ["with quotes", `it's a "key"`],
  ["with a backslash", "back\\slash"],
  ["with characters of a pattern", "a.*(b)[c]$&"],
  ["beyond ASCII", "pässwörd🔑"],
])("hides a secret %s", (_what, secret) => {
  expect(hide(`psk ${secret} is bad: ${secret}`, [secret])).toBe("psk (hidden) is bad: (hidden)");
});

it.each([
  ["quoted for JSON", JSON.stringify(`it's a "key"\\`)],
  ["encoded for a URL", encodeURIComponent(`it's a "key"\\`)],
  ["written as Python writes it", `'it\\'s a "key"\\\\'`],
  ["written as HTML with its quotes", "it&#39;s a &quot;key&quot;\\"],
])("hides a secret that comes back %s", (_what, written) => {
  const clean = hide(`Invalid input for psk: ${written}.`, [`it's a "key"\\`]);
  expect(clean).toMatch(/^Invalid input for psk: .?\(hidden\).?\.$/);
});

it("hides every one of several secrets", () => {
  expect(hide("key1-key1 and token", ["key1-key1", "token"])).toBe("(hidden) and (hidden)");
});

it("leaves no rest of a secret that begins with another one", () => {
  expect(hide("is it secret-and-long?", ["secret", "secret-and-long"])).toBe("is it (hidden)?");
});

it("hides a short secret only where it stands in quotes, since it is part of many words", () => {
  const text = "psk 'is' or \"is\" or `is`: this is bad";
  expect(hide(text, ["is"])).toBe("psk (hidden) or (hidden) or (hidden): this is bad");
});

it("takes an empty secret for none", () => {
  expect(hide("nothing ''", [""])).toBe("nothing ''");
});

it("leaves a text without the secret as it is", () => {
  expect(hide("all is well", ["secret"])).toBe("all is well");
});

it("hides a secret with half a character, which no URL can hold", () => {
  expect(hide("psk half \ud800 is bad", ["half \ud800"])).toBe("psk (hidden) is bad");
});

describe("the secrets of a process", () => {
  it("are all hidden, old ones as well", () => {
    const secrets = new Secrets();
    for (const one of ["old psk", "new psk", "new psk"]) secrets.keep(one);
    expect(secrets.hide("old psk, new psk")).toBe("(hidden), (hidden)");
  });

  it.each([undefined, null, 1234, true, ["1234"]])("are texts, which %p is none of", (value) => {
    const secrets = new Secrets();
    secrets.keep(value);
    expect(secrets.hide("undefined null 1234 true")).toBe("undefined null 1234 true");
  });
});
