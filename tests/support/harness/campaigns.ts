/** The campaigns of which `npm test` runs a part. */
export type Campaign =
  "CRASHES" | "DIFFERENTIAL" | "FAULTS" | "PACKAGE" | "PREVIEW" | "PROPERTIES" | "TUNNEL";

/** Whether a campaign is run as a whole: `VPNAAS_<CAMPAIGN>=whole`. */
export function isWhole(campaign: Campaign): boolean {
  return process.env[`VPNAAS_${campaign}`] === "whole";
}
