import type { PeerSettings } from "../peerSettings";

/** The file of a peer as a format sees it. */
export interface ReadFile {
  /** The connections of the file. */
  readonly connections: readonly PeerSettings[];
  /** The keys of the file with the identities for which they are; for every peer if there are none. */
  readonly keys: readonly KeyEntry[];
}

/** A pre-shared key. The identities are in the notation of the file. */
export interface KeyEntry {
  readonly ids: readonly string[];
  readonly psk: string;
}

/** A format of configurations that can be read back. */
export interface Reader {
  /** The name for messages. */
  readonly title: string;
  /** Whether a text looks like this format. */
  readonly recognizes: (text: string) => boolean;
  /**
   * @param cloudAddress decides which end is the peer's in a format that does not state it
   * @throws PeerFileError, whose message has line numbers and no part of the text
   */
  readonly read: (text: string, cloudAddress: string) => ReadFile;
}
