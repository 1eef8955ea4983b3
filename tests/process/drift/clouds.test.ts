import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Clouds, type CloudProject } from "../../../provider/drift/clouds";
import { Log } from "../../../provider/log";
import { cloudResourceType } from "../../../provider/schema/resourceType";
import { startSimulator, type Simulator } from "../../../simulator";
import { aStack } from "../../unit/support/givenInventory";

type Texts = Readonly<Record<string, string>>;

let sim: Simulator;
let folder: string;
let login: Texts;

beforeAll(async () => {
  sim = await startSimulator();
  folder = mkdtempSync(join(tmpdir(), "vpnaas-drift-"));
  login = {
    authUrl: sim.identityUrl,
    username: "lab-user",
    password: "lab-user-pass",
    projectName: "lab",
    dialect: "neutron",
  };
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await sim.stop();
});

let begin = 0;
beforeEach(() => {
  begin = sim.requests.length;
});

const logins = () =>
  sim.requests.slice(begin).filter(({ path }) => path.endsWith("/auth/tokens")).length;

const stackWith = (config: Texts, name = "dev") =>
  aStack([], { name, config: (key) => config[key] });

/** Clouds with a separate environment, and the lines that they log. */
function aSky(env: Texts = {}) {
  const lines: string[] = [];
  return { clouds: new Clouds(env, new Log((line) => lines.push(line))), lines };
}

/** A clouds.yaml whose entries have the same login and the given changes. */
function cloudsYaml(entries: Readonly<Record<string, object>>): Texts {
  const file = join(folder, "clouds.yaml");
  const auth = {
    auth_url: sim.identityUrl,
    username: "lab-user",
    password: "lab-user-pass",
    project_name: "lab",
  };
  const clouds = Object.entries(entries).map(([name, changes]) => [name, { auth, ...changes }]);
  writeFileSync(file, JSON.stringify({ clouds: Object.fromEntries(clouds) }), { mode: 0o600 });
  return { OS_CLIENT_CONFIG_FILE: file };
}

it("a cloud project has one login for any number of stacks and rounds", async () => {
  const { clouds } = aSky();
  const [first, again, other] = [stackWith(login), stackWith(login), stackWith(login, "prod")];
  const places: CloudProject[] = [];
  for (const stack of [first, again, other]) places.push(await clouds.at(stack, undefined));
  expect(new Set(places).size).toBe(1);
  expect(logins()).toBe(1);
});

it("a cloud project has one login for concurrent callers", async () => {
  const { clouds } = aSky();
  const stack = stackWith(login);
  const [one, two] = await Promise.all([clouds.at(stack, undefined), clouds.at(stack, undefined)]);
  expect([one === two, logins()]).toEqual([true, 1]);
});

it("a cloud project knows its endpoint, its dialect and the project of its login", async () => {
  const { endpoint, dialect, projectId, names } = await aSky().clouds.at(
    stackWith(login),
    undefined,
  );
  expect({ endpoint, dialect, projectId, names: [...names] }).toEqual({
    endpoint: sim.endpoint,
    dialect: "neutron",
    projectId: sim.fixture.projectId,
    names: [],
  });
});

it("a cloud project of a resource is that of the provider which the program creates for it", async () => {
  const { clouds } = aSky();
  const stack = stackWith({
    ...login,
    username: "lab-other-user",
    password: "lab-other-pass",
    projectName: "lab-other",
  });
  const provider = (name: string) => login[name];
  const [own, shared] = await Promise.all([
    clouds.of(stack, { outputs: {}, provider }),
    clouds.of(stack, { outputs: {} }),
  ]);
  expect(own.projectId).toBe(sim.fixture.projectId);
  expect(shared.projectId).not.toBe(sim.fixture.projectId);
});

it("a cloud project is the same for several entries of clouds.yaml that lead to it", async () => {
  const neutron = { vpnaas: { dialect: "neutron" } };
  const env = cloudsYaml({ east: neutron, west: { ...neutron, interface: "internal" } });
  const { clouds } = aSky(env);
  const [east, west] = [
    await clouds.at(stackWith({}), "east"),
    await clouds.at(stackWith({}), "west"),
  ];
  expect(east).toBe(west);
  expect([...east.names]).toEqual(["east", "west"]);
});

it("a cloud project differs for another project, another endpoint and another dialect", async () => {
  const { clouds } = aSky();
  const other = {
    username: "lab-other-user",
    password: "lab-other-pass",
    projectName: "lab-other",
  };
  const changes = [{}, other, { endpoint: `${sim.endpoint}/` }, { dialect: "k5" }];
  const elsewhere = { endpoint: sim.endpoint.replace("/network", "/RegionTwo/network") };
  const places: CloudProject[] = [];
  for (const change of [...changes, elsewhere]) {
    places.push(await clouds.at(stackWith({ ...login, ...change }), undefined));
  }
  expect(places.map((one) => places.indexOf(one))).toEqual([0, 1, 0, 3, 4]);
});

it("a cloud project counts the requests of all its logins together", async () => {
  const { clouds } = aSky();
  const reader = { username: "lab-reader", password: "lab-reader-pass" };
  await clouds.at(stackWith(login), undefined);
  const place = await clouds.at(stackWith({ ...login, ...reader }), undefined);
  expect(place.clients).toHaveLength(2);
  for (const client of place.clients) await client.list(cloudResourceType("IkePolicy"));
  expect(place.requests.get("/network/v2.0/vpn/ikepolicies")).toBe(2);
});

it("a cloud project prefers the login of the environment to that of a stack", async () => {
  const env = { OS_USERNAME: "lab-reader", OS_PASSWORD: "lab-reader-pass" };
  await aSky(env).clouds.at(stackWith(login), undefined);
  expect(sim.requests.at(-1)?.user).toBe("lab-reader");
});

it("a cloud project logs in again after a failed login", async () => {
  const { clouds } = aSky();
  sim.script({ path: /\/auth\/tokens$/, answer: { status: 401 } });
  await expect(clouds.at(stackWith(login), undefined)).rejects.toThrow(/401/);
  expect((await clouds.at(stackWith(login), undefined)).endpoint).toBe(sim.endpoint);
});

it("a cloud project is refused with the name of the invalid setting", async () => {
  const { clouds } = aSky();
  await expect(clouds.at(stackWith({ ...login, dialect: "x" }), undefined)).rejects.toThrow(
    "vpnaas:dialect must be k5 or neutron.",
  );
  await expect(clouds.at(stackWith({}), undefined)).rejects.toThrow(/The login lacks username/);
});

it("a cloud project logs a warning about its settings once", async () => {
  const { clouds, lines } = aSky();
  const stack = stackWith({ ...login, insecure: "true" });
  await clouds.at(stack, undefined);
  await clouds.at(stack, undefined);
  expect(lines).toEqual(["warning: certificates are not verified (vpnaas:insecure)."]);
});

describe("the requests of a cloud project", () => {
  const ike = cloudResourceType("IkePolicy");
  const LIST = "/network/v2.0/vpn/ikepolicies";

  it("are counted by path, including each page and each retry", async () => {
    const {
      clients: [client],
      requests,
    } = await aSky().clouds.at(stackWith(login), undefined);
    sim.script({ path: /ikepolicies$/, answer: { status: 503 } });
    await client.list(ike);
    await client.list(ike, { name: "office" });
    expect(requests.get(LIST)).toBe(3);
  });

  it("are counted from zero after forgetRequests", async () => {
    const { clouds } = aSky();
    const {
      clients: [client],
      requests,
    } = await clouds.at(stackWith(login), undefined);
    await client.list(ike);
    clouds.forgetRequests();
    expect([...requests]).toEqual([]);
    await client.list(ike);
    expect([...requests]).toEqual([[LIST, 1]]);
  });
});
