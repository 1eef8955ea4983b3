import { isAddress, canonicalAddress } from "../../validation/net";
import type { Identity } from "../../tunnel/identity";
import type { EndSettings } from "../peerSettings";

/**
 * An identity in the notation of both swans. Undefined for an empty one and for `%any`, with which
 * every identity matches.
 */
export function identityIn(text: string): Identity | undefined {
  const id = text.trim();
  if (id === "" || id.startsWith("%")) return undefined;
  const typed = /^(fqdn|dns|email|rfc822|userfqdn|ipv4|ipv6|keyid):(.*)$/i.exec(id);
  if (typed !== null) return { type: PREFIXES[typed[1]!.toLowerCase()]!, value: typed[2]! };
  const bracketed = /^@\[(.*)\]$/.exec(id)?.[1];
  if (bracketed !== undefined) return keyId(Buffer.from(bracketed).toString("hex"));
  const hexadecimal = /^@#(?:0x)?((?:[0-9a-f]{2})+)$/i.exec(id)?.[1];
  if (hexadecimal !== undefined) return keyId(hexadecimal);
  if (id.startsWith("@@")) return { type: "email", value: id.slice(2) };
  if (id.startsWith("@")) return { type: "name", value: id.slice(1) };
  if (isAddress(id)) return { type: "address", value: canonicalAddress(id) };
  return { type: id.includes("@") ? "email" : "name", value: id };
}

/** An end with the identity that its file states; without one, its identity is its only address. */
export function endWith(
  addresses: readonly string[] | undefined,
  id: string | undefined,
): EndSettings {
  const stated = id ?? (addresses?.length === 1 ? addresses[0] : undefined);
  return { addresses, identity: stated === undefined ? undefined : identityIn(stated) };
}

function keyId(hexadecimal: string): Identity {
  return { type: "keyId", value: hexadecimal.toLowerCase() };
}

const PREFIXES: Readonly<Record<string, Identity["type"]>> = {
  fqdn: "name",
  dns: "name",
  email: "email",
  rfc822: "email",
  userfqdn: "email",
  ipv4: "address",
  ipv6: "address",
  keyid: "keyId",
};
