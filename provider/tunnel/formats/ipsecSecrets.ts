import type { Format } from "./format";
import { plainId } from "./ids";

/** ipsec.secrets of strongSwan and of libreswan, which have the same notation. */
export const ipsecSecrets: Format = {
  title: "ipsec.secrets",
  comment: "#",
  trial: "Tried on the parser of strongSwan 5.9.8.",
  render: (draft) => {
    const key = draft.key(keyText);
    if (key === undefined) return ["# No key: see --psk."];
    const ids = [plainId(draft, "local", true), plainId(draft, "remote", true)];
    return [`${ids.join(" ")} : PSK ${key}`];
  },
};

/** Base64 if quotes cannot hold the key. */
function keyText(psk: string): string {
  return /^[ !#-[\]-~]+$/.test(psk) ? `"${psk}"` : `0s${Buffer.from(psk).toString("base64")}`;
}
