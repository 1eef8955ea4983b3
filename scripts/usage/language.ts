import type { Example, Value } from "./examples";

/** A language in which examples are written. */
export interface Language {
  readonly title: string;
  /** Its name after the marks of a block of code. */
  readonly fence: string;
  /** Resources as a part of a program. */
  readonly declare: (examples: readonly Example[]) => string;
}

/** The notation of values in a language. */
export interface Notation {
  readonly literal: (value: string | number | boolean) => string;
  readonly enum: (type: string, member: string, value: string) => string;
  readonly output: (resource: string, output: string) => string;
  readonly list: (items: readonly string[]) => string;
  readonly object: (type: string, members: readonly (readonly [string, string])[]) => string;
}

/** The expression of a value. */
export function expression(notation: Notation, value: Value): string {
  switch (value.form) {
    case "literal":
      return notation.literal(value.value);
    case "enum":
      return notation.enum(value.type, value.member, value.value);
    case "output":
      return notation.output(value.resource, value.output);
    case "list":
      return notation.list(value.items.map((one) => expression(notation, one)));
    case "object":
      return notation.object(
        value.type,
        value.members.map(([name, one]) => [name, expression(notation, one)]),
      );
  }
}

/** The properties of a resource with their expressions. */
export function expressions(
  notation: Notation,
  { properties }: Example,
): (readonly [name: string, value: string])[] {
  return properties.map(([name, value]) => [name, expression(notation, value)]);
}

export function capitalized(name: string): string {
  return `${name[0]!.toUpperCase()}${name.slice(1)}`;
}

export function indented(text: string, by: string): string {
  return text.replace(/^(?=.)/gm, by);
}
