/** Where objects of a kind live in the API. */
export interface Collection {
  /** For messages: `IpsecSiteConnection`. */
  readonly kind: string;
  readonly collection: string;
  readonly envelope: string;
  readonly listEnvelope: string;
  /** Attributes whose values are never repeated in a message. */
  readonly secretAttributes: readonly string[];
}

/** An object as the API has it. */
export type WireObject = Readonly<Record<string, unknown>> & { readonly id: string };
