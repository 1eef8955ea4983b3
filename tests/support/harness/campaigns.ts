/** The campaigns of which `npm test` runs a part. */
export type Campaign =
  | "CRASHES"
  | "DIFFERENTIAL"
  | "FAULTS"
  | "PACKAGE"
  | "PREVIEW"
  | "PROPERTIES"
  | "SECRETS"
  | "TUNNEL";

/** Whether a campaign is run as a whole: `VPNAAS_<CAMPAIGN>=whole`. */
export function isWhole(campaign: Campaign): boolean {
  return process.env[`VPNAAS_${campaign}`] === "whole";
}

/**
 * The items that a campaign combines with the `index`-th item of another list: one of every `each`, beginning at another
 * one for each index, so that a part of all combinations has every item; all items if the campaign is run as a whole.
 */
export function shareOf<Item>(
  campaign: Campaign,
  items: readonly Item[],
  index: number,
  each: number,
): Item[] {
  return items.filter((_item, at) => isWhole(campaign) || (at + index) % each === 0);
}
