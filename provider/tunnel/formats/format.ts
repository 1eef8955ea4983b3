import type { Draft } from "../draft";

/** A format of configurations. */
export interface Format {
  /** The name for messages, such as `swanctl.conf`. */
  readonly title: string;
  /** The beginning of a comment; undefined if the format has none. */
  readonly comment: string | undefined;
  /** The program that its texts were tried on. */
  readonly triedOn: string;
  /** The lines of the text, without a head. */
  readonly render: (draft: Draft) => string[];
}
