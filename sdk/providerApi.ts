/** The only import of the provider's core into the SDK. */
export {
  ConfigurationError,
  LookupError as ProviderLookupError,
  VpnaasError,
  messageOf,
} from "../provider/errors";
export { autoName, namingFields } from "../provider/model/autoName";
export {
  isInput,
  resourceType,
  type Kind,
  type ResourceKind,
  type ResourceType,
} from "../provider/schema/resourceType";
export { SECRET_MARKS_KEY } from "../provider/model/secretMarks";
export { lookUpObject, redactErrors } from "../provider/handlers/lookup";
export { getPeerConfiguration as peerConfiguration } from "../provider/handlers/peerConfiguration";
export { subnetNetworks } from "../provider/handlers/subnetNetworks";
export { Runtime } from "../provider/runtime";
export { unknownSettings } from "../provider/config/unknownSettings";
export { version } from "../provider/version";
export { SECRET_ARGUMENTS } from "../provider/config/providerArguments";
