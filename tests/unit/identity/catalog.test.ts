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

it("finds the one network endpoint without being told a region", () => {
  expect(find(aCatalog(publicOne))).toBe(URL_1);
});

it("finds the endpoint of a region", () => {
  expect(find(aCatalog(publicOne, publicTwo), "two")).toBe(URL_2);
});

it("knows a region by its id where there is no name", () => {
  expect(find(aCatalog({ interface: "public", region_id: "two", url: URL_2 }), "two")).toBe(URL_2);
});

it("finds the endpoint of an interface", () => {
  const internal = { ...publicOne, interface: "internal", url: URL_2 };
  expect(find(aCatalog(publicOne, internal), undefined, "internal")).toBe(URL_2);
});

it("takes an endpoint without an interface for public", () => {
  expect(find(aCatalog({ region: "one", url: URL_1 }), "one")).toBe(URL_1);
});

it("takes the same URL twice for one", () => {
  expect(find(aCatalog(publicOne, { ...publicTwo, url: `${URL_1}/v2.0/` }))).toBe(URL_1);
});

it("takes K5's endpoint called networking, and never the one called networking-ex", () => {
  const networking = { region: "jp-east-1", name: "networking", url: URL_1 };
  const extension = { region: "jp-east-1", name: "networking-ex", url: URL_2 };
  expect(find(aCatalog(extension, networking), "jp-east-1")).toBe(URL_1);
  expect(() => find(aCatalog(extension), "jp-east-1")).toThrow(ConfigurationError);
});

it("finds K5's endpoint by its name where no service has the type", () => {
  const networking = { region: "jp-east-1", name: "networking", url: URL_1 };
  const extension = { region: "jp-east-1", name: "networking-ex", url: URL_2 };
  const catalog = [{ type: "k5", endpoints: [extension, networking] }];
  expect(find(catalog, "jp-east-1")).toBe(URL_1);
});

it("finds K5's endpoint by its URL where it has neither type nor name", () => {
  const url = "https://networking.jp-east-1.cloud.example.org";
  const catalog = [{ endpoints: [{ region: "jp-east-1", url }, publicTwo] }];
  expect(find(catalog, "jp-east-1")).toBe(url);
});

it("takes an endpoint of the type by any other name, or an empty one", () => {
  expect(find(aCatalog({ ...publicOne, name: "" }))).toBe(URL_1);
  expect(find(aCatalog({ ...publicOne, name: "neutron" }))).toBe(URL_1);
});

it("names the keys of the cloud that the login was read from", () => {
  const choice = { region: "three", interface: "public", cloud: "lab" };
  expect(() => networkEndpoint(aCatalog(publicOne), choice)).toThrow(
    "Set region_name of clouds.lab, interface or network_endpoint_override.",
  );
});

it("takes no service of another type", () => {
  const catalog = [{ type: "compute", name: "network", endpoints: [publicOne] }];
  expect(() => find(catalog)).toThrow("It has: none.");
});

it("passes over an endpoint without a URL", () => {
  expect(() => find(aCatalog({ interface: "public", region: "one" }))).toThrow("It has: none.");
});

it.each([
  ["nothing", []],
  ["a service without endpoints", [{ type: "network" }]],
])("says that there is no network endpoint in a catalog of %s", (_what, catalog) => {
  expect(() => find(catalog)).toThrow(
    "The catalog has no network endpoint for interface public. It has: none. Set vpnaas:region (OS_REGION_NAME), vpnaas:interface (OS_INTERFACE) or vpnaas:endpoint.",
  );
});

it("lists what there is when nothing fits", () => {
  const internal = { ...publicTwo, interface: "internal" };
  expect(() => find(aCatalog(publicOne, internal, { url: URL_1 }), "three")).toThrow(
    "no network endpoint for interface public, region three. It has: one (public), two (internal), no region (public).",
  );
});

it("lists what there is when too much fits", () => {
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
])("takes version and slash off %s", (url, bare) => {
  expect(withoutVersion(url)).toBe(bare);
});
