import type {
  Report,
  ReportedObject,
  ReportedResource,
  Tunnel,
} from "../../../provider/drift/report";

/** Network endpoints of two clouds. */
export const OSAKA = "https://network.osaka.example:9696";
export const EAST = "https://networking.east.example/v2.0";

const TAKEN_AT = "2026-03-02T09:15:00.000Z";
/** Ids of the VPN services of {@link OSAKA} and {@link EAST}. */
export const SERVICE = "41bfef97-af4e-4f6b-a5d3-4678859d2485";
export const EAST_SERVICE = "0b4bd9ec-5d4c-4f2f-9a53-0d1c6a1a0b77";

/** A report of one stack and one cloud without resources, with those changes. */
export function reportWith(over: Partial<Report> = {}): Report {
  return {
    takenAt: TAKEN_AT,
    seconds: 1.2,
    stacks: [{ name: "prod", project: "offices", resources: 0, secretsRead: true }],
    clouds: [{ endpoint: OSAKA, names: ["osaka"], lists: {}, gets: 0 }],
    resources: [],
    unmanaged: [],
    tunnels: [],
    notes: [],
    problems: [],
    ...over,
  };
}

/** A connection in step in the cloud Osaka, with those changes; its URN follows name and type. */
export function resource(over: Partial<ReportedResource> = {}): ReportedResource {
  const { name = "office", kind = "IpsecSiteConnection", stack = "prod" } = over;
  return {
    stack,
    urn: `urn:pulumi:${stack}::${stack === "prod" ? "offices" : stack}::pulumi-nodejs:dynamic/vpnaas:${kind}::${name}`,
    name,
    kind,
    id: "f7cf7305-f491-45f4-ad9c-8e7240fe3d72",
    cloudName: `${name}-1a2b3c4`,
    endpoint: OSAKA,
    verdict: "inStep",
    differences: [],
    notCompared: [],
    ...over,
  };
}

/** A tunnel that is ACTIVE and in step in the cloud Osaka, with those changes. */
export function tunnel(over: Partial<Tunnel> = {}): Tunnel {
  return {
    id: "f7cf7305-f491-45f4-ad9c-8e7240fe3d72",
    name: "office",
    status: "ACTIVE",
    adminStateUp: true,
    verdict: "inStep",
    endpoint: OSAKA,
    serviceId: SERVICE,
    serviceName: "headquarters",
    localAddress: "198.51.100.10",
    localSubnets: ["6c1d3e0a-9a5c-4c55-8f2b-2f0c4c7f1a01"],
    peerAddress: "203.0.113.7",
    peerCidrs: ["10.2.0.0/24"],
    ...over,
  };
}

/** A connection of the cloud Osaka that no stack records, with those changes. */
export function unmanaged(over: Partial<ReportedObject> = {}): ReportedObject {
  return {
    kind: "IpsecSiteConnection",
    id: "c0ffee00-52aa-4f0c-8f43-6d5d1a3f9b11",
    name: "by-hand",
    endpoint: OSAKA,
    ...over,
  };
}
