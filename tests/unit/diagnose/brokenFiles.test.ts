import fc from "fast-check";

import { PeerFileError, readPeerFiles } from "../../../provider/diagnose/readers";
import { readPeerLog } from "../../../provider/diagnose/logs/readLog";
import { PEER_RULES } from "../../../provider/diagnose/rules";
import { peerConfigurationOf } from "../../../provider/tunnel/peerConfiguration";
import { seed } from "../support/seed";
import { aTunnel } from "../support/tunnels";

const KEY = "Canary0key";
const cloud = aTunnel({ connection: { psk: "" } });
const TEXTS = (
  ["json", "swanctl", "ipsec.conf", "libreswan", "ipsec.secrets", "vyos"] as const
).map((format) => peerConfigurationOf(aTunnel({ connection: { psk: KEY } }), format).text);

/** A text with a part that is removed, repeated, or replaced by any characters. */
const brokenText = fc
  .tuple(
    fc.constantFrom(...TEXTS),
    fc.nat(),
    fc.nat(),
    fc.string({ unit: "grapheme", maxLength: 8 }),
  )
  .map(([text, from, length, insert]) => {
    const at = from % text.length;
    return text.slice(0, at) + insert + text.slice(at + (length % 40));
  });

/** Reads a text and compares it; returns the message of an error. */
function outcomeOf(text: string): string | undefined {
  try {
    const connections = readPeerFiles([{ name: "file", text }], "203.0.113.59");
    // The key is compared by a slow hash.
    for (const { psk: _psk, ...peer } of connections) {
      for (const rule of PEER_RULES) rule({ cloud, peer });
    }
    return undefined;
  } catch (error) {
    if (PeerFileError.isInstance(error)) return error.message;
    throw error;
  }
}

it("a broken file: is compared as far as it goes, or an error without its key", () => {
  fc.assert(
    fc.property(brokenText, (text) => {
      expect(outcomeOf(text) ?? "").not.toContain("Canary");
    }),
    { seed, numRuns: 2_000 },
  );
});

it("any text: is compared as far as it goes, or an error", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      outcomeOf(text);
      outcomeOf(`connections {${text}`);
      outcomeOf(`conn a\n  ${text}`);
      readPeerLog(text, cloud);
    }),
    { seed, numRuns: 500 },
  );
});
