/** The only way from the program's side into the provider's core. */
export {
  ConfigurationError as NotConfigured,
  LookupError as NotFitting,
  VpnaasError,
  messageOf,
} from "../provider/errors";
export { hide } from "../provider/http/redact";
export { defaultName, namingFields } from "../provider/lifecycle/defaultName";
export {
  shapeOf,
  type Kind,
  type ResourceKind,
  type Shape,
} from "../provider/lifecycle/definition";
export { HIDDEN_NAMES } from "../provider/lifecycle/hidden";
export { assertLookup, lookUp } from "../provider/lifecycle/lookup";
export { resources } from "../provider/resources";
export { Runtime } from "../provider/runtime";
