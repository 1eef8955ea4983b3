import type { Dialect } from "../dialect";

/** One property of a resource, read from schema.json. */
export interface Field {
  /** Name in programs and in the state. */
  readonly name: string;
  /** Name in the API. */
  readonly wire: string;
  /** What it is, for people. */
  readonly description: string;
  /** Whether it is an input in that dialect. */
  readonly input: Readonly<Record<Dialect, boolean>>;
  readonly output: boolean;
  /** Whether it has to be given in every dialect. */
  readonly required: boolean;
  /**
   * The output that shows the cloud's own value of an input which the cloud may rewrite: the other
   * property of the same name in the API.
   */
  readonly resolvedBy: string | undefined;
  /** Known to program and state only; the API never sees it. */
  readonly local: boolean;
  /** The API takes it in POST only: a change needs another object. */
  readonly createOnly: boolean;
  readonly secret: boolean;
  /** A list whose order says nothing. */
  readonly unordered: boolean;
  /** `format` of the value, or of the items of a list. */
  readonly format: string | undefined;
  /** What an input is that nobody gave; undefined where that means "as the cloud likes". */
  readonly default: unknown;
  /** The cloud chooses it where nobody gives it; an answer does not tell the two apart. */
  readonly chosen: boolean;
  /** Says something at creation only; later it is neither a wish nor a change. */
  readonly once: boolean;
  /** The kind of which the value is an id. */
  readonly refersTo: string | undefined;
  /** What is to be said of values that still work but should not be used. */
  readonly deprecated: Readonly<Record<string, string>>;
}
