/** A JSON Schema whose `$id` is an identifier: the name of its validator. */
export interface NamedSchema {
  readonly $id: string;
  readonly [keyword: string]: unknown;
}
