/** An OpenStack cloud in memory with the APIs that VPNaaS needs, for demos, tests and experiments. */
export { startSimulator } from "./server";
export type {
  Answer,
  Behavior,
  FaultRule,
  NetworkEndpoint,
  RecordedRequest,
  ScriptedFault,
  Simulator,
  SimulatorOptions,
} from "./types";
