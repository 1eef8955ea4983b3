/** Where objects of a kind live in the API. */
export interface Collection {
  /** For messages: `IpsecSiteConnection`. */
  readonly kind: string;
  readonly collection: string;
  readonly envelope: string;
  readonly listEnvelope: string;
  /** Attributes whose values are never repeated in a message. */
  readonly secretAttributes: readonly string[];
  /**
   * What is wrong with an object of an answer, without any value of it, such as "`mtu` is a text, not a
   * number"; undefined where nothing is. `part`: attributes may be missing.
   */
  readonly wrongIn: (object: Readonly<Record<string, unknown>>, how?: "part") => string | undefined;
}

export type { WireObject } from "../values";
