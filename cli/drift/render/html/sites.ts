import type { Report, ReportedResource, Tunnel } from "../../../../provider/drift/report";
import { cloudTitle, grouped } from "../phrases";
import { resourceMarks, statusMark, VERDICTS, type Mark } from "./marks";

/** A VPN service with its tunnels. */
export interface Site {
  /** The id of its element in the page. */
  readonly anchor: string;
  readonly serviceId: string;
  readonly name: string;
  readonly address?: string;
  /** The ids of the subnets of all its tunnels. */
  readonly subnets: readonly string[];
  /** The marks of the service itself; empty if it is neither in a stack nor unmanaged. */
  readonly marks: readonly Mark[];
  readonly tunnels: readonly Tunnel[];
}

/** A cloud in the picture. */
export interface DrawnCloud {
  readonly title: string;
  /** Absent if the cloud is unknown. */
  readonly endpoint?: string;
  readonly sites: readonly Site[];
  /** Connections that are gone and therefore not among the tunnels. */
  readonly missing: readonly ReportedResource[];
}

/** Every cloud with a site or a missing connection, in the order of the report. */
export function cloudsOf(report: Report): DrawnCloud[] {
  const sites = sitesOf(report);
  const shown = new Set(report.tunnels.map(keyOf));
  const missing = report.resources.filter(
    (one) => one.kind === "IpsecSiteConnection" && one.verdict === "gone" && !shown.has(keyOf(one)),
  );
  const endpoints = new Set([
    ...report.clouds.map(({ endpoint }) => endpoint),
    ...sites.map(({ endpoint }) => endpoint),
    ...missing.map(({ endpoint }) => endpoint),
  ]);
  return [...endpoints]
    .map((endpoint) => ({
      title: cloudTitle(report, endpoint),
      ...(endpoint !== undefined && { endpoint }),
      sites: sites.filter((site) => site.endpoint === endpoint),
      missing: missing.filter((one) => one.endpoint === endpoint),
    }))
    .filter((cloud) => cloud.sites.length > 0 || cloud.missing.length > 0);
}

/** Identifies an object among those of all clouds. */
export function keyOf({ endpoint, id }: { endpoint?: string; id: string }): string {
  return JSON.stringify([endpoint, id]);
}

interface Service {
  readonly id: string;
  readonly endpoint: string;
  readonly name: string;
  readonly marks: readonly Mark[];
}

function sitesOf(report: Report): (Site & { endpoint: string })[] {
  const tunnels = grouped(report.tunnels, ({ endpoint, serviceId: id }) => keyOf({ endpoint, id }));
  return [...servicesOf(report).values()].map(({ id, endpoint, name, marks }, index) => {
    const own = tunnels.get(keyOf({ endpoint, id })) ?? [];
    const address = own.find(({ localAddress }) => localAddress)?.localAddress;
    return {
      anchor: `site-${index + 1}`,
      serviceId: id,
      endpoint,
      name: own.find(({ serviceName }) => serviceName)?.serviceName ?? (name || id.slice(0, 8)),
      ...(address !== undefined && { address }),
      subnets: [...new Set(own.flatMap(({ localSubnets }) => localSubnets))],
      marks,
      tunnels: own,
    };
  });
}

/** The services of stacks, unmanaged services, and services known only from a tunnel. */
function servicesOf(report: Report): Map<string, Service> {
  const services = new Map<string, Service>();
  const add = (service: Service) => {
    if (!services.has(keyOf(service))) services.set(keyOf(service), service);
  };
  for (const one of report.resources) {
    const { id, name, endpoint, kind } = one;
    if (kind !== "VpnService" || endpoint === undefined) continue;
    add({ id, endpoint, name, marks: resourceMarks(one) });
  }
  for (const { id, endpoint, name, kind, status } of report.unmanaged) {
    if (kind !== "VpnService") continue;
    const marks = [VERDICTS.unmanaged, ...(status === undefined ? [] : [statusMark(status)])];
    add({ id, endpoint, name, marks });
  }
  for (const { serviceId: id, endpoint } of report.tunnels) {
    add({ id, endpoint, name: "", marks: [] });
  }
  return services;
}
