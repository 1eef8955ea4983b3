import { isOfNewerFormat, isWhole, propertiesIn, type Own, type OwnParts } from "./deployment";

/**
 * The notes on a state itself. Each reason is one sentence, headed by the first of its resources and
 * the number of the others: `IkePolicy a and 3 more: tainted, so that ...`
 */
export function notesOn({ resources, pending }: OwnParts): string[] {
  const titles = new Map<string, string[]>();
  const add = ({ title }: Own, reason: string) =>
    titles.set(reason, [...(titles.get(reason) ?? []), title]);
  for (const own of resources) reasonsFor(own).forEach((reason) => add(own, reason));
  for (const { type, own } of pending) add(own, pendingReason(type));
  return [...titles].map(([reason, all]) => `${subjectOf(all)}: ${reason}`);
}

function subjectOf([first, ...others]: readonly string[]): string {
  return others.length === 0 ? first! : `${first!} and ${others.length} more`;
}

const OTHER_VERSION = "The state was written by another version of pulumi-vpnaas.";

/** The notes on one resource, without their heads. */
function reasonsFor({ raw, definition }: Own): string[] {
  if (!definition) return [`resource type unknown to this version. ${OTHER_VERSION}`];
  if (raw["delete"] === true) {
    return ["replaced, but not deleted yet. The next `pulumi up` deletes the old object."];
  }
  if (raw["pendingReplacement"] === true) {
    return ["deleted for a replacement that was not created. `pulumi up` creates it."];
  }
  if (!isWhole(raw)) {
    return [`not compared, because the state has no inputs or no outputs. ${OTHER_VERSION}`];
  }
  if (isOfNewerFormat(raw)) {
    return ["not compared, because this version does not know its format. Update pulumi-vpnaas."];
  }
  const known = new Set(definition.fields.map(({ name }) => name));
  const properties = [raw["inputs"], raw["outputs"]].flatMap(propertiesIn).map(([name]) => name);
  const unknown = [...new Set(properties)].filter((name) => !known.has(name)).join(", ");
  const reasons: string[] = [];
  if (unknown) {
    reasons.push(
      `${unknown} not compared, because this version does not know it. ${OTHER_VERSION}`,
    );
  }
  if (raw["taint"] === true) reasons.push("tainted, so that the next `pulumi up` replaces it.");
  return reasons;
}

function pendingReason(type: string): string {
  const advice =
    type === "creating"
      ? "`pulumi up` searches the cloud for it; `pulumi refresh --clear-pending-creates` ends the warning."
      : "The cloud is compared with the state before that operation.";
  return `${type}, in a run that was interrupted or is still active. ${advice}`;
}
