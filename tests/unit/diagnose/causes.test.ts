import { diagnose, type Diagnosis } from "../../../provider/diagnose/diagnose";
import type { Finding } from "../../../provider/diagnose/finding";
import { readPeerFiles } from "../../../provider/diagnose/readers";
import type { FormatName } from "../../../provider/tunnel/formats";
import { peerConfigurationOf } from "../../../provider/tunnel/peerConfiguration";
import { causesFor } from "../support/causes";
import { aCloudEnd } from "../support/cloudEnds";
import { aTunnel, type TunnelParameters } from "../support/tunnels";

const FORMATS: readonly FormatName[] = ["json", "swanctl", "ipsec.conf", "libreswan", "vyos"];

/** The files with which `peer` configures the peer of a tunnel. */
function filesOf(tunnel: TunnelParameters, format: FormatName): string[] {
  const names = ["ipsec.conf", "libreswan"].includes(format)
    ? [format, "ipsec.secrets" as const]
    : [format];
  return names.map((one) => peerConfigurationOf(aTunnel(tunnel), one).text);
}

function diagnosisOf(
  ikeVersion: string,
  texts: readonly string[],
  connection: TunnelParameters["connection"] = {},
): Diagnosis {
  const end = aCloudEnd({ ikePolicy: { ikeVersion }, connection });
  const files = texts.map((text, i) => ({ name: `file${i}`, text }));
  return diagnose(end, { settings: readPeerFiles(files, "203.0.113.59") });
}

/** libreswan's option for IKE v1 is missing in an export, since `config setup` is elsewhere. */
const isAboutV1Option = ({ text }: Finding) => text.includes("ikev1-policy=accept");

const problemsOf = ({ findings }: Diagnosis): Finding[] =>
  findings.filter(({ verdict }) => verdict === "problem");

describe.each(["v1", "v2"] as const)("IKE %s", (version) => {
  describe.each(FORMATS)("a peer configured by %s", (format) => {
    it.each(causesFor(version))(
      "$title: the only difference, with both values",
      ({ title, peer, property, verdict, values: [cloud, other] }) => {
        // libreswan accepts only equal networks: tests/fixtures/peerLogs/libreswan/v2.
        const isExact = format === "libreswan" && title === "a wider network";
        // A fingerprint is slow by design, so only the cause of the key has keys.
        const connection = { psk: "", ...peer.connection };
        const files = filesOf({ ...peer, connection }, format);
        const findings = diagnosisOf(version, files).findings.filter(
          (one) => !isAboutV1Option(one),
        );
        const differences = findings.filter(
          ({ verdict: found, property: name }) =>
            !["ok", "open"].includes(found) && name !== "status",
        );
        expect(differences).toEqual([
          expect.objectContaining({
            verdict: isExact ? "problem" : verdict,
            property,
            cloud: expect.stringMatching(cloud),
            peer: expect.stringMatching(other),
          }),
        ]);
      },
    );

    it("a right one has no difference, and no problem once it is ACTIVE", () => {
      const files = filesOf({ ikePolicy: { ikeVersion: version } }, format);
      const all = diagnosisOf(version, files, { status: "ACTIVE" }).findings;
      const findings = all.filter((one) => !isAboutV1Option(one));
      expect([...new Set(findings.map(({ verdict }) => verdict))]).toEqual(["ok"]);
    });
  });

  it("no PFS at the peer: a problem that an ACTIVE tunnel has as well", () => {
    const [text] = filesOf({ ikePolicy: { ikeVersion: version } }, "swanctl");
    const without = text!.replace(/(esp_proposals = \S+)-modp2048/, "$1");
    const found = problemsOf(diagnosisOf(version, [without], { status: "ACTIVE" }));
    expect(found).toEqual([
      expect.objectContaining({ property: "ipsecPolicy.pfs", cloud: "group14", peer: "none" }),
    ]);
    expect(found[0]!.text).toMatch(
      version === "v2" ? /goes down at the first rekey, within 3600 s/ : /refuses phase 2/,
    );
  });

  it("no connection at the peer: a problem with the command that prints one", () => {
    const found = problemsOf(diagnosisOf(version, ["connections {\n}\n"]));
    expect(found).toEqual([
      expect.objectContaining({
        text: "The peer's configuration has no connection.",
        cure: expect.stringContaining("pulumi-vpnaas peer"),
      }),
    ]);
  });

  it("packets that do not arrive: both configurations agree, and the next step is named", () => {
    const files = filesOf({ ikePolicy: { ikeVersion: version } }, "swanctl");
    const found = problemsOf(diagnosisOf(version, files));
    expect(found).toEqual([
      expect.objectContaining({
        property: "status",
        cloud: "DOWN",
        cure: expect.stringMatching(/UDP 500/),
      }),
    ]);
    expect(found[0]!.text).toMatch(/configurations agree, so packets do not arrive/);
  });
});

it("the connection of the file that differs least is compared", () => {
  const other = aTunnel({
    connection: { name: "cellar", peerId: "x" },
    service: { externalV4Ip: "203.0.113.8" },
  });
  const texts = [
    ...filesOf({ ikePolicy: { pfs: "group5" } }, "swanctl"),
    peerConfigurationOf(other, "swanctl").text,
  ];
  const found = diagnosisOf("v2", texts.reverse());
  expect(found.comparedWith).toBe("connection office of the peer's configuration");
  expect(problemsOf(found).map(({ property }) => property)).toEqual(["ikePolicy.pfs"]);
});

it("neither key is in a diagnosis", () => {
  const files = filesOf({ connection: { psk: "Canary1key", name: "Canary1key" } }, "swanctl");
  expect(JSON.stringify(diagnosisOf("v2", files))).not.toMatch(/Canary/);
});

it("the next key of the PreSharedKey at the peer: the step that completes the rotation is named", () => {
  const [text] = filesOf({ connection: { psk: "Next0key" } }, "swanctl");
  const settings = readPeerFiles([{ name: "a", text: text! }], "203.0.113.59");
  const found = diagnose(aCloudEnd({ ikePolicy: { ikeVersion: "v2" } }), {
    settings,
    nextPsk: "Next0key",
  });
  expect(problemsOf(found)).toEqual([
    expect.objectContaining({
      property: "psk",
      text: expect.stringContaining("has the next key of the PreSharedKey already"),
      cure: expect.stringContaining("pulumi up"),
    }),
  ]);
});

it("keys that differ in whitespace at an end: the whitespace is named", () => {
  const [text] = filesOf({ connection: { psk: "Canary0key\n" } }, "swanctl");
  expect(problemsOf(diagnosisOf("v2", [text!]))[0]!.text).toMatch(/differ in whitespace/);
});

it.each([
  ["IKE v1 without the option of libreswan", "v1", "", 1],
  ["IKE v1 with the option of libreswan", "v1", "config setup\n  ikev1-policy=accept\n", 0],
  ["IKE v2 without the option of libreswan", "v2", "", 0],
] as const)("%s: is noted only if packets may be dropped", (_title, ikeVersion, head, count) => {
  const [text] = filesOf({ ikePolicy: { ikeVersion } }, "libreswan");
  const { findings } = diagnosisOf(ikeVersion, [head + text!]);
  expect(findings.filter(isAboutV1Option)).toHaveLength(count);
});

it("a peer behind a NAT that presents its own address: its identity is the problem, not its address", () => {
  const text = "conn office\n  keyexchange=ikev2\n  left=192.168.7.2\n  right=203.0.113.59\n";
  const { findings } = diagnosisOf("v2", [text]);
  expect(findings).toContainEqual(
    expect.objectContaining({ verdict: "note", property: "peerAddress", peer: "192.168.7.2" }),
  );
  expect(findings).toContainEqual(
    expect.objectContaining({
      verdict: "problem",
      property: "peerId",
      cloud: "address 198.51.100.2",
      peer: "address 192.168.7.2",
    }),
  );
});
