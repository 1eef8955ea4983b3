import { readFileSync } from "node:fs";
import path from "node:path";

import { isAddress, isHostName, isNetwork } from "../../../provider/validation/net";
import { textsOf } from "../support/tunnelTexts";

const FILE = path.join(__dirname, "..", "..", "fixtures", "vyos", "commands.json");

/** The commands below `vpn ipsec` with the constraints of their values, of which one has to hold; null without a value. */
const COMMANDS = JSON.parse(readFileSync(FILE, "utf8")) as Readonly<
  Record<string, readonly string[] | null>
>;

const CHECKS: Readonly<Record<string, (value: string, argument: string) => boolean>> = {
  regex: (value, pattern) => new RegExp(`^(?:${pattern})$`).test(value),
  range: (value, range) => {
    const [low, high] = range.split("-").map(Number);
    return /^\d+$/.test(value) && Number(value) >= low! && Number(value) <= high!;
  },
  "ip-address": isAddress,
  fqdn: isHostName,
  "ipv4-prefix": (value) => isNetwork(value) && !value.includes(":"),
  "ipv6-prefix": (value) => isNetwork(value) && value.includes(":"),
};

/** The words of a command; quotes keep one together. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare!);
}

/** The reason why VyOS refuses the words of a command after `command`; undefined if it does not. */
function refusalOf(words: readonly string[], command = ""): string | undefined {
  const [word, ...rest] = words;
  if (word === undefined) return `unknown or incomplete: ${command}`;
  const next = `${command} ${word}`.trim();
  const constraints = COMMANDS[next];
  if (constraints === undefined) return refusalOf(rest, next);
  const [value, ...more] = rest;
  if (constraints === null) return value === undefined ? undefined : `needs no value: ${next}`;
  const isValid = (constraint: string) => {
    const [name, ...argument] = constraint.split(" ");
    return CHECKS[name!]!(value ?? "", argument.join(" "));
  };
  if (value === undefined || (constraints.length > 0 && !constraints.some(isValid))) {
    return `an invalid value: ${next} ${value ?? ""}`;
  }
  return more.length === 0 ? undefined : refusalOf(more, `${next} *`);
}

/** The refusals of the commands in a text. */
function refusalsIn(text: string): string[] {
  const commands = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return commands.flatMap((line) => {
    const [set, vpn, ipsec, ...words] = wordsOf(line);
    const refusal = [set, vpn, ipsec].join(" ") === "set vpn ipsec" ? refusalOf(words) : line;
    return refusal ?? [];
  });
}

it("VyOS' definitions of commands accept every line of every text", () => {
  const texts = [...textsOf("vyos").values()];
  expect(texts.length).toBeGreaterThan(100);
  expect(texts.flatMap(refusalsIn)).toEqual([]);
});

it.each([
  ["a word of another program", "ike-group office proposal 1 encryption aes-256"],
  ["a number out of bounds", "esp-group office lifetime 86401"],
  ["an unknown command", "ike-group office mobike no"],
  ["a network with bits of a host", "site-to-site peer office tunnel 0 local prefix 10.2.0.1/24"],
  ["a missing value", "ike-group office lifetime"],
])("VyOS' definitions refuse %s", (_title, line) => {
  expect(refusalsIn(`set vpn ipsec ${line}\n`)).toHaveLength(1);
});
