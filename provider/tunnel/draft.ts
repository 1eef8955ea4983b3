import { createHash } from "node:crypto";

import type { TunnelView } from "./tunnelView";
import { PORTABLE, wordOf, type AlgorithmType, type Dictionary, type Phase } from "./words";

export type { Dictionary } from "./words";

/** The key in a text: as it is, hidden (`<psk>`), or left out. */
export type KeyDisplay = "plain" | "hidden" | "none";

/**
 * The text of a format while it is composed: collects refusals of values without a word in the format, and
 * notes for the head of the text. Properties are named as the program of the cloud's end names them.
 */
export class Draft {
  /** The reasons against a text, as whole sentences. */
  readonly refusals: string[] = [];
  /** Values that the text changes or that are weak: whole sentences. */
  readonly notes: string[] = [];

  constructor(
    /** The tunnel as the end that the text configures sees it. */
    readonly end: TunnelView,
    /** The title of the format, for messages. */
    private readonly title: string,
    private readonly display: KeyDisplay,
    /** The name of the device's interface towards the cloud, for formats that need one. */
    readonly peerInterface?: string,
  ) {}

  /** Refuses a value. `alternative` begins with a verb, such as `Use aes-256`. */
  refuse(property: string, value: string | number, alternative: string): void {
    pushOnce(
      this.refusals,
      `${property} ${value}: ${this.title} cannot express it. ${alternative}.`,
    );
  }

  /** Refuses a tunnel without a fact. `need` is an object, such as `the name of an interface`. */
  lack(property: string, need: string): void {
    pushOnce(this.refusals, `${property}: ${this.title} needs ${need}.`);
  }

  note(line: string): void {
    pushOnce(this.notes, line);
  }

  /** The word for an algorithm; refuses a value without one. */
  word(dictionary: Dictionary, phase: Phase, type: AlgorithmType, value: string): string {
    const word = wordOf(dictionary, phase, type, value);
    if (word !== undefined) return word;
    this.refuse(`${POLICIES[phase]}.${PROPERTIES[type]}`, value, `Use ${PORTABLE[type]}`);
    return "";
  }

  /** A number within bounds; a note names a changed one. */
  clamp(property: string, value: number, minimum: number, maximum: number): number {
    const clamped = Math.min(Math.max(value, minimum), maximum);
    if (clamped !== value) {
      this.note(
        `${property} is ${value} in the cloud; ${this.title} accepts ${minimum} to ${maximum}, so it is ${clamped} here. The ends need not agree on it.`,
      );
    }
    return clamped;
  }

  /** The key in the notation of a format; undefined if the text is to have none. */
  key(encode: (psk: string) => string): string | undefined {
    const { psk } = this.end;
    if (psk === undefined || this.display === "none") return undefined;
    return this.display === "hidden" ? "<psk>" : encode(psk);
  }
}

/** A format may meet the same value several times. */
function pushOnce(lines: string[], line: string): void {
  if (!lines.includes(line)) lines.push(line);
}

const POLICIES: Readonly<Record<Phase, string>> = { ike: "ikePolicy", esp: "ipsecPolicy" };

const PROPERTIES: Readonly<Record<AlgorithmType, string>> = {
  EncryptionAlgorithm: "encryptionAlgorithm",
  AuthAlgorithm: "authAlgorithm",
  DhGroup: "pfs",
};

/** The name of a connection as every format accepts it: at most 60 letters, digits, `_` and `-`. */
export function labelOf({ name }: TunnelView): string {
  const label = name.replace(/[^A-Za-z0-9_-]+/g, "-").replace(/^[^A-Za-z]+|-+$/g, "");
  return label === "" ? `tunnel-${numberOf(name)}` : shortened(label, 60);
}

/** A label within a maximum of characters; a shortened one ends in its number. */
export function shortened(label: string, maximum: number): string {
  if (label.length <= maximum) return label;
  return `${label.slice(0, maximum - 5)}-${numberOf(label)}`;
}

/**
 * A number from 1000 to 9999 for objects of a device that have numbers, and for names that a format lacks. The same for
 * the same name, so that a text replaces its predecessor; two tunnels of one device rarely share it.
 */
export function numberOf(name: string): number {
  return 1000 + (createHash("sha256").update(name).digest().readUInt32BE(0) % 9000);
}

/** All pairs of a network of this end and one of the other end. */
export function networkPairs({ local, remote }: TunnelView): [local: string, remote: string][] {
  return local.networks.flatMap((one) =>
    remote.networks.map((other): [string, string] => [one, other]),
  );
}
