import type { Draft } from "../draft";

/** A format of configurations. */
export interface Format {
  /** The name for messages, such as `swanctl.conf`. */
  readonly title: string;
  /** The beginning of a comment; undefined if the format has none. */
  readonly comment: string | undefined;
  /** How far its texts were tried: one sentence. */
  readonly trial: string;
  /** The lines of the text, without a head. */
  readonly render: (draft: Draft) => string[];
}
