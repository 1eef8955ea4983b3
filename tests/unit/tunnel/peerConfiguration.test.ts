import { peerConfigurationOf } from "../../../provider/tunnel/peerConfiguration";
import { formatNames } from "../../../provider/tunnel/formats";
import { pskFingerprint } from "../../../provider/tunnel/pskFingerprint";
import { aTunnel } from "../support/tunnels";

const PSK = "Canary0key";
const BASE64 = Buffer.from(PSK).toString("base64");
const WITHOUT_KEY = ["ipsec.conf", "libreswan", "pulumi"];

it.each(formatNames)("%s has the key only if it is to be shown", (format) => {
  const text = (how?: "hidden" | "none") =>
    peerConfigurationOf(aTunnel(), format, how, "port1").text;
  const hasKey = (one: string) => one.includes(PSK) || one.includes(BASE64);
  expect(hasKey(text())).toBe(!WITHOUT_KEY.includes(format));
  expect([text("hidden"), text("none")].map(hasKey)).toEqual([false, false]);
  expect(text("hidden").includes("<psk>")).toBe(!WITHOUT_KEY.includes(format));
  expect(text("none")).not.toContain("<psk>");
});

it("the head names the author, the connection, the fingerprint and weak values", () => {
  const view = aTunnel({ ikePolicy: { pfs: "group5" } });
  const { text, notes, pskFingerprint: fingerprint } = peerConfigurationOf(view, "swanctl");
  const head = text.split("\n").filter((line) => line.startsWith("# "));
  expect(head[0]).toMatch(/^# Written by pulumi-vpnaas peer: .* office, for swanctl\.conf\.$/);
  expect(head).toContain(`# psk fingerprint ${fingerprint}`);
  expect(notes).toEqual([
    "ikePolicy.pfs group5: Group 5 (1536 bits) is weak. Use group14 or better.",
  ]);
  expect(head.at(-1)).toBe(`# Note: ${notes[0]}`);
});

it("a fingerprint is the same for the same key and differs for another one", () => {
  expect(pskFingerprint(PSK)).toMatch(/^[0-9a-f]{8}$/);
  expect(pskFingerprint(PSK)).toBe(pskFingerprint(PSK));
  expect(pskFingerprint(PSK)).not.toBe(pskFingerprint(`${PSK}2`));
});

it("a tunnel with an unknown key has neither a fingerprint nor a key", () => {
  const view = { ...aTunnel(), psk: undefined };
  const { text, pskFingerprint: fingerprint } = peerConfigurationOf(view, "swanctl");
  expect(fingerprint).toBeUndefined();
  expect(text).not.toContain("secrets");
});

it.each([
  { name: "office\nmalicious" },
  { peerId: "office\nmalicious" },
  { peerCidrs: ["10.2.0.0/24\nmalicious"] },
])("a control character in %j is refused, since it could begin a line", (connection) => {
  expect(() => peerConfigurationOf(aTunnel({ connection }), "swanctl")).toThrow(
    /control character/,
  );
});

it.each([
  ["Zürich 1.example", "Z-rich-1-example"],
  ["-7-branch", "branch"],
  ["***", "tunnel-2458"],
  ["x".repeat(70), `${"x".repeat(55)}-4969`],
])("a connection named %j is called %s", (name, label) => {
  const { text } = peerConfigurationOf(aTunnel({ connection: { name } }), "ipsec.conf");
  expect(text).toContain(`\nconn ${label}\n`);
});

it("notes AEAD in phase 1 of IKE v1", () => {
  const view = aTunnel({ ikePolicy: { ikeVersion: "v1", encryptionAlgorithm: "aes-256-gcm-16" } });
  expect(peerConfigurationOf(view, "swanctl").notes).toEqual([expect.stringMatching(/RFC 5282/)]);
});

it("notes the option that aggressive mode needs", () => {
  const view = aTunnel({ ikePolicy: { ikeVersion: "v1", phase1NegotiationMode: "aggressive" } });
  expect(peerConfigurationOf(view, "swanctl").text).toContain("aggressive = yes");
  expect(peerConfigurationOf(view, "swanctl").notes[0]).toMatch(/i_dont_care_about_security/);
});

it.each([
  [
    { localNetworks: ["10.2.0.0/16"] },
    "The networks 10.2.0.0/16 and 10.2.0.0/24 of both ends overlap.",
  ],
  [
    { connection: { peerCidrs: ["198.51.100.0/24"] } },
    "The network 198.51.100.0/24 of the peer contains the address of its gateway.",
  ],
])("notes the networks of %j", (over, note) => {
  expect(peerConfigurationOf(aTunnel(over), "swanctl").notes).toEqual([note]);
});
