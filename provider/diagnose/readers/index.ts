import { isSameIdentity, type Identity } from "../../tunnel/identity";
import type { PeerSettings } from "../peerSettings";
import { identityIn } from "./identities";
import { ipsecConf } from "./ipsecConf";
import { ipsecSecrets } from "./ipsecSecrets";
import { json } from "./json";
import { PeerFileError } from "./peerFileError";
import type { KeyEntry, ReadFile, Reader } from "./reader";
import { swanctl } from "./swanctl";
import { vyos } from "./vyos";

export { PeerFileError } from "./peerFileError";

/** Every format that can be read back, the most distinct ones first. */
const READERS: readonly Reader[] = [json, swanctl, vyos, ipsecConf, ipsecSecrets];

/** The names of the formats that can be read. */
export const readableFormats = READERS.map(({ title }) => title);

/** A file of a peer. */
export interface PeerFile {
  /** For messages. */
  readonly name: string;
  readonly text: string;
}

/**
 * The connections in the files of a peer, each with its key if the files have it. The format follows
 * from the text of each file.
 * @throws PeerFileError that names the file and contains no part of it
 */
export function readPeerFiles(files: readonly PeerFile[], cloudAddress: string): PeerSettings[] {
  const read = files.map(({ name, text }): ReadFile => {
    if (isEmpty(text)) return { connections: [], keys: [] };
    const reader = READERS.find((one) => one.recognizes(text));
    if (reader === undefined) {
      const formats = readableFormats.join(", ");
      throw new PeerFileError(`${name} has no format that can be read: ${formats}.`);
    }
    try {
      return reader.read(text, cloudAddress);
    } catch (error) {
      if (!PeerFileError.isInstance(error)) throw error;
      throw new PeerFileError(`${name} cannot be read as ${reader.title}: ${error.message}.`);
    }
  });
  const keys = read.flatMap((one) => one.keys);
  return read.flatMap(({ connections }) =>
    connections.map((one) => {
      const psk = keyFor(one, keys);
      const otherKeys = keys.map((key) => key.psk).filter((key) => key !== psk);
      return {
        ...one,
        ...(psk !== undefined && { psk }),
        ...(otherKeys.length > 0 && { otherKeys }),
      };
    }),
  );
}

/** Whether a text has comments only. */
function isEmpty(text: string): boolean {
  return text.split("\n").every((line) => /^\s*(?:#.*)?$/.test(line));
}

/** The key that names the most identities of a connection, as both swans choose it. */
function keyFor({ local, remote }: PeerSettings, keys: readonly KeyEntry[]): string | undefined {
  const own = [local, remote].flatMap(({ identity, addresses = [] }) => [
    ...(identity === undefined ? [] : [identity]),
    ...addresses.map((value): Identity => ({ type: "address", value })),
  ]);
  const rankOf = ({ ids }: KeyEntry): number => {
    const known = ids.map(identityIn).filter((one) => one !== undefined);
    const matches = known.filter((one) => own.some((each) => isSameIdentity(one, each)));
    if (known.length > 0 && matches.length === 0) return -1;
    return matches.length;
  };
  const ranked = keys
    .map((key) => ({ psk: key.psk, rank: rankOf(key) }))
    .filter(({ rank }) => rank >= 0);
  const best = Math.max(...ranked.map(({ rank }) => rank));
  return ranked.find(({ rank }) => rank === best)?.psk;
}
