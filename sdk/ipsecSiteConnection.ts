import { resourceClass } from "./resource";
import type { IpsecSiteConnectionArgs, IpsecSiteConnectionState } from "./types";

/**
 * An IPsec site-to-site connection: a tunnel from a VPN service to one peer.
 *
 * A change of the service, of a policy, of the project or of the availability zone replaces it;
 * everything else is changed in place, as soon as its status has left PENDING_*. Any change
 * interrupts all tunnels of its VPN service for a moment.
 *
 * @example
 * ```ts
 * const office = new vpnaas.IpsecSiteConnection("office", {
 *   vpnServiceId: "41bfef97-af4e-4f6b-a5d3-4678859d2485",
 *   ikePolicyId: "771f081c-5ec8-4f9a-b041-015dfb7fbbe2",
 *   ipsecPolicyId: "9958d4fe-3719-4e8c-84e7-9893895b76b4",
 *   peerAddress: "203.0.113.7",
 *   peerId: "203.0.113.7",
 *   peerCidrs: ["10.2.0.0/24"],
 *   psk: new pulumi.Config().requireSecret("psk"),
 * });
 * export const status = office.status;
 * ```
 */
export class IpsecSiteConnection extends resourceClass<
  IpsecSiteConnectionArgs,
  IpsecSiteConnectionState
>("IpsecSiteConnection") {}
