/** An OpenStack cloud in memory, as far as VPNaaS needs one: for demos, for tests, and for trying things out. */
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
