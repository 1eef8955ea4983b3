import type { CloudEnd } from "../../../provider/diagnose/cloudEnd";
import { diagnose, type Diagnosis } from "../../../provider/diagnose/diagnose";
import { aCloudEnd } from "../support/cloudEnds";
import type { TunnelParameters } from "../support/tunnels";

/** The same tunnel from its other end, with changes. */
function oppositeEnd(over: TunnelParameters = {}): CloudEnd {
  const end = aCloudEnd({
    localNetworks: ["10.2.0.0/24"],
    ...over,
    service: { externalV4Ip: "198.51.100.2" },
    connection: {
      name: "west",
      peerAddress: "203.0.113.59",
      peerId: "203.0.113.59",
      peerCidrs: ["10.10.0.0/24"],
      ...over.connection,
    },
  });
  return { ...end, id: "c-2" };
}

function diagnosisOf(...ends: CloudEnd[]): Diagnosis {
  return diagnose(aCloudEnd(), { cloudPeer: { service: "VpnService west (s-2)", ends } });
}

const problemsOf = ({ findings }: Diagnosis) =>
  findings
    .filter(({ verdict }) => verdict === "problem")
    .map(({ property, text }) => [property, text]);

it("both ends in clouds that agree: nothing but the status remains", () => {
  const found = diagnosisOf(oppositeEnd());
  expect(found.comparedWith).toBe("connection west (c-2) of VpnService west (s-2)");
  expect(problemsOf(found).map(([property]) => property)).toEqual(["status"]);
});

it("both ends in clouds with different keys: the keys differ", () => {
  const found = problemsOf(diagnosisOf(oppositeEnd({ connection: { psk: "Other0key" } })));
  expect(found).toEqual([["psk", expect.stringContaining("The keys differ")]]);
});

it("a peer in a cloud that is switched off: is named as the peer's", () => {
  const found = problemsOf(diagnosisOf(oppositeEnd({ connection: { adminStateUp: false } })));
  expect(found).toEqual([
    ["adminStateUp", expect.stringMatching(/^At the peer: The connection is switched off/)],
  ]);
});

it("a peer in a cloud with a name beside an address: the types of the identities differ", () => {
  const found = diagnosisOf(oppositeEnd({ connection: { localId: "west" } }));
  expect(found.findings.filter(({ verdict }) => verdict === "problem")).toEqual([
    expect.objectContaining({
      property: "peerId",
      cloud: "address 198.51.100.2",
      peer: "name (FQDN) west",
    }),
    expect.objectContaining({
      property: "localId",
      cloud: "address 203.0.113.59",
      peer: "name (FQDN) 203.0.113.59",
      text: expect.stringContaining("The types differ"),
    }),
  ]);
});

it("a VPN service with the peer's address and no connection back: is the problem", () => {
  expect(problemsOf(diagnosisOf())).toEqual([
    [
      "peerAddress",
      expect.stringContaining("VpnService west (s-2), which has no connection to 203.0.113.59"),
    ],
  ]);
});
