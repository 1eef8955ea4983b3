import type { Report, ReportedResource } from "../../../provider/drift/report";
import {
  EAST,
  EAST_SERVICE,
  OSAKA,
  reportWith,
  resource,
  SERVICE,
  tunnel,
  unmanaged,
} from "./reportParts";

export * from "./reportParts";

const AT_EAST = {
  endpoint: EAST,
  serviceId: EAST_SERVICE,
  serviceName: "east",
  localAddress: "192.0.2.20",
  localSubnets: ["b5c0c9a4-3a1e-4c1d-9d0f-7a2f5b8e6c02"],
};

/**
 * A report with one finding of each sort, over two stacks and two clouds, and a third cloud without
 * a response.
 */
export const sample: Report = reportWith({
  seconds: 2.4,
  stacks: [
    { name: "prod", project: "offices", resources: 8, secretsRead: true },
    { name: "branches", project: "branches", resources: 5, secretsRead: false },
  ],
  clouds: [
    {
      endpoint: OSAKA,
      names: ["osaka"],
      projectId: "26de9cd6cae94c8cb9f79d660d628e1f",
      lists: {
        vpnservices: 1,
        ikepolicies: 1,
        ipsecpolicies: 1,
        "endpoint-groups": 1,
        "ipsec-site-connections": 2,
      },
      gets: 1,
    },
    {
      endpoint: EAST,
      names: ["east", "east-reader"],
      projectId: "9d7e0c55c1f5438fbc5b1f1c3a8f7a40",
      lists: { vpnservices: 1, "ipsec-site-connections": 1 },
      gets: 0,
    },
  ],
  resources: [
    resource({ name: "headquarters", kind: "VpnService", id: SERVICE, status: "ACTIVE" }),
    resource({ name: "strong", kind: "IkePolicy", id: "771f081c-5ec8-4f9a-b041-015dfb7fbbe2" }),
    resource({
      name: "esp",
      kind: "IpsecPolicy",
      id: "9958d4fe-3719-4e8c-84e7-9893895b76b4",
      verdict: "drifted",
      differences: [
        {
          property: "lifetime.value",
          declared: 7200,
          actual: 3600,
          hidden: false,
          because: "changed outside Pulumi, back to the default",
        },
      ],
      recordedAt: "2026-02-20T16:40:12.000Z",
      advice: "`pulumi up --refresh` writes it back.",
    }),
    resource({ status: "ACTIVE", recordedStatus: "ACTIVE" }),
    resource({
      name: "nagoya",
      id: "4b1f0d6e-7a0f-4b59-9f0b-5f3f4a0c2d33",
      verdict: "drifted",
      status: "ACTIVE",
      recordedStatus: "ACTIVE",
      differences: [
        {
          property: "peerCidrs",
          declared: ["10.2.0.0/24", "10.3.0.0/24"],
          actual: ["10.9.0.0/24"],
          hidden: false,
          because: "changed outside Pulumi",
        },
        { property: "psk", hidden: true, because: "changed outside Pulumi" },
      ],
      recordedAt: "2026-02-20T16:41:03.000Z",
      advice: "`pulumi up --refresh` writes it back.",
    }),
    resource({
      name: "warehouse",
      id: "8d2c6f4a-1b3e-4e0d-8a2a-0f6b7c9d4e44",
      verdict: "failed",
      status: "ERROR",
      recordedStatus: "ACTIVE",
      advice: "Its status is ERROR: ask the cloud's operator, or replace it.",
    }),
    resource({
      name: "kobe",
      id: "5a7e9c1b-2d4f-4a6b-9c8d-1e3f5a7b9c55",
      verdict: "gone",
      recordedStatus: "ACTIVE",
      recordedAt: "2026-02-11T08:00:00.000Z",
      advice: "`pulumi up --refresh` makes it anew.",
    }),
    resource({
      name: "factory",
      id: "2f4e6d8c-0a1b-4c3d-8e5f-7a9b1c3d5e66",
      status: "DOWN",
      recordedStatus: "ACTIVE",
    }),
    resource({
      stack: "branches",
      name: "east",
      kind: "VpnService",
      id: EAST_SERVICE,
      endpoint: EAST,
      status: "ACTIVE",
    }),
    resource({
      stack: "branches",
      name: "to-osaka",
      id: "6e8d0c2b-4f6a-4b8c-9d0e-2f4a6b8c0d77",
      endpoint: EAST,
      status: "ACTIVE",
      notCompared: ["psk"],
    }),
    resource({
      stack: "branches",
      name: "depot",
      id: "7f9e1d3c-5a7b-4c9d-8e1f-3a5b7c9d1e88",
      endpoint: EAST,
      status: "PENDING_UPDATE",
    }),
    resource({
      stack: "branches",
      name: "summer-house",
      id: "1a3b5c7d-9e0f-4a2b-8c4d-6e8f0a2b4c99",
      endpoint: EAST,
      status: "DOWN",
      recordedStatus: "DOWN",
    }),
    resource({
      stack: "branches",
      name: "bench",
      kind: "EndpointGroup",
      id: "3c5d7e9f-1a2b-4c4d-8e6f-8a0b2c4d6e00",
      cloudName: "",
      verdict: "notRead",
      advice: "Look at the login of the cloud lab: pulumi-vpnaas doctor --cloud lab.",
    }),
  ].map(withoutEndpointWhereNotRead),
  unmanaged: [
    unmanaged({ status: "DOWN" }),
    unmanaged({
      kind: "IkePolicy",
      id: "d15ea5e0-6b1c-4d2e-9f30-415263748596",
      name: "",
      endpoint: EAST,
    }),
  ],
  tunnels: [
    tunnel(),
    tunnel({
      id: "4b1f0d6e-7a0f-4b59-9f0b-5f3f4a0c2d33",
      name: "nagoya",
      verdict: "drifted",
      peerAddress: "203.0.113.21",
      peerCidrs: ["10.9.0.0/24"],
    }),
    tunnel({
      id: "8d2c6f4a-1b3e-4e0d-8a2a-0f6b7c9d4e44",
      name: "warehouse",
      status: "ERROR",
      verdict: "failed",
      peerAddress: "203.0.113.34",
      peerCidrs: ["10.4.0.0/24"],
    }),
    tunnel({
      id: "2f4e6d8c-0a1b-4c3d-8e5f-7a9b1c3d5e66",
      name: "factory",
      status: "DOWN",
      peerAddress: "203.0.113.55",
      peerCidrs: ["10.5.0.0/24", "10.5.1.0/24"],
    }),
    tunnel({
      id: "c0ffee00-52aa-4f0c-8f43-6d5d1a3f9b11",
      name: "by-hand",
      status: "DOWN",
      verdict: "unmanaged",
      peerAddress: "203.0.113.99",
      peerCidrs: [],
    }),
    tunnel({
      ...AT_EAST,
      id: "6e8d0c2b-4f6a-4b8c-9d0e-2f4a6b8c0d77",
      name: "to-osaka",
      peerAddress: "198.51.100.10",
      peerCidrs: ["10.1.0.0/16"],
    }),
    tunnel({
      ...AT_EAST,
      id: "7f9e1d3c-5a7b-4c9d-8e1f-3a5b7c9d1e88",
      name: "depot",
      status: "PENDING_UPDATE",
      peerAddress: "203.0.113.80",
      peerCidrs: ["10.8.0.0/24"],
    }),
    tunnel({
      ...AT_EAST,
      id: "1a3b5c7d-9e0f-4a2b-8c4d-6e8f0a2b4c99",
      name: "summer-house",
      status: "DOWN",
      adminStateUp: false,
      peerAddress: "203.0.113.90",
      peerCidrs: ["10.30.0.0/24"],
    }),
  ],
  notes: ["The psk of to-osaka could not be decrypted: it was not compared."],
  problems: ["The cloud lab did not answer: connect ECONNREFUSED 192.0.2.77:5000."],
  plan: [
    {
      method: "PUT",
      path: "/v2.0/vpn/ipsecpolicies/9958d4fe-3719-4e8c-84e7-9893895b76b4",
      body: { ipsecpolicy: { lifetime: { units: "seconds", value: 7200 } } },
      urn: resource({ name: "esp", kind: "IpsecPolicy" }).urn,
      name: "esp",
      endpoint: OSAKA,
      because: "differs: lifetime.value",
    },
    {
      method: "PUT",
      path: "/v2.0/vpn/ipsec-site-connections/4b1f0d6e-7a0f-4b59-9f0b-5f3f4a0c2d33",
      body: {
        ipsec_site_connection: { peer_cidrs: ["10.2.0.0/24", "10.3.0.0/24"], psk: "(hidden)" },
      },
      urn: resource({ name: "nagoya" }).urn,
      name: "nagoya",
      endpoint: OSAKA,
      because: "differs: peerCidrs, psk",
    },
    {
      method: "POST",
      path: "/v2.0/vpn/ipsec-site-connections",
      body: {
        ipsec_site_connection: {
          name: "kobe-1a2b3c4",
          vpnservice_id: SERVICE,
          peer_address: "203.0.113.44",
          psk: "(hidden)",
        },
      },
      urn: resource({ name: "kobe" }).urn,
      name: "kobe",
      endpoint: OSAKA,
      because: "gone",
    },
  ],
});

function withoutEndpointWhereNotRead({ endpoint, ...rest }: ReportedResource): ReportedResource {
  return rest.verdict === "notRead" || endpoint === undefined ? rest : { ...rest, endpoint };
}
