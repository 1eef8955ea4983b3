import { idOf } from "./topology";
import type { NetworkEndpoint } from "./types";

interface CatalogEndpoint {
  id: string;
  interface: string;
  region_id: string;
  region: string;
  url: string;
  name?: string;
}

/** A service in the catalog of a token. */
interface CatalogService {
  id: string;
  type: string;
  name: string;
  endpoints: CatalogEndpoint[];
}

function serviceOf(
  type: string,
  name: string,
  endpoints: readonly NetworkEndpoint[],
  root: string,
): CatalogService {
  const id = `${type} ${endpoints[0]?.name ?? ""}`;
  return {
    endpoints: endpoints.map((endpoint, index) => {
      const { region = "RegionOne", interface: side = "public", url = "/network" } = endpoint;
      return {
        id: idOf(`endpoint ${id} ${index}`),
        interface: side,
        region_id: region,
        url: url.startsWith("/") ? `${root}${url}` : url,
        region,
        ...(endpoint.name === undefined ? {} : { name: endpoint.name }),
      };
    }),
    id: idOf(`service ${id}`),
    type,
    name,
  };
}

/** One endpoint for each interface of `RegionOne`, as in most clouds. */
export const everyInterface = (url: string): NetworkEndpoint[] =>
  (["public", "internal", "admin"] as const).map((side) => ({ interface: side, url }));

/**
 * The catalog of a cloud: its identity API and these network endpoints. As in K5, endpoints with a name
 * belong to a separate service without a name.
 * @param root the URL that paths are appended to, such as `http://127.0.0.1:41234`
 */
export function catalogOf(root: string, network: readonly NetworkEndpoint[]): CatalogService[] {
  const names = [...new Set(network.map(({ name }) => name))];
  return [
    serviceOf("identity", "keystone", everyInterface("/identity/v3"), root),
    ...names.map((name) => {
      const endpoints = network.filter((endpoint) => endpoint.name === name);
      return serviceOf("network", name === undefined ? "neutron" : "", endpoints, root);
    }),
  ];
}
