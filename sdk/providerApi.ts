/** The only way from the program's side into the provider's core. */
export {
  ConfigurationError as NotConfigured,
  LookupError as NotFitting,
  VpnaasError,
  messageOf,
} from "../provider/errors";
export { autoName as defaultName, namingFields } from "../provider/model/autoName";
export {
  resourceType as shapeOf,
  type Kind,
  type ResourceKind,
  type ResourceType as Shape,
} from "../provider/schema/resourceType";
export { SECRET_MARKS_KEY as HIDDEN_NAMES } from "../provider/model/secretMarks";
export { lookUpObject, redactErrors } from "../provider/handlers/lookup";
export { Runtime } from "../provider/runtime";
