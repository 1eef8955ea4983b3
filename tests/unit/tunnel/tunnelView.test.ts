import fc from "fast-check";

import { mirror } from "../../../provider/tunnel/tunnelView";
import { partOf, tunnelViewOf } from "../../../provider/tunnel/viewOf";
import type { WireObject } from "../../../provider/values";
import { aTunnel, tunnelParts } from "../support/tunnels";

const network = fc.tuple(fc.nat(255), fc.nat(255)).map(([a, b]) => `10.${a}.${b}.0/24`);

it("mirror: the mirror of a mirror is the view itself", () => {
  const views = fc
    .record({
      localNetworks: fc.array(network, { minLength: 1 }),
      peerId: fc.constantFrom("198.51.100.2", "office", "@o@example.com", "#6f66"),
      localId: fc.constantFrom("", "203.0.113.59", "cloud"),
      initiator: fc.constantFrom("bi-directional", "response-only"),
    })
    .map(({ localNetworks, ...connection }) => aTunnel({ connection, localNetworks }));
  fc.assert(fc.property(views, (view) => expect(mirror(mirror(view))).toEqual(view)));
});

it("mirror: exchanges the ends and keeps the proposals", () => {
  const view = aTunnel();
  expect(mirror(view)).toEqual({ ...view, local: view.remote, remote: view.local });
});

it("tunnelViewOf: inputs of a program, outputs of a state and objects of the cloud give one view", () => {
  const wire = (values: object) => ({ id: "an-id", ...values }) as unknown as WireObject;
  const lifetime = { units: "seconds", value: 3600 };
  const ofCloud = tunnelViewOf({
    localNetworks: ["10.10.0.0/24"],
    connection: partOf(
      "IpsecSiteConnection",
      wire({
        name: "office",
        peer_address: "198.51.100.2",
        peer_id: "198.51.100.2",
        peer_cidrs: ["10.2.0.0/24"],
        psk: "Canary0key",
        initiator: "bi-directional",
        dpd: { action: "hold", interval: 30, timeout: 120 },
        mtu: 1500,
        local_id: "",
      }),
    ),
    service: partOf("VpnService", wire({ external_v4_ip: "203.0.113.59" })),
    ikePolicy: partOf(
      "IkePolicy",
      wire({
        auth_algorithm: "sha256",
        encryption_algorithm: "aes-256",
        ike_version: "v2",
        phase1_negotiation_mode: "main",
        pfs: "group14",
        lifetime,
      }),
    ),
    ipsecPolicy: partOf(
      "IpsecPolicy",
      wire({
        auth_algorithm: "sha256",
        encryption_algorithm: "aes-256",
        encapsulation_mode: "tunnel",
        transform_protocol: "esp",
        pfs: "group14",
        lifetime,
      }),
    ),
  });
  expect(ofCloud).toEqual(aTunnel());
});

it("tunnelViewOf: uses the address of the service that has the peer's IP version", () => {
  const { local } = aTunnel({ connection: { peerAddress: "2001:db8::2", peerId: "2001:db8::2" } });
  expect(local.address).toBe("2001:db8::59");
  expect(local.identity).toEqual({ type: "address", value: "2001:db8::59" });
});

it("tunnelViewOf: uses the address that a host name was resolved to", () => {
  const connection = { peerAddress: "office.example.com", resolvedPeerAddress: "198.51.100.9" };
  expect(aTunnel({ connection }).remote.address).toBe("198.51.100.9");
});

it("tunnelViewOf: sorts networks and masks their host bits", () => {
  const { local, remote } = aTunnel({
    connection: { peerCidrs: ["10.3.0.9/24", "10.2.0.0/24"] },
    localNetworks: ["10.12.0.0/24", "10.11.0.0/24"],
  });
  expect(remote.networks).toEqual(["10.2.0.0/24", "10.3.0.0/24"]);
  expect(local.networks).toEqual(["10.11.0.0/24", "10.12.0.0/24"]);
});

it("tunnelViewOf: prefers the endpoints of the peer's group", () => {
  const view = aTunnel({ connection: { peerCidrs: undefined }, peerEndpoints: ["10.9.0.0/16"] });
  expect(view.remote.networks).toEqual(["10.9.0.0/16"]);
});

it("tunnelViewOf: a given address of the cloud is also its identity", () => {
  const { local } = aTunnel(
    { service: { externalV4Ip: undefined } },
    { cloudAddress: "192.0.2.7" },
  );
  expect([local.address, local.identity.value]).toEqual(["192.0.2.7", "192.0.2.7"]);
});

it("tunnelViewOf: a peer at any address has no address", () => {
  expect(aTunnel({}, { peerAddress: "any" }).remote.address).toBeUndefined();
});

it("tunnelViewOf: refuses a service without an address, and names the option", () => {
  const parts = tunnelParts({ service: { externalV4Ip: undefined } });
  expect(() => tunnelViewOf(parts)).toThrow(/--cloud-address/);
});
