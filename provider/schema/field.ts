import type { Dialect } from "../dialect";

/** One property of a resource, read from schema.json. */
export interface Field {
  /** The name in programs and in the state. */
  readonly name: string;
  /** The name in the API. */
  readonly wire: string;
  /** A description for people. */
  readonly description: string;
  /** Whether it is an input in a dialect. */
  readonly input: Readonly<Record<Dialect, boolean>>;
  readonly output: boolean;
  /** Whether every dialect requires it. */
  readonly required: boolean;
  /**
   * The output with the cloud's own value of an input that the cloud may rewrite: the other
   * property with the same name in the API.
   */
  readonly resolvedBy: string | undefined;
  /** Only programs and states contain it; it is never sent to the API. */
  readonly local: boolean;
  /** The API accepts it only in POST, so a change needs another object. */
  readonly createOnly: boolean;
  readonly secret: boolean;
  /** A list whose order is insignificant. */
  readonly unordered: boolean;
  /** The `format` of the value, or of the items of a list. */
  readonly format: string | undefined;
  /** The default of an input; undefined if the cloud chooses freely. */
  readonly default: unknown;
  /**
   * The cloud chooses a value if the program sets none; a response does not distinguish the two.
   */
  readonly chosen: boolean;
  /** Significant only at creation; later it is neither a desired value nor a change. */
  readonly once: boolean;
  /** The type of resource whose id the value is. */
  readonly refersTo: string | undefined;
  /** Deprecation messages by value, for values that still work but should not be used. */
  readonly deprecated: Readonly<Record<string, string>>;
}
