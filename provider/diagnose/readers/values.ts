import { canonicalAddress, isAddress, isCidr, maskedCidr } from "../../validation/net";

/** Whether a text is `yes`, in the notations of both swans. */
export function isYes(text: string | undefined): boolean {
  return /^(?:yes|true|1|on|enabled?)$/i.test(text ?? "");
}

/** A duration of both swans in seconds: `3600`, `3600s`, `60m`, `8h`, `1d`. */
export function secondsOf(text: string | undefined): number | undefined {
  const [, digits, unit = "s"] = /^(\d+)\s*([smhd])?$/i.exec(text?.trim() ?? "") ?? [];
  return digits === undefined ? undefined : Number(digits) * UNITS[unit.toLowerCase()]!;
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** The items of a list, separated by commas or whitespace, with or without braces. */
export function itemsOf(text: string): string[] {
  return text.split(/[\s,{}]+/).filter((one) => one !== "");
}

/** The addresses of a list; undefined if it has anything else: any address, a name, an interface. */
export function addressesOf(text: string | undefined): string[] | undefined {
  const items = itemsOf(text ?? "");
  const areAddresses = items.every((one) => isAddress(one) && !/^(?:0\.0\.0\.0|::)$/.test(one));
  return items.length > 0 && areAddresses ? items.map(canonicalAddress) : undefined;
}

/** The networks of a list, without protocols and ports; undefined for the gateway's own address. */
export function networksOf(text: string | undefined): string[] | undefined {
  const items = itemsOf((text ?? "").replace(/\[[^\]]*\]/g, ""))
    .filter((one) => one !== "dynamic" && !one.startsWith("%"))
    .map((one) => (isAddress(one) ? `${one}/${one.includes(":") ? 128 : 32}` : one));
  const networks = items.filter(isCidr).map(maskedCidr).sort();
  return networks.length === 0 ? undefined : networks;
}

/**
 * A pre-shared key in the notation of a configuration: `0s` for base64, `0x` for hexadecimal,
 * otherwise the text itself.
 */
export function keyOf(text: string): string {
  if (/^0s/i.test(text)) return Buffer.from(text.slice(2), "base64").toString();
  if (/^0x[0-9a-f]+$/i.test(text)) return Buffer.from(text.slice(2), "hex").toString();
  return text;
}
