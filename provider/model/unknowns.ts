/**
 * In a preview the engine replaces a value that is not known yet with this string
 * (`rpc.unknownValue` of the Pulumi SDK). It looks like a UUID, so a format check would accept it:
 * compare with the value itself, never with its form.
 */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether the value as a whole is unknown. */
export function isUnknown(value: unknown): boolean {
  return value === UNKNOWN;
}

/** Whether a value is unknown or contains an unknown at any depth. */
export function hasUnknown(value: unknown): boolean {
  if (isUnknown(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasUnknown);
}
