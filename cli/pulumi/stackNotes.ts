import { isOfNewerFormat, isWhole, propertiesIn, type Own, type OwnParts } from "./deployment";

/**
 * What is to be said of a state itself: whole sentences, what goes for several resources in one of
 * them.
 */
export function notesOn({ resources, pending }: OwnParts): string[] {
  const remarks = new Map<string, { remark: Remark; titles: string[] }>();
  const add = ({ title }: Own, remark: Remark) => {
    const same = remarks.get(remark(ONE)) ?? { remark, titles: [] };
    remarks.set(remark(ONE), same);
    same.titles.push(title);
  };
  for (const own of resources) remarksOn(own).forEach((remark) => add(own, remark));
  for (const { type, own } of pending) add(own, pendingRemark(type));
  return [...remarks.values()].map(({ remark, titles: [first, ...others] }) =>
    others.length === 0
      ? `${first!} ${remark(ONE)}`
      : `${first!} and ${others.length} more ${remark(MANY)}`,
  );
}

/** A sentence without its subject. */
type Remark = (words: Words) => string;

/** What depends on whether the subject is one resource or several. */
interface Words {
  readonly is: string;
  readonly has: string;
  readonly was: string;
  readonly they: string;
  readonly them: string;
}

const ONE: Words = { is: "is", has: "has", was: "was", they: "it", them: "it" };
const MANY: Words = { is: "are", has: "have", was: "were", they: "they", them: "them" };

function remarksOn({ raw, definition }: Own): Remark[] {
  const other = ({ they, was }: Words) =>
    `${they} ${was} written by another version of pulumi-vpnaas`;
  if (!definition) {
    return [(words) => `${words.is} of a kind that is not known here: ${other(words)}.`];
  }
  if (raw["delete"] === true) {
    return [
      ({ was, is, them }) =>
        `${was} replaced and ${is} still there: the next \`pulumi up\` deletes ${them}.`,
    ];
  }
  if (raw["pendingReplacement"] === true) {
    return [
      ({ was, them }) =>
        `${was} deleted for a replacement that was never made: \`pulumi up\` makes ${them}.`,
    ];
  }
  if (!isWhole(raw)) {
    return [
      (words) =>
        `${words.has} no inputs or no outputs in the state and ${words.is} not compared: ${other(words)}.`,
    ];
  }
  if (isOfNewerFormat(raw)) {
    return [
      ({ is }) =>
        `${is} in a format that this version does not know, and ${is} not compared: update pulumi-vpnaas.`,
    ];
  }
  const known = new Set(definition.fields.map(({ name }) => name));
  const properties = [raw["inputs"], raw["outputs"]].flatMap(propertiesIn).map(([name]) => name);
  const unknown = [...new Set(properties)].filter((name) => !known.has(name)).join(", ");
  return [
    ...(unknown
      ? [
          (words: Words) =>
            `${words.has} ${unknown}, not known here and not compared: ${other(words)}.`,
        ]
      : []),
    ...(raw["taint"] === true
      ? [({ is, them }: Words) => `${is} tainted: \`pulumi up\` replaces ${them}.`]
      : []),
  ];
}

function pendingRemark(type: string): Remark {
  const advice =
    type === "creating"
      ? ({ them }: Words) =>
          `\`pulumi up\` looks for ${them} in the cloud; \`pulumi refresh --clear-pending-creates\` ends the warning.`
      : () => "the cloud is compared with the state from before.";
  return (words) =>
    `${words.was} being ${DONE[type] ?? "worked on"} when the last run ended, or ${words.is} right now: ${advice(words)}`;
}

const DONE: Readonly<Record<string, string>> = {
  creating: "created",
  updating: "updated",
  deleting: "deleted",
  reading: "read",
};
