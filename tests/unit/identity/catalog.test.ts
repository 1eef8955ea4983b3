import { ConfigurationError } from "../../../provider/errors";
import {
  networkEndpoint,
  withoutVersion,
  type CatalogService,
} from "../../../provider/identity/catalog";

const URL_1 = "https://network.one.example.org";
const URL_2 = "https://network.two.example.org";

type Endpoint = NonNullable<CatalogService["endpoints"]>[number];

function aCatalog(...endpoints: Endpoint[]): CatalogService[] {
  return [
    { type: "identity", endpoints: [{ interface: "public", url: "https://identity.example.org" }] },
    { type: "network", name: "neutron", endpoints },
  ];
}

const find = (catalog: CatalogService[], region?: string, at = "public") =>
  networkEndpoint(catalog, { region, interface: at });

const publicOne = { interface: "public", region: "one", region_id: "one", url: URL_1 };
const publicTwo = { interface: "public", region: "two", region_id: "two", url: URL_2 };

it("catalog: the only network endpoint is found without a region", () => {
  expect(find(aCatalog(publicOne))).toBe(URL_1);
});

it("catalog: the endpoint of a region is found", () => {
  expect(find(aCatalog(publicOne, publicTwo), "two")).toBe(URL_2);
});

it("catalog: a region is found by its id if it has no name", () => {
  expect(find(aCatalog({ interface: "public", region_id: "two", url: URL_2 }), "two")).toBe(URL_2);
});

it("catalog: the endpoint of an interface is found", () => {
  const internal = { ...publicOne, interface: "internal", url: URL_2 };
  expect(find(aCatalog(publicOne, internal), undefined, "internal")).toBe(URL_2);
});

it("catalog: an endpoint without an interface counts as public", () => {
  expect(find(aCatalog({ region: "one", url: URL_1 }), "one")).toBe(URL_1);
});

it("catalog: two endpoints with the same URL count as one", () => {
  expect(find(aCatalog(publicOne, { ...publicTwo, url: `${URL_1}/v2.0/` }))).toBe(URL_1);
});

it("catalog: K5's endpoint networking is found, and networking-ex never", () => {
  const networking = { region: "jp-east-1", name: "networking", url: URL_1 };
  const extension = { region: "jp-east-1", name: "networking-ex", url: URL_2 };
  expect(find(aCatalog(extension, networking), "jp-east-1")).toBe(URL_1);
  expect(() => find(aCatalog(extension), "jp-east-1")).toThrow(ConfigurationError);
});

it("catalog: K5's endpoint is found by its name if no service has the type", () => {
  const networking = { region: "jp-east-1", name: "networking", url: URL_1 };
  const extension = { region: "jp-east-1", name: "networking-ex", url: URL_2 };
  const catalog = [{ type: "k5", endpoints: [extension, networking] }];
  expect(find(catalog, "jp-east-1")).toBe(URL_1);
});

it("catalog: K5's endpoint is found by its URL if it has neither type nor name", () => {
  const url = "https://networking.jp-east-1.cloud.example.org";
  const catalog = [{ endpoints: [{ region: "jp-east-1", url }, publicTwo] }];
  expect(find(catalog, "jp-east-1")).toBe(url);
});

it("catalog: an endpoint of the type network is found with another or an empty name", () => {
  expect(find(aCatalog({ ...publicOne, name: "" }))).toBe(URL_1);
  expect(find(aCatalog({ ...publicOne, name: "neutron" }))).toBe(URL_1);
});

it("catalog: the error names the keys of the named cloud", () => {
  const choice = { region: "three", interface: "public", cloud: "lab" };
  expect(() => networkEndpoint(aCatalog(publicOne), choice)).toThrow(
    "Set region_name of clouds.lab, interface or network_endpoint_override.",
  );
});

it("catalog: a service of another type is ignored", () => {
  const catalog = [{ type: "compute", name: "network", endpoints: [publicOne] }];
  expect(() => find(catalog)).toThrow("It has: none.");
});

it("catalog: an endpoint without a URL is ignored", () => {
  expect(() => find(aCatalog({ interface: "public", region: "one" }))).toThrow("It has: none.");
});

it.each([
  ["nothing", []],
  ["a service without endpoints", [{ type: "network" }]],
])("catalog: the error reports a missing network endpoint in a catalog of %s", (_what, catalog) => {
  expect(() => find(catalog)).toThrow(
    "The catalog has no network endpoint for interface public. It has: none. Set vpnaas:region (OS_REGION_NAME), vpnaas:interface (OS_INTERFACE) or vpnaas:endpoint.",
  );
});

it("catalog: the error lists the endpoints if none matches", () => {
  const internal = { ...publicTwo, interface: "internal" };
  expect(() => find(aCatalog(publicOne, internal, { url: URL_1 }), "three")).toThrow(
    "no network endpoint for interface public, region three. It has: one (public), two (internal), no region (public).",
  );
});

it("catalog: the error lists the endpoints if several match", () => {
  expect(() => find(aCatalog(publicOne, publicTwo))).toThrow(
    "The catalog has 2 network endpoints for interface public: one (public), two (public). Set vpnaas:region (OS_REGION_NAME).",
  );
});

it.each([
  [URL_1, URL_1],
  [`${URL_1}/`, URL_1],
  [`${URL_1}/v2.0`, URL_1],
  [`${URL_1}/v2.0/`, URL_1],
  [`${URL_1}/network/v2.0//`, `${URL_1}/network`],
  [`${URL_1}/v2.0/project`, `${URL_1}/v2.0/project`],
])("withoutVersion removes version and slash from %s", (url, bare) => {
  expect(withoutVersion(url)).toBe(bare);
});
