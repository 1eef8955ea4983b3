/*
 * The types of the DOM that playwright-core's types refer to. With `lib: ["DOM"]` the compiler would
 * accept names of browsers in code of Node. Tests use elements in the browser alone.
 */
interface Node {
  readonly nodeType: number;
}
interface HTMLElement extends Node {
  readonly tagName: string;
}
interface SVGElement extends Node {
  readonly tagName: string;
}
interface HTMLElementTagNameMap {
  readonly div: HTMLElement;
}
