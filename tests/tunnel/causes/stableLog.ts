/** The lines of the attempt of a negotiation that begins with its first packet. */
const FIRST_PACKET = /parsed (?:IKE_SA_INIT request 0|ID_PROT request 0) \[ SA /;

/** Lines about the load of the configuration. */
const LOAD = /\[CFG\] (?:loaded|added|updated|removed) /;

/** Lines about times that strongSwan draws by chance. */
const BY_CHANCE = /scheduling rekeying in|maximum IKE_SA lifetime/;

/** The first attempt in a log of strongSwan, without the numbers that another run does not repeat. */
export function stableLog(log: string): string {
  const lines = log.split("\n").filter((line) => !BY_CHANCE.test(line) && !LOAD.test(line));
  const attempts = [...lines.keys()].filter((at) => FIRST_PACKET.test(lines[at]!));
  const [, second] = attempts;
  // The line before it names the addresses of the packet.
  const first = lines.slice(0, second === undefined ? undefined : second - 1).join("\n");
  return `${NUMBERS.reduce(renumbered, first).trim()}\n`;
}

/** The numbers of threads, IKE_SAs, CHILD_SAs, SPIs and messages of IKE v1, each with its digits. */
const NUMBERS: readonly (readonly [pattern: RegExp, digits: number])[] = [
  [/^\d\d(?=\[)/gm, 2],
  [/(?<=office\[)\d+/g, 1],
  [/(?<=office\{)\d+/g, 1],
  [/\b[0-9a-f]{8}(?=_[io])/g, 8],
  [/(?<=_V1 request |QUICK_MODE re\w+ |message ID )\d+/g, 1],
];

/** A text whose matches are numbered in the order of their first occurrence. */
function renumbered(text: string, [pattern, digits]: (typeof NUMBERS)[number]): string {
  const numbers = new Map<string, string>();
  return text.replaceAll(pattern, (match) => {
    if (!numbers.has(match)) numbers.set(match, String(numbers.size + 1).padStart(digits, "0"));
    return numbers.get(match)!;
  });
}
