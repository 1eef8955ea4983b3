import * as pulumi from "@pulumi/pulumi";

import { invoke, invokeOutput, type LookupOutputOptions, type ProviderFunction } from "./lookup";
import { peerConfiguration } from "./providerApi";
import type {
  GetPeerConfigurationArgs,
  GetPeerConfigurationOutputArgs,
  GetPeerConfigurationResult,
} from "./types";

const called: ProviderFunction<GetPeerConfigurationResult> = {
  name: "getPeerConfiguration",
  run: async (runtime, args) =>
    (await peerConfiguration(runtime, args)) as unknown as GetPeerConfigurationResult,
};

/**
 * The configuration of the peer of a connection: the other end of its tunnel, as text for strongSwan, libreswan,
 * a firewall or another Neutron. Reads the connection and its key from the cloud.
 *
 * The text contains the key in most formats, and this promise cannot mark it as secret: use
 * {@link getPeerConfigurationOutput}, or `pulumi.secret(text)`.
 * @throws pulumi.RunError for a tunnel that the format cannot express; it names the property, the value and an
 * alternative.
 *
 * @example
 * ```ts
 * const { text } = await vpnaas.getPeerConfiguration({ connectionId: id, format: "swanctl" });
 * export const peer = pulumi.secret(text);
 * ```
 */
export function getPeerConfiguration(
  args: GetPeerConfigurationArgs,
): Promise<GetPeerConfigurationResult> {
  return invoke(called, args);
}

/**
 * {@link getPeerConfiguration} for inputs, which may be outputs of other resources. The result is secret.
 *
 * In a preview it is unknown as long as an input is unknown or the connection does not exist yet.
 *
 * @example
 * ```ts
 * const peer = vpnaas.getPeerConfigurationOutput({ connectionId: office.id, format: "swanctl" });
 * export const configuration = peer.text;
 * ```
 */
export function getPeerConfigurationOutput(
  args: GetPeerConfigurationOutputArgs,
  opts?: LookupOutputOptions,
): pulumi.Output<GetPeerConfigurationResult> {
  return pulumi.secret(invokeOutput(called, args, opts));
}
