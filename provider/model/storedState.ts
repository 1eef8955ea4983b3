import { StateError } from "../errors";
import { version } from "../version";
import { displayNameOf } from "./labels";
import { isInput, type Field, type ResourceType } from "../schema/resourceType";
import { typeMismatch, typeName } from "../schema/typeMismatch";
import { RESOURCES } from "../schema/packageSchema";
import { isAbsent } from "../schema/equality";
import type { State } from "../values";

/** The format of the states that this version writes, and the newest format that it reads. */
export const FORMAT = 1;

/** The key of the format's number among the outputs; missing in format 1. */
export const FORMAT_MARK = "__format";

/** The operation that uses a state. */
export type Use = "read" | "diff" | "update" | "delete";

/**
 * The usable part of a resource's state (outputs). Every use needs a known format, an id, and the
 * fields that identify the cloud.
 *
 * `diff` and `update` compare, so every input in the state has to have its type, and fields whose
 * change forces replacement must be present. `read` and `delete` drop damaged fields, so that a
 * refresh restores them from the cloud and a destroy is not blocked. `adopt` is kept even if
 * malformed: only its presence matters. Messages contain no value of the `secretInputs`.
 * @throws StateError that names the resource, the property and what to do
 */
export function usableState(
  use: Use,
  definition: ResourceType,
  id: string,
  state: State,
  secretInputs: ReadonlySet<string> = new Set(),
): State {
  const isId = /^[\w-]+$/.test(id);
  const displayed = secretInputs.has("name") ? {} : state;
  const subject = displayNameOf(definition.kind, isId ? id : "without a usable id", displayed);
  assertFormat(subject, state[FORMAT_MARK]);
  if (!isId) throw damaged(subject, id === "" ? "its id is empty" : "its id is malformed");
  const problems = definition.fields.filter(isInput).flatMap((field) => {
    const problem = problemOf(definition, field, state[field.name]);
    return problem === undefined ? [] : [{ field, problem }];
  });
  const isComparing = use === "diff" || use === "update";
  const first = problems.find(({ field }) => isComparing || field.name === "cloud");
  if (first !== undefined) {
    const isInCloud = !first.field.once && first.field.name !== "cloud";
    throw damaged(subject, `\`${first.field.name}\` ${first.problem}`, isInCloud ? REFRESH : "");
  }
  const unusable = problems.filter(({ field }) => !field.once).map(({ field }) => field.name);
  return Object.fromEntries(Object.entries(state).filter(([name]) => !unusable.includes(name)));
}

const REFRESH = " `pulumi refresh` restores it from the cloud. Or";

/** Whether outputs have a format that only a newer version supports. */
export function isNewer(state: State): boolean {
  const format = state[FORMAT_MARK];
  return typeof format === "number" && format > FORMAT;
}

/** An unknown format may identify the cloud differently, so refuse it. */
function assertFormat(subject: string, format: unknown): void {
  if (isAbsent(format)) return;
  if (typeof format !== "number") {
    throw damaged(subject, `\`${FORMAT_MARK}\` is ${typeName(format)}, not a number`);
  }
  if (format <= FORMAT) return;
  throw new StateError(
    `The state of ${subject} has format ${format}, and this pulumi-vpnaas ${version} supports formats up to ${FORMAT}: a newer version wrote it. ` +
      "The state was left as it is, and no request was sent to the cloud. Update the package: `npm install pulumi-vpnaas@latest`.",
  );
}

function damaged(subject: string, problem: string, otherWay = ""): StateError {
  return new StateError(
    `The state of ${subject} is damaged: ${problem}. It was left as it is, and no request was sent to the cloud.${otherWay || " To fix it,"} ` +
      "correct it between `pulumi stack export --file state.json` and `pulumi stack import --file state.json`; " +
      "or `pulumi state delete <urn>` forgets the resource and leaves the object in the cloud.",
  );
}

/**
 * A predicate for the property's name; undefined if the value is valid. Contains no value, as it
 * may be secret.
 */
function problemOf(definition: ResourceType, field: Field, value: unknown): string | undefined {
  const isNone = isAbsent(value) || value === "";
  // A comparison with a missing value would replace the object.
  if (isNone) return field.required && field.createOnly ? "is missing" : undefined;
  const { inputProperties } = RESOURCES[definition.kind];
  return typeMismatch(inputProperties[field.name]!, value);
}
