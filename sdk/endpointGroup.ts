import type * as pulumi from "@pulumi/pulumi";

import { lookup, lookupOutput, type LookupOutputOptions } from "./lookup";
import { resourceClass } from "./resource";
import type {
  EndpointGroupArgs,
  EndpointGroupState,
  GetEndpointGroupArgs,
  GetEndpointGroupOutputArgs,
  GetEndpointGroupResult,
} from "./types";

/**
 * An endpoint group: the networks of one end of a tunnel, for a VPN service without a subnet. Not in
 * the `k5` dialect.
 *
 * A change of the endpoints creates a new group, points the connections to it in place, and deletes the
 * old one.
 *
 * @example
 * ```ts
 * const local = new vpnaas.EndpointGroup("local", {
 *   type: "subnet",
 *   endpoints: ["14067794-975d-461e-b502-dd40c0383d26"],
 * });
 * const peer = new vpnaas.EndpointGroup("peer", { type: "cidr", endpoints: ["10.2.0.0/24"] });
 * ```
 */
export class EndpointGroup extends resourceClass<EndpointGroupArgs, EndpointGroupState>(
  "EndpointGroup",
) {}

/**
 * Looks up the one endpoint group that has the given id, name and type. Not in the `k5` dialect.
 *
 * Each argument must equal the value in the cloud, names exactly; this package compares them itself and does
 * not rely on the cloud's filters. A preview looks it up as well.
 * @throws LookupError if no endpoint group that the login sees matches, or more than one.
 *
 * @example
 * ```ts
 * const peer = await vpnaas.getEndpointGroup({ name: "branch", type: "cidr" });
 * export const networks = peer.endpoints;
 * ```
 */
export function getEndpointGroup(args: GetEndpointGroupArgs): Promise<GetEndpointGroupResult> {
  return lookup("EndpointGroup", args);
}

/**
 * {@link getEndpointGroup} for inputs, which may be outputs of other resources.
 *
 * In a preview the result is unknown as long as an input is unknown, or a resource behind an input or in
 * `dependsOn` does not exist yet. It is secret if an input is.
 *
 * @example
 * ```ts
 * const peerEpGroupId = vpnaas.getEndpointGroupOutput({ name: branch.name, type: "cidr" }).id;
 * ```
 */
export function getEndpointGroupOutput(
  args: GetEndpointGroupOutputArgs,
  opts?: LookupOutputOptions,
): pulumi.Output<GetEndpointGroupResult> {
  return lookupOutput("EndpointGroup", args, opts);
}
