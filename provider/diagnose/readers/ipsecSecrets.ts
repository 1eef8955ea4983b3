import type { KeyEntry, Reader } from "./reader";
import { keyOf } from "./values";

/** ipsec.secrets of strongSwan and of libreswan: its keys only. */
export const ipsecSecrets: Reader = {
  title: "ipsec.secrets",
  recognizes: (text) => ENTRY.test(text),
  read: (text) => ({ connections: [], keys: keysIn(text) }),
};

/** The keys in a text, which may have other lines too. */
export function keysIn(text: string): KeyEntry[] {
  return text.split("\n").flatMap((line) => keyIn(line));
}

/** `ID ID : PSK "key"`; the colon stands alone, since an IPv6 address contains some. */
const ENTRY = /^(?:\s*|\s*[^#\s].*?\s):\s*PSK\s+(?:"([^"]*)"|'([^']*)'|(\S+))/im;

function keyIn(line: string): KeyEntry[] {
  const found = ENTRY.exec(line);
  if (found === null) return [];
  const [all, double, single, bare] = found;
  const ids = all.slice(0, all.search(/:\s*PSK\s/i)).split(/\s+/);
  return [
    {
      ids: ids.map((one) => one.replace(/^["']|["']$/g, "")).filter((one) => one !== ""),
      psk: double ?? single ?? keyOf(bare!),
    },
  ];
}
