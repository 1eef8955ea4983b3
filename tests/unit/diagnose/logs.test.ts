import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { isPeerLog, readPeerLog } from "../../../provider/diagnose/logs/readLog";
import { diagnose } from "../../../provider/diagnose/diagnose";
import { settingsOf } from "../../../provider/diagnose/peerSettings";
import { mirror } from "../../../provider/tunnel/tunnelView";
import { aCloudEnd } from "../support/cloudEnds";
import { LOGGED_CAUSES } from "../support/loggedCauses";
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

describe.each(Object.keys(LOGGED_CAUSES))("the log of %s", (folder) => {
  const names = readdirSync(path.join(LOGS, folder)).map((file) => path.parse(file).name);

  it.each(names)("%s: names this cause alone, or none", (name) => {
    const text = read(folder, `${name}.log`);
    expect(isPeerLog(text)).toBe(true);
    expect(causesIn(text)).toEqual(LOGGED_CAUSES[folder]![name] ?? []);
  });
});

const BEGIN = "12[IKE] initiating Main Mode IKE_SA office[8] to 203.0.113.59\n";
const ESTABLISHED =
  "01[IKE] IKE_SA office[8] established between 198.51.100.2[198.51.100.2]...203.0.113.59[203.0.113.59]\n";
const REFUSED = "02[IKE] received NO_PROPOSAL_CHOSEN error notify\n";

// Lines of a strongSwan 5.9.8 that opens the tunnel.
it.each([
  ["NO_PROPOSAL_CHOSEN before phase 1 is up", BEGIN + REFUSED, "ikePolicy"],
  ["NO_PROPOSAL_CHOSEN in phase 2", BEGIN + ESTABLISHED + REFUSED, "ipsecPolicy"],
  ["NO_PROPOSAL_CHOSEN in a later phase 1", ESTABLISHED + BEGIN + REFUSED, "ikePolicy"],
  [
    "NO_PROPOSAL_CHOSEN in phase 2 of IKE v2",
    `${ESTABLISHED}02[IKE] received NO_PROPOSAL_CHOSEN notify, no CHILD_SA built\n`,
    "ipsecPolicy",
  ],
  [
    "networks that the cloud refuses",
    `${ESTABLISHED}02[IKE] received INVALID_ID_INFORMATION error notify\n`,
    "peerCidrs",
  ],
  [
    "another expected identity",
    `${BEGIN}13[IKE] IDir '203.0.113.59' does not match to '203.0.113.60'\n`,
    "localId",
  ],
  [
    "an identity or a key that the cloud refuses",
    `${BEGIN}01[IKE] received AUTHENTICATION_FAILED error notify\n`,
    "authentication",
  ],
])("the log of a peer that opens the tunnel, %s: names the cause", (_title, text, cause) => {
  expect(causesIn(text)).toEqual([cause]);
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

it("causes of another connection in the same log of libreswan: do not count", () => {
  const other = read("libreswan", "v2", "another-key.log").replaceAll('"office"', '"cellar"');
  expect(causesIn(other + read("libreswan", "v2", "right.log"))).toEqual([]);
});

it("a negotiation that ends in a timeout: its cause is named, and not the timeout", () => {
  const text = read("libreswanOpening", "v1", "another-key.log");
  expect(text).toMatch(/timeout exceeded after \d+ retransmits/);
  expect(causesIn(text)).toEqual(["authentication"]);
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

  it.each([
    ["another-version-of-IKE", "ikePolicy.ikeVersion", { ikePolicy: { ikeVersion: "v1" } }],
    [
      "another-address-of-the-cloud",
      "vpnService.externalV4Ip",
      { service: { externalV4Ip: "203.0.113.99" } },
    ],
    ["another-expected-identity", "localId", { connection: { localId: "203.0.113.60" } }],
  ])("leaves out the class of %s, which the comparison names as %s", (file, property, peer) => {
    const settings = [settingsOf(mirror(aTunnel(peer)))];
    const log = readPeerLog(read("strongswan", "v2", `${file}.log`), aTunnel());
    const { findings } = diagnose(aCloudEnd(), { settings, log });
    expect(log).toHaveLength(1);
    expect(findings.filter(({ verdict }) => verdict === "problem")).toEqual([
      expect.objectContaining({ property }),
    ]);
  });

  it("keeps the cause of a log about another part of the tunnel than the difference", () => {
    const settings = [settingsOf(mirror(aTunnel({ ipsecPolicy: { pfs: "group5" } })))];
    const log = readPeerLog(read("strongswan", "v2", "another-key.log"), aTunnel());
    const { findings } = diagnose(aCloudEnd(), { settings, log });
    const problems = findings.filter(({ verdict }) => verdict === "problem");
    expect(problems.map(({ property }) => property)).toEqual(["ipsecPolicy.pfs", "psk"]);
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
