import { isObject } from "./values";

/** What is refused with a message of its own; any other refused login is a null. */
export class Refusal extends Error {
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 409,
    message: string,
    /** Member `identity` of the body, if there is one. */
    readonly identity?: object,
  ) {
    super(message);
  }
}

/** 403 with a reason, in Keystone's words. */
export const notAuthorized = (why: string): Refusal =>
  new Refusal(403, `You are not authorized to perform the requested action: ${why}..`);

/** What stands at that path, undefined where the path ends before. */
export const member = (value: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);

const isDefaultDomain = (domain: unknown): boolean =>
  member(domain, "id") === "default" || member(domain, "name") === "Default";

/** The value; throws a {@link Refusal} with 400 that names it if there is none. */
export function required(value: unknown, name: string, where: string): unknown {
  if (value === undefined) {
    throw new Refusal(
      400,
      `Expecting to find ${name} in ${where}. The server could not comply with the request since it is either malformed or otherwise incorrect. The client is assumed to be in error.`,
    );
  }
  return value;
}

/** What a body describes by id, or by name and domain, among candidates, all in domain `Default`. */
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
