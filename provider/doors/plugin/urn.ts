import { escapeControlCharacters } from "../../controlCharacters";
import { VpnaasError } from "../../errors";
import { handlers } from "../../handlers";
import type { NameScope } from "../../handlers/autoNaming";
import type { ResourceHandler } from "../../handlers/handler";

/** The resource of a request. */
export interface Target extends NameScope {
  readonly handler: ResourceHandler;
}

/** The prefix of the tokens of this package. */
export const TOKENS = "vpnaas:index:";

/**
 * The resource with that URN: `urn:pulumi:<stack>::<project>::<parents$type>::<name>`.
 * @throws VpnaasError for a malformed URN, and for a type that this package does not have
 */
export function targetOf(urn: string): Target {
  const [stack, project, types, resource] = partsOf(urn);
  if (stack === undefined || project === undefined || resource === undefined) {
    throw new VpnaasError("The request has no valid URN.");
  }
  const type = types!.split("$").at(-1)!;
  const handler = Object.values(handlers).find((one) => `${TOKENS}${one.type.kind}` === type);
  if (handler === undefined) {
    throw new VpnaasError(`This version has no resource type ${shorten(type)}.`);
  }
  return { handler, stack, project, resource };
}

/** The project of a URN; undefined for a malformed one. */
export function projectOf(urn: string): string | undefined {
  return partsOf(urn)[1];
}

/** Stack, project, types and name of a URN; none of a malformed one. */
function partsOf(urn: string): string[] {
  return (/^urn:pulumi:(.*?)::(.*?)::(.*?)::(.*)$/s.exec(urn) ?? []).slice(1);
}

/** The name of a token of a request in a message. */
export function shorten(token: string): string {
  return escapeControlCharacters(token.slice(0, 100));
}
