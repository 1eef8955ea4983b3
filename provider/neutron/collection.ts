/** The API collection of a resource type. */
export interface Collection {
  /** For messages: `IpsecSiteConnection`. */
  readonly kind: string;
  readonly path: string;
  readonly envelope: string;
  readonly listEnvelope: string;
  /** Attributes whose values are redacted from messages. */
  readonly secretAttributes: readonly string[];
  /**
   * The problem with an object of a response, without any of its values, such as "`mtu` is a string,
   * not a number"; undefined if it is valid. `part`: attributes may be missing.
   */
  readonly problemIn: (
    object: Readonly<Record<string, unknown>>,
    how?: "part",
  ) => string | undefined;
}

export type { WireObject } from "../values";
