import { VpnaasError } from "../errors";
import { resources } from "../resources";
import type { Runtime } from "../runtime";
import type { Inputs } from "../values";

/**
 * The networks of subnets, as `<network>/<prefix>`, in the order of `subnetIds` and from the cloud that
 * `cloud` names. One request for each.
 * @throws VpnaasError for a login or request that fails, such as for an unknown subnet, and for an absent id
 */
export async function subnetNetworks(
  runtime: Runtime,
  args: Inputs & { readonly subnetIds: readonly (string | undefined)[] },
  signal?: AbortSignal,
): Promise<string[]> {
  const ids = args.subnetIds.filter((id) => typeof id === "string");
  if (ids.length < args.subnetIds.length) throw new VpnaasError(NO_SUBNET);
  const { client } = await runtime.context(resources.vpnService, [args], new Set(), signal);
  return Promise.all(ids.map((id) => client.subnetCidr(id)));
}

const NO_SUBNET =
  "The networks of an end of a tunnel are unknown: its VPN service has no subnet. Set subnetIds or networks of that end.";
