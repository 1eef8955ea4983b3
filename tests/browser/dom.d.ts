/*
 * What the types of playwright-core name of the DOM, so that the program needs no `lib: ["DOM"]`, in
 * which names of browsers would pass for those of Node. Tests touch elements in the browser alone.
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
