import { isObject } from "./values";

/** A login error with a message of its own; every other failed login is null. */
export class Refusal extends Error {
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 409,
    message: string,
    /** The member `identity` of the body, if any. */
    readonly identity?: object,
  ) {
    super(message);
  }
}

/** 403 with a reason, in Keystone's words. */
export const notAuthorized = (why: string): Refusal =>
  new Refusal(403, `You are not authorized to perform the requested action: ${why}..`);

/** The value at a path; undefined if the path does not exist. */
export const member = (value: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);

const isDefaultDomain = (domain: unknown): boolean =>
  member(domain, "id") === "default" || member(domain, "name") === "Default";

/**
 * The value.
 * @throws Refusal with 400 and the name if the value is undefined
 */
export function required(value: unknown, name: string, where: string): unknown {
  if (value === undefined) {
    throw new Refusal(
      400,
      `Expecting to find ${name} in ${where}. The server could not comply with the request since it is either malformed or otherwise incorrect. The client is assumed to be in error.`,
    );
  }
  return value;
}

/** The candidate that a body describes by id, or by name and domain. All are in domain `Default`. */
export function sought<T extends { id: string; name: string }>(
  candidates: T[],
  description: unknown,
  where: string,
): T | undefined {
  const id = member(description, "id");
  if (id !== undefined) {
    return candidates.find((each) => each.id === id);
  }
  const name = required(member(description, "name"), "id or name", where);
  const domain = required(member(description, "domain"), "domain", where);
  return isDefaultDomain(domain) ? candidates.find((each) => each.name === name) : undefined;
}
