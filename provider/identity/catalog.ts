import { ConfigurationError } from "../errors";

/** A service in Keystone's catalog; unused members are omitted. */
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
  /** K5 names its endpoints: `networking`, and `networking-ex` for its own extensions. */
  readonly name?: string;
}

/** The criteria for an endpoint. */
export interface EndpointChoice {
  readonly region: string | undefined;
  /** `public`, `internal` or `admin`. */
  readonly interface: string;
  /** The name of the cloud in clouds.yaml that the login was read from, for advice. */
  readonly cloud?: string | undefined;
}

/**
 * The URL of the network API, without version and trailing slash.
 * @throws ConfigurationError that lists the catalog's endpoints if none or more than one matches
 */
export function networkEndpoint(
  catalog: readonly CatalogService[],
  choice: EndpointChoice,
): string {
  const all = networkEndpoints(catalog);
  const fitting = all.filter(
    (endpoint) =>
      (endpoint.interface ?? "public") === choice.interface &&
      (choice.region === undefined || regionOf(endpoint) === choice.region),
  );
  const urls = new Set(fitting.map((endpoint) => withoutVersion(endpoint.url!)));
  const [url] = urls;
  if (url !== undefined && urls.size === 1) return url;
  const criteria = `interface ${choice.interface}${choice.region === undefined ? "" : `, region ${choice.region}`}`;
  const available =
    all.map((one) => `${regionOf(one) ?? "no region"} (${one.interface ?? "public"})`).join(", ") ||
    "none";
  const { cloud } = choice;
  const region = cloud ? `region_name of clouds.${cloud}` : "vpnaas:region (OS_REGION_NAME)";
  const others = cloud
    ? "interface or network_endpoint_override"
    : "vpnaas:interface (OS_INTERFACE) or vpnaas:endpoint";
  throw new ConfigurationError(
    url === undefined
      ? `The catalog has no network endpoint for ${criteria}. It has: ${available}. Set ${region}, ${others}.`
      : `The catalog has ${urls.size} network endpoints for ${criteria}: ${available}. Set ${region}.`,
  );
}

/**
 * The endpoints of the type `network`. A K5 catalog may identify them only by the endpoint's name
 * or URL; `networking-ex`, K5's own extension, never counts.
 */
function networkEndpoints(catalog: readonly CatalogService[]): CatalogEndpoint[] {
  const endpoints = catalog
    .flatMap(({ type, endpoints = [] }) => endpoints.map((one) => ({ ...one, type })))
    .filter(({ name, url = "" }) => name !== "networking-ex" && url !== "");
  for (const isNetwork of [
    ({ type }) => type === "network",
    ({ name }) => name === "networking",
    ({ url }) => /^https?:\/\/networking\./.test(url ?? ""),
  ] satisfies ((one: (typeof endpoints)[number]) => boolean)[]) {
    const found = endpoints.filter(isNetwork);
    if (found.length > 0) return found;
  }
  return [];
}

/** A network endpoint without `/v2.0` and trailing slashes, the form that the provider uses. */
export function withoutVersion(url: string): string {
  return url.replace(/\/+$/, "").replace(/\/v2\.0$/, "");
}

function regionOf(endpoint: CatalogEndpoint): string | undefined {
  return endpoint.region ?? endpoint.region_id;
}
