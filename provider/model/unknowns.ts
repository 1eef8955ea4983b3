/**
 * In a preview the engine puts this text in the place of a value that is not known yet
 * (`rpc.unknownValue` of the Pulumi SDK). It looks like a UUID, so a format check would pass it:
 * unknown values are told by the value itself, never by their form.
 */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether a value is wholly unknown. */
export function isUnknown(value: unknown): boolean {
  return value === UNKNOWN;
}

/** Whether a value is unknown or holds an unknown anywhere. */
export function hasUnknown(value: unknown): boolean {
  if (isUnknown(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasUnknown);
}
