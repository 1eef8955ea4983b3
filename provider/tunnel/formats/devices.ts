import { isAddress } from "../../validation/net";
import { networkPairs, type Dictionary, type Draft } from "../draft";
import { identityText, type Identity } from "../identity";
import { isAead } from "../tunnelView";
import { PROPERTIES } from "./ids";
import { protocolOf } from "./swans";

/** The algorithms of a phase in the words of a device; an empty word was refused. */
export interface DeviceWords {
  /** Undefined for AH. */
  readonly encryption: string | undefined;
  /** Undefined for an AEAD cipher in phase 2. In phase 1 it is the PRF of such a cipher. */
  readonly integrity: string | undefined;
  readonly group: string;
}

/** The words of phase 1. Refuses AEAD with IKE v1. */
export function ikeWords(draft: Draft, dictionary: Dictionary) {
  const { encryption, integrity, group, version } = draft.end.ike;
  const cipher = draft.word(dictionary, "ike", "EncryptionAlgorithm", encryption);
  if (cipher !== "" && version === "v1" && isAead(encryption)) {
    draft.refuse("ikePolicy.encryptionAlgorithm", encryption, `${IN_V2}, or aes-256`);
  }
  return {
    encryption: cipher,
    integrity: draft.word(dictionary, "ike", "AuthAlgorithm", integrity),
    group: draft.word(dictionary, "ike", "DhGroup", group),
  } satisfies DeviceWords;
}

/** The words of phase 2. Refuses transport mode: its packets are those of the gateways alone. */
export function ipsecWords(draft: Draft, dictionary: Dictionary): DeviceWords {
  const { encryption, integrity, group, mode } = draft.end.ipsec;
  const hasCipher = protocolOf(draft) === "esp";
  if (mode !== "tunnel") draft.refuse("ipsecPolicy.encapsulationMode", mode, "Use tunnel");
  return {
    encryption: hasCipher
      ? draft.word(dictionary, "esp", "EncryptionAlgorithm", encryption)
      : undefined,
    integrity:
      hasCipher && isAead(encryption)
        ? undefined
        : draft.word(dictionary, "esp", "AuthAlgorithm", integrity),
    group: draft.word(dictionary, "esp", "DhGroup", group),
  };
}

/** The interface of the device towards the cloud; refuses a tunnel without one. */
export function interfaceOf(draft: Draft, example: string): string {
  const { peerInterface } = draft;
  if (peerInterface === undefined) {
    const need = `the name of its interface towards the cloud, such as ${example}: give --peer-interface (peerInterface)`;
    draft.lack("peerInterface", need);
  } else if (!/^[A-Za-z][\w/.:-]*$/.test(peerInterface)) {
    draft.refuse("peerInterface", peerInterface, `Use a name such as ${example}`);
  }
  return peerInterface ?? "";
}

/** The key between quotes: see {@link bareKey}. */
export function quotedKey(draft: Draft): string | undefined {
  const key = bareKey(draft);
  return key === undefined ? undefined : `"${key}"`;
}

/** The key; refuses one that a command line could change. */
export function bareKey(draft: Draft): string | undefined {
  return draft.key((psk) => {
    if (!/^[A-Za-z][\w.+=:,@%/-]{5,126}$/.test(psk)) {
      const advice =
        "Use a key of 6 to 127 letters, digits and . _ + = : , @ % / - that begins with a letter";
      draft.refuse("psk", "(hidden)", `${advice}, such as one of PreSharedKey`);
    }
    return psk;
  });
}

/**
 * The identity of an end; the value of a key id is its text. Refuses a name that is an address, which
 * a device would present as an address, and characters that a command line could change.
 */
export function deviceIdentity(draft: Draft, end: "local" | "remote"): Identity {
  const { identity } = draft.end[end];
  const { type } = identity;
  const value =
    type === "keyId" ? Buffer.from(identity.value, "hex").toString("latin1") : identity.value;
  if (type === "name" && isAddress(value)) {
    const advice = "Leave localId out, or use names for both ids";
    draft.refuse(PROPERTIES[end], identityText(identity), advice);
  } else if (!/^[\w.@:+-]+$/.test(value)) {
    const advice = "Use an identity of letters, digits and . _ @ : + -";
    draft.refuse(PROPERTIES[end], identity.value, advice);
  }
  return { type, value };
}

/** Notes that the text accepts every identity of the cloud; its address and key still have to match. */
export function noteUnverified(draft: Draft): void {
  const { identity } = draft.end.remote;
  if (identity.type === "address") return;
  draft.note(`The cloud presents the ${identityText(identity)}; every identity is accepted here.`);
}

/** Probes without an answer until the peer counts as dead. */
export function probesOf({ end: { dpd } }: Draft, maximum: number): number {
  return Math.min(Math.max(Math.round(dpd.timeout / dpd.interval), 1), maximum);
}

/** The pairs of networks, each of which the device negotiates by itself. */
export function devicePairs(draft: Draft): [local: string, remote: string][] {
  const pairs = networkPairs(draft.end);
  if (pairs.length > 1 && draft.end.ike.version !== "v1") draft.note(PAIRS);
  return pairs;
}

/** An advice for values that IKE v1 lacks. */
export const IN_V2 = "Use it with ikePolicy.ikeVersion v2";

const PAIRS =
  "The device negotiates each pair of networks by itself, while the cloud, if it opens the tunnel with IKE v2, asks for all networks at once. If only one pair passes, set initiator of the connection to response-only.";
