import type { Kind } from "../../../schema/resourceType";
import type { PreflightRule } from "../finding";
import { dialectFits, hasVpnService } from "./dialect";
import { referencesExist } from "./references";

/** The rules of every type: without them no other question has a meaning. */
export const CLOUD_RULES: readonly PreflightRule[] = [hasVpnService, dialectFits];

/** The rules of each type, run if no rule of the cloud fails. */
export const RULES: Readonly<Record<Kind, readonly PreflightRule[]>> = {
  VpnService: [],
  IkePolicy: [],
  IpsecPolicy: [],
  EndpointGroup: [],
  IpsecSiteConnection: [referencesExist],
};
