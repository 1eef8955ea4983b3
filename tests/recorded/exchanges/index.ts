/** All that is recorded: one list of steps for each file tests/recorded/<topic>.json. */
import type { Step } from "../play";
import { connections } from "./connections";
import { lists } from "./lists";
import { steps as login } from "./login";
import { ike, ipsec } from "./policies";
import { inUse, invalidConnections } from "./refusals";
import { roles } from "./roles";
import { groups, services } from "./services";
import { updates } from "./updates";

/** Every topic starts in an empty cloud. */
export const topics: Record<string, readonly Step[]> = {
  login,
  "ike-policies": ike,
  "ipsec-policies": ipsec,
  services,
  "endpoint-groups": groups,
  connections,
  "connection-updates": updates,
  "invalid-connections": invalidConnections,
  "in-use": inUse,
  lists,
  roles,
};
