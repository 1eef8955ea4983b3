/** The only way from the program's side into the provider's core. */
export { defaultName } from "../provider/lifecycle/defaultName";
export { definitionOf, type Definition } from "../provider/lifecycle/definition";
