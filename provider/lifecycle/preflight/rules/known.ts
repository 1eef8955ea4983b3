import { isUnknown } from "../../../model/unknowns";
import type { Kind } from "../../../schema/resourceType";
import type { Values, WireObject } from "../../../values";
import { isUnanswered, type CloudFacts } from "../facts";

/** A string; undefined if the value is absent, empty or unknown. */
export function stringIn(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" && value !== "" && !isUnknown(value) ? value : undefined;
}

/** The known strings of a list. */
export function stringsIn(values: Values, name: string): string[] {
  const value = values[name];
  if (!Array.isArray(value)) return [];
  return value.filter((one): one is string => typeof one === "string" && !isUnknown(one));
}

/**
 * The object whose id a property contains; undefined if the id is unknown, or if the object is missing or
 * cannot be read, for which {@link referencesExist} has a finding.
 */
export async function objectIn(
  kind: Kind,
  values: Values,
  name: string,
  facts: CloudFacts,
): Promise<WireObject | undefined> {
  const id = stringIn(values, name);
  if (id === undefined) return undefined;
  const answer = await facts.object(kind, id);
  return isUnanswered(answer) ? undefined : answer.value;
}
