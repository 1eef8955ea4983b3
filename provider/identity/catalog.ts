import { ConfigurationError } from "../errors";

/** A service in Keystone's catalog, as far as it is used. */
export interface CatalogService {
  readonly type?: string;
  readonly name?: string;
  readonly endpoints?: readonly CatalogEndpoint[];
}

interface CatalogEndpoint {
  readonly interface?: string;
  readonly region?: string;
  readonly region_id?: string;
  readonly url?: string;
  /** K5 names endpoints: `networking`, and `networking-ex` for its own extensions. */
  readonly name?: string;
}

/** Which endpoint is wanted. */
export interface EndpointChoice {
  readonly region: string | undefined;
  /** `public`, `internal` or `admin`. */
  readonly interface: string;
}

/**
 * The URL of the network API, without version and slash at its end.
 * @throws ConfigurationError that lists what the catalog has, when nothing or too much fits.
 */
export function networkEndpoint(
  catalog: readonly CatalogService[],
  choice: EndpointChoice,
): string {
  const all = catalog
    .filter((service) => service.type === "network")
    .flatMap((service) => service.endpoints ?? [])
    .filter((endpoint) => endpoint.name === undefined || endpoint.name === "networking")
    .filter((endpoint) => endpoint.url !== undefined);
  const fitting = all.filter(
    (endpoint) =>
      (endpoint.interface ?? "public") === choice.interface &&
      (choice.region === undefined || regionOf(endpoint) === choice.region),
  );
  const urls = new Set(fitting.map((endpoint) => withoutVersion(endpoint.url!)));
  const [url] = urls;
  if (url !== undefined && urls.size === 1) return url;
  const wanted = `interface ${choice.interface}${choice.region === undefined ? "" : `, region ${choice.region}`}`;
  const there =
    all.map((one) => `${regionOf(one) ?? "no region"} (${one.interface ?? "public"})`).join(", ") ||
    "none";
  throw new ConfigurationError(
    url === undefined
      ? `The catalog has no network endpoint for ${wanted}. It has: ${there}. Set vpnaas:region (OS_REGION_NAME), vpnaas:interface (OS_INTERFACE) or vpnaas:endpoint.`
      : `The catalog has ${urls.size} network endpoints for ${wanted}: ${there}. Set vpnaas:region (OS_REGION_NAME).`,
  );
}

/** A network endpoint without `/v2.0` and slashes at its end, as the rest of the provider wants it. */
export function withoutVersion(url: string): string {
  return url.replace(/\/+$/, "").replace(/\/v2\.0$/, "");
}

function regionOf(endpoint: CatalogEndpoint): string | undefined {
  return endpoint.region ?? endpoint.region_id;
}
