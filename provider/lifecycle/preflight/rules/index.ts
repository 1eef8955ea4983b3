import type { Kind } from "../../../schema/resourceType";
import type { PreflightRule } from "../finding";
import { agentCanParse, agentHasGroup, policyIsAccepted } from "./agentWords";
import { dialectFits, hasVpnService } from "./dialect";
import { endpointsFitService, oneIpVersion, peerIsReachable } from "./endpoints";
import { optionsAreOffered } from "./extensions";
import { loginMayWrite } from "./login";
import { quotaHasRoom } from "./quota";
import { referencesExist } from "./references";
import { groupSubnetsExist, routerHasGateway, subnetIsOnRouter } from "./topology";
import { routerIsFree, tunnelsAreApart } from "./tunnels";

/** The rules of every type: if one of them finds anything, no other question has a meaning. */
export const CLOUD_RULES: readonly PreflightRule[] = [loginMayWrite, hasVpnService, dialectFits];

/** The rules that concern an object of any type. */
const ANY: readonly PreflightRule[] = [optionsAreOffered, quotaHasRoom];

/** The rules of each type. */
export const RULES: Readonly<Record<Kind, readonly PreflightRule[]>> = {
  VpnService: [...ANY, routerHasGateway, subnetIsOnRouter, routerIsFree],
  IkePolicy: ANY,
  IpsecPolicy: ANY,
  EndpointGroup: [...ANY, groupSubnetsExist],
  IpsecSiteConnection: [
    ...ANY,
    referencesExist,
    endpointsFitService,
    oneIpVersion,
    peerIsReachable,
    policyIsAccepted,
    tunnelsAreApart,
    agentCanParse,
    agentHasGroup,
  ],
};
