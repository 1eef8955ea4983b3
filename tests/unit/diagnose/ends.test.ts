import { diagnose } from "../../../provider/diagnose/diagnose";
import { aCloudEnd } from "../support/cloudEnds";

type Over = Parameters<typeof aCloudEnd>[0];

/** The findings without a comparison, as `verdict property: text cure`. */
function linesOf(over: Over = {}): string[] {
  return diagnose(aCloudEnd(over)).findings.map(
    ({ verdict, property, text, cure }) => `${verdict} ${property}: ${text} ${cure ?? ""}`,
  );
}

it("a tunnel that is DOWN without a visible reason: names the options that show more", () => {
  expect(linesOf()).toEqual([
    expect.stringMatching(/^problem status: The API shows no reason for it\. .*--peer-config FILE/),
  ]);
});

it("an ACTIVE tunnel: the peer is an open question", () => {
  expect(linesOf({ connection: { status: "ACTIVE" } })).toEqual([
    expect.stringMatching(/^open status: The peer was not compared; an ACTIVE tunnel may go down/),
  ]);
});

it.each<[string, Over, RegExp]>([
  [
    "a connection that is switched off",
    { connection: { adminStateUp: false } },
    /^problem adminStateUp: The connection is switched off.* Set adminStateUp to true/,
  ],
  [
    "a service that is switched off",
    { service: { adminStateUp: false } },
    /^problem vpnService\.adminStateUp: The VPN service is switched off/,
  ],
  [
    "a router that is switched off",
    { router: { admin_state_up: false } },
    /^problem router\.admin_state_up: The router is switched off/,
  ],
  [
    "a connection in ERROR",
    { connection: { status: "ERROR" } },
    /^problem status: The VPN agent failed/,
  ],
  [
    "a connection that stays pending",
    { connection: { status: "PENDING_CREATE" } },
    /^problem status: .*no agent serves the router/,
  ],
  [
    "a name at the cloud's end and an address at the peer's",
    { connection: { localId: "cloud", peerId: "198.51.100.2" } },
    /^problem peerId: peerId is an address and localId is not, so Neutron treats both as names/,
  ],
  [
    "the peer's own address in its networks",
    { connection: { peerCidrs: ["198.51.100.0/24"] } },
    /^problem peerCidrs: The network 198\.51\.100\.0\/24 of the peer contains/,
  ],
  [
    "an AEAD cipher in IKE v1",
    { ikePolicy: { ikeVersion: "v1", encryptionAlgorithm: "aes-256-gcm-16" } },
    /^problem ikePolicy\.encryptionAlgorithm: IKE v1 defines no AEAD cipher/,
  ],
  [
    "an identity other than the peer's address",
    { connection: { peerId: "198.51.100.7" } },
    /^note peerId: .*behind a NAT: the peer has to present 198\.51\.100\.7 itself/,
  ],
  [
    "a private address of the cloud",
    { service: { externalV4Ip: "10.0.0.5" } },
    /^note vpnService: The external address of the cloud's end is private/,
  ],
  [
    "a private address of the peer",
    { connection: { peerAddress: "192.168.7.1", peerId: "192.168.7.1" } },
    /^note peerAddress: The address of the peer is private/,
  ],
  [
    "an algorithm that libreswan lacks",
    { ikePolicy: { pfs: "group24" } },
    /^note ikePolicy\.pfs: libreswan lacks this value.* Use group14\.$/,
  ],
  [
    "an end that only answers",
    { connection: { initiator: "response-only" } },
    /^note initiator: Only the peer opens the tunnel/,
  ],
])("%s: is named", (_title, over, line) => {
  expect(linesOf(over).filter((one) => line.test(one))).toHaveLength(1);
});

it.each<[string, Over]>([
  ["an identity of another type", { connection: { localId: "cloud" } }],
  [
    "an AEAD cipher in IKE v1",
    { ikePolicy: { ikeVersion: "v1", encryptionAlgorithm: "aes-256-gcm-16" } },
  ],
  [
    "a DPD action that stock agents cannot parse",
    {
      preflight: [
        {
          severity: "warning",
          cause: "dpd.action disabled",
          path: "dpd.action",
          reason: "disabled",
        },
      ],
    },
  ],
])("%s: is a note while the tunnel is ACTIVE", (_title, over) => {
  const verdicts = (status: string) =>
    diagnose(aCloudEnd({ ...over, connection: { ...over!.connection, status } })).findings.map(
      ({ verdict }) => verdict,
    );
  expect(verdicts("DOWN")).toContain("problem");
  expect(verdicts("ACTIVE")).toEqual(["note", "open"]);
});

it("a finding of the preflight that found no answer is an open question", () => {
  const preflight = [
    { severity: "open", cause: "routers", path: "routerId", reason: "the routers cannot be read." },
  ] as const;
  expect(linesOf({ preflight })).toContainEqual(
    expect.stringMatching(/^open routerId: The routers cannot be read\./),
  );
});

it("an unknown address of the cloud: names the option that gives it", () => {
  const end = { ...aCloudEnd(), view: undefined, viewProblem: "Give it (--cloud-address)." };
  expect(diagnose(end).findings).toContainEqual(
    expect.objectContaining({ verdict: "open", text: "Give it (--cloud-address)." }),
  );
});
