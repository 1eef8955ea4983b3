import { Secrets } from "../../../provider/http/secrets";

describe("the secrets of a process", () => {
  it("are all hidden, including old ones", () => {
    const secrets = new Secrets();
    for (const one of ["old psk", "new psk", "new psk"]) secrets.keep(one);
    expect(secrets.redact("old psk, new psk")).toBe("(hidden), (hidden)");
  });

  it.each([undefined, null, 1234, true, ["1234"]])(
    "are strings only, which excludes %p",
    (value) => {
      const secrets = new Secrets();
      secrets.keep(value);
      expect(secrets.redact("undefined null 1234 true")).toBe("undefined null 1234 true");
    },
  );

  describe("in parsed JSON", () => {
    const secrets = new Secrets();
    secrets.keep("a-secret");
    secrets.keep("State");

    it("are hidden in strings and keys at any depth, and all other values stay", () => {
      const answer = { error: [{ "a-secret": "with a-secret", code: 400, none: null }] };
      expect(secrets.redactIn(answer)).toEqual({
        error: [{ "(hidden)": "with (hidden)", code: 400, none: null }],
      });
    });

    it("leave a fault type unchanged that contains one of them", () => {
      expect(secrets.redactIn({ type: "VPNStateInvalidToUpdate", title: "State" })).toEqual({
        type: "VPNStateInvalidToUpdate",
        title: "(hidden)",
      });
    });
  });
});

describe("secrets: a refusal that is too large to show", () => {
  const psks = [...Array(1_000).keys()].map((i) => `psk-of-office-${i}-alike`);
  const secrets = new Secrets();
  for (const psk of psks) secrets.keep(psk);

  const messageOf = (message: string): string => secrets.redactIn({ message }).message;

  it("is searched only in a small part, for any number of similar secrets", () => {
    const hidden = jest.spyOn(secrets, "redact");
    const text = "all alike ".repeat(100_000);
    const body = { message: text, others: Array.from({ length: 100 }, () => text) };
    const size = JSON.stringify(secrets.redactIn(body)).length;
    const lookedAt = hidden.mock.calls.reduce((sum, [one]) => sum + one.length, 0);
    hidden.mockRestore();
    expect(lookedAt).toBeLessThanOrEqual(65_536);
    expect(size).toBeLessThanOrEqual(65_536);
  });

  it("ends in dots after a cut", () => {
    expect(messageOf("word and ".repeat(100_000))).toMatch(/^(?:word and ){400,}.{0,9}\.\.\.$/);
  });

  it("shows its begin even if secrets occur in it", () => {
    expect(messageOf(`${psks[7]!} is bad. ${"x ".repeat(50_000)}`)).toMatch(
      /^\(hidden\) is bad\. x/,
    );
  });

  it.each([
    ["plain", (psk: string) => psk],
    ["with every letter escaped", (psk: string) => psk.replace(/./g, escaped)],
    ["in base64", (psk: string) => Buffer.from(psk).toString("base64")],
  ])("shows no part of a secret at any position of the cut: %s", (_how, write) => {
    const few = new Secrets();
    few.keep("SECRET-".repeat(300));
    const written = write("SECRET-".repeat(300));
    for (const before of [0, 1_000, 4_000, 4_090, 14_000, 16_000, 16_380, 16_384]) {
      const text = `${"- ".repeat(before / 2)}${written} ${"- ".repeat(20_000)}`;
      expect(few.redactIn(text)).not.toMatch(/SECRET|U0VDUkVU|u0053/);
    }
  });

  it("may be nested to any depth", () => {
    const deep = JSON.parse(`${"[".repeat(5_000)}${"]".repeat(5_000)}`) as unknown;
    expect(JSON.stringify(secrets.redactIn(deep)).length).toBeLessThan(100);
  });
});

function escaped(letter: string): string {
  return `\\u00${letter.charCodeAt(0).toString(16)}`;
}
