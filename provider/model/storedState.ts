import { StateError } from "../errors";
import { version } from "../version";
import { displayNameOf } from "./labels";
import { isInput, type Field, type ResourceType } from "../schema/resourceType";
import { typeMismatch, typeName } from "../schema/typeMismatch";
import { RESOURCES } from "../schema/packageSchema";
import { isAbsent } from "../schema/equality";
import type { State } from "../values";

/** The format of the states that this version writes, and the newest that it reads. */
export const FORMAT = 1;

/** Key of the format's number beside the outputs; absent in format 1. */
export const FORMAT_MARK = "__format";

/** What is done with a state. */
export type Use = "read" | "diff" | "update" | "delete";

/**
 * The state (outputs) of a resource, as far as a use can rely on it. Each needs a format that is
 * known, an id, and what tells the cloud.
 *
 * `diff` and `update` compare: what a program can give has to be of its type, and what would mean
 * another object has to be there. `read` and `delete` leave out what is damaged, so that a refresh
 * mends what the cloud knows and a destroy is not held up. `adopt` alone stays: that there is one
 * counts, not what it is. No message shows a value of the `secretInputs`.
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
  const named = secretInputs.has("name") ? {} : state;
  const subject = displayNameOf(definition.kind, isId ? id : "without a usable id", named);
  assertFormat(subject, state[FORMAT_MARK]);
  if (!isId) throw damaged(subject, id === "" ? "its id is empty" : "its id is no id");
  const damages = definition.fields.filter(isInput).flatMap((field) => {
    const fault = faultOf(definition, field, state[field.name]);
    return fault === undefined ? [] : [{ field, fault }];
  });
  const isComparing = use === "diff" || use === "update";
  const first = damages.find(({ field }) => isComparing || field.name === "cloud");
  if (first !== undefined) {
    const isInCloud = !first.field.once && first.field.name !== "cloud";
    throw damaged(subject, `\`${first.field.name}\` ${first.fault}`, isInCloud ? REFRESH : "");
  }
  const unusable = damages.filter(({ field }) => !field.once).map(({ field }) => field.name);
  return Object.fromEntries(Object.entries(state).filter(([name]) => !unusable.includes(name)));
}

const REFRESH = " `pulumi refresh` takes it from the cloud. Or";

/** Whether outputs are in a format that only a newer version knows. */
export function isNewer(state: State): boolean {
  const format = state[FORMAT_MARK];
  return typeof format === "number" && format > FORMAT;
}

/** Whoever does not know a format cannot know what in it means the cloud. */
function assertFormat(subject: string, format: unknown): void {
  if (isAbsent(format)) return;
  if (typeof format !== "number") {
    throw damaged(subject, `\`${FORMAT_MARK}\` is ${typeName(format)}, not a number`);
  }
  if (format <= FORMAT) return;
  throw new StateError(
    `The state of ${subject} has format ${format}, and this pulumi-vpnaas ${version} knows formats up to ${FORMAT}: a newer version wrote it. ` +
      "The state was left as it is, and nothing was asked of the cloud. Update the package: `npm install pulumi-vpnaas@latest`.",
  );
}

function damaged(subject: string, fault: string, otherWay = ""): StateError {
  return new StateError(
    `The state of ${subject} is damaged: ${fault}. It was left as it is, and nothing was asked of the cloud.${otherWay || " To mend it,"} ` +
      "correct it between `pulumi stack export --file state.json` and `pulumi stack import --file state.json`; " +
      "or `pulumi state delete <urn>` forgets the resource and leaves the object in the cloud.",
  );
}

/** To follow the property's name; undefined where nothing is wrong. Holds no value: it may be secret. */
function faultOf(definition: ResourceType, field: Field, value: unknown): string | undefined {
  const isNone = isAbsent(value) || value === "";
  // A comparison with nothing would ask for another object.
  if (isNone) return field.required && field.createOnly ? "is missing" : undefined;
  const { inputProperties } = RESOURCES[definition.kind];
  return typeMismatch(inputProperties[field.name]!, value);
}
