import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { isPeerLog, readPeerLog } from "../../../provider/diagnose/logs/readLog";
import { diagnose } from "../../../provider/diagnose/diagnose";
import { settingsOf } from "../../../provider/diagnose/peerSettings";
import { mirror } from "../../../provider/tunnel/tunnelView";
import { aCloudEnd } from "../support/cloudEnds";
import { aTunnel } from "../support/tunnels";

const LOGS = path.join(__dirname, "..", "..", "fixtures", "peerLogs");

/** The lines of findings, as `property` or `property: cloud / peer`. */
function causesIn(text: string, address?: string): string[] {
  const view = aTunnel({ service: address === undefined ? {} : { externalV4Ip: address } });
  return readPeerLog(text, view).map(({ property, cloud, peer }) =>
    peer === undefined ? property : `${property}: ${cloud!} / ${peer}`,
  );
}

const read = (...names: string[]) => readFileSync(path.join(LOGS, ...names), "utf8");

/** The causes that each log names, by the name of its file. A log without an entry names none. */
const EXPECTED: Readonly<Record<string, Readonly<Record<string, string[]>>>> = {
  "strongswan/v1": {
    "a-narrower-network": ["peerCidrs: 10.2.0.0/24 / 10.2.0.0/25"],
    "another-PFS-group": ["ipsecPolicy.pfs: MODP_2048 / MODP_1536"],
    "another-address-of-the-cloud": ["connection"],
    "another-cipher-in-phase-1": ["ikePolicy.encryptionAlgorithm: AES_CBC_256 / AES_CBC_128"],
    "another-cipher-in-phase-2": ["ipsecPolicy.encryptionAlgorithm: AES_CBC_256 / AES_CBC_128"],
    "another-expected-identity": ["peerId"],
    "another-group-in-phase-1": ["ikePolicy.pfs: MODP_2048 / MODP_1536"],
    "another-identity-of-the-peer": ["peerId: address 198.51.100.2 / office.example.com"],
    "another-key": ["psk"],
    "another-version-of-IKE": ["connection"],
    "no-PFS": ["ipsecPolicy.pfs: MODP_2048 / none"],
    "no-connection": ["connection"],
    "other-networks": ["peerCidrs"],
  },
  "strongswan/v2": {
    "a-narrower-network": ["peerCidrs: 10.2.0.0/24 / 10.2.0.0/25"],
    "another-PFS-group": ["ipsecPolicy.pfs: MODP_2048 / MODP_1536"],
    "another-address-of-the-cloud": ["connection"],
    "another-cipher-in-phase-1": ["ikePolicy.encryptionAlgorithm: AES_CBC_256 / AES_CBC_128"],
    "another-cipher-in-phase-2": ["ipsecPolicy.encryptionAlgorithm: AES_CBC_256 / AES_CBC_128"],
    "another-expected-identity": ["peerId"],
    "another-group-in-phase-1": ["ikePolicy.pfs: MODP_2048 / MODP_1536"],
    "another-identity-of-the-peer": ["peerId"],
    "another-key": ["psk"],
    "another-version-of-IKE": ["connection"],
    "no-PFS": ["ipsecPolicy.pfs: MODP_2048 / none"],
    "no-connection": ["connection"],
    "other-networks": ["peerCidrs"],
  },
  "libreswan/v1": {
    "a-narrower-network": ["peerCidrs: 10.2.0.0/24 / 10.2.0.0/25"],
    "another-address-of-the-cloud": ["connection"],
    "another-cipher-in-phase-1": ["ikePolicy"],
    "another-cipher-in-phase-2": ["ipsecPolicy"],
    "another-expected-identity": ["peerId"],
    "another-group-in-phase-1": ["ikePolicy"],
    "another-identity-of-the-peer": ["peerId"],
    "another-key": ["psk"],
    "another-version-of-IKE": ["connection"],
    "no-connection": ["connection"],
    "other-networks": ["peerCidrs: 10.2.0.0/24 / 10.9.0.0/24"],
    dropped: ["ikePolicy.ikeVersion"],
  },
  "libreswan/v2": {
    "a-narrower-network": ["peerCidrs"],
    "a-wider-network": ["peerCidrs"],
    "another-address-of-the-cloud": ["connection"],
    "another-cipher-in-phase-1": ["ikePolicy"],
    "another-cipher-in-phase-2": ["ipsecPolicy"],
    "another-expected-identity": ["peerId"],
    "another-group-in-phase-1": ["ikePolicy"],
    "another-key": ["psk"],
    "another-version-of-IKE": ["connection"],
    "no-connection": ["connection"],
    "other-networks": ["peerCidrs"],
  },
};

describe.each(Object.keys(EXPECTED))("the log of %s", (folder) => {
  const names = readdirSync(path.join(LOGS, folder)).map((file) => path.parse(file).name);

  it.each(names)("%s: names this cause alone, or none", (name) => {
    const text = read(folder, `${name}.log`);
    expect(isPeerLog(text)).toBe(true);
    expect(causesIn(text)).toEqual(EXPECTED[folder]![name] ?? []);
  });
});

it("a log without a line about the cloud: no packet arrives", () => {
  const text = read("strongswan", "v2", "right.log");
  expect(causesIn(text, "203.0.113.7")).toEqual(["status"]);
  expect(causesIn("")).toEqual(["status"]);
});

it("a tunnel that came up after a cause: the cause is past", () => {
  const [before, after] = [
    read("strongswan", "v2", "another-key.log"),
    read("strongswan", "v2", "right.log"),
  ];
  expect(causesIn(before + after)).toEqual([]);
  expect(causesIn(after + before)).toEqual(["psk"]);
});

it("causes of another address in the same log: do not count", () => {
  const other = read("strongswan", "v2", "another-key.log").replaceAll(
    "203.0.113.59",
    "203.0.113.7",
  );
  expect(causesIn(other + read("strongswan", "v2", "right.log"))).toEqual([]);
});

it("a log with the heads of a journal: is read", () => {
  const text = read("strongswan", "v2", "another-PFS-group.log").replace(
    /^/gm,
    "Nov 29 12:54:40 office charon[812]: ",
  );
  expect(causesIn(text)).toEqual(["ipsecPolicy.pfs: MODP_2048 / MODP_1536"]);
});

it("another text: is not the log of a peer", () => {
  expect(isPeerLog("Nov 29 12:54:40 office sshd[812]: Accepted publickey\n")).toBe(false);
});

describe("a diagnosis with a log", () => {
  const cause = { verdict: "problem", property: "ipsecPolicy", text: "Refused." } as const;

  it("has the causes of the log as problems", () => {
    expect(diagnose(aCloudEnd(), { log: [cause] }).findings).toContainEqual(cause);
  });

  it("leaves out a cause that the comparison names with both values", () => {
    const settings = [settingsOf(mirror(aTunnel({ ipsecPolicy: { pfs: "group5" } })))];
    const { findings } = diagnose(aCloudEnd(), { settings, log: [cause] });
    expect(findings.filter(({ verdict }) => verdict === "problem")).toEqual([
      expect.objectContaining({ property: "ipsecPolicy.pfs", peer: "group5" }),
    ]);
  });

  it("reports a log without a cause", () => {
    const { findings } = diagnose(aCloudEnd(), { log: [] });
    expect(findings.at(-1)).toMatchObject({ verdict: "ok", property: "log" });
  });

  it("asks for another log if the tunnel is ACTIVE and no packet arrives by this one", () => {
    const end = aCloudEnd({ connection: { status: "ACTIVE" } });
    const { findings } = diagnose(end, { log: readPeerLog("", aTunnel()) });
    expect(findings.map(({ verdict }) => verdict)).toEqual(["open", "open"]);
  });
});
