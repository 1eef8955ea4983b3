import type { Kind } from "../../../schema/resourceType";
import type { PreflightRule } from "../finding";
import { dialectFits, hasVpnService } from "./dialect";
import { endpointsFitService, oneIpVersion, peerIsReachable } from "./endpoints";
import { loginMayWrite } from "./login";
import { referencesExist } from "./references";
import { routerHasGateway, subnetIsOnRouter } from "./topology";

/** The rules of every type: if one of them finds anything, no other question has a meaning. */
export const CLOUD_RULES: readonly PreflightRule[] = [loginMayWrite, hasVpnService, dialectFits];

/** The rules of each type. */
export const RULES: Readonly<Record<Kind, readonly PreflightRule[]>> = {
  VpnService: [routerHasGateway, subnetIsOnRouter],
  IkePolicy: [],
  IpsecPolicy: [],
  EndpointGroup: [],
  IpsecSiteConnection: [referencesExist, endpointsFitService, oneIpVersion, peerIsReachable],
};
