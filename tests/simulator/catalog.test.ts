import type { SimulatorOptions } from "../../simulator";
import { Client, networkEndpoints, passwordLogin, send, start, stopAll } from "./client";

afterEach(stopAll);

async function tokenOf(options: SimulatorOptions) {
  const simulator = await start(options);
  const login = passwordLogin("lab-user", "lab-user-pass", "lab");
  const { body, headers } = await send("POST", `${simulator.identityUrl}/auth/tokens`, login);
  return { simulator, body, headers };
}

it("the catalog has one network endpoint for each interface by default", async () => {
  const { simulator, body } = await tokenOf({});

  expect(networkEndpoints(body)).toMatchObject(
    ["public", "internal", "admin"].map((side) => ({
      interface: side,
      region: "RegionOne",
      region_id: "RegionOne",
      url: simulator.endpoint,
    })),
  );
});

it("the catalog has the given network endpoints, in their regions and interfaces", async () => {
  const { simulator, body } = await tokenOf({
    networkEndpoints: [
      {},
      { region: "RegionTwo", url: "/RegionTwo/network" },
      { region: "RegionTwo", interface: "internal", url: "http://network.test:9696/v2.0" },
    ],
  });
  const root = simulator.endpoint.replace(/\/network$/, "");

  expect(networkEndpoints(body)).toMatchObject([
    { region: "RegionOne", interface: "public", url: `${root}/network` },
    { region: "RegionTwo", interface: "public", url: `${root}/RegionTwo/network` },
    { region: "RegionTwo", interface: "internal", url: "http://network.test:9696/v2.0" },
  ]);
});

it("the simulator also answers on the path of another region", async () => {
  const simulator = await start();
  const client = await Client.login(simulator);
  const url = simulator.endpoint.replace("/network", "/RegionTwo/network");
  const { status } = await send("GET", `${url}/v2.0/vpn/ikepolicies`, undefined, {
    "X-Auth-Token": client.token,
  });

  expect(status).toBe(200);
  expect(simulator.requests.at(-1)?.path).toBe("/RegionTwo/network/v2.0/vpn/ikepolicies");
});

it("the catalog can lack a network service", async () => {
  const { body } = await tokenOf({ networkEndpoints: [] });

  expect(body.token.catalog).toMatchObject([{ type: "identity", name: "keystone" }]);
});

it("the catalog keeps endpoints of different names in separate services, as K5 does", async () => {
  const { body } = await tokenOf({ dialect: "k5" });

  expect(body.token.catalog).toMatchObject([
    { type: "identity" },
    { type: "network", name: "", endpoints: [{ name: "networking-ex" }] },
    { type: "network", name: "", endpoints: [{ name: "networking" }] },
  ]);
});

it.each([3600, -3600])(
  "the simulator shows a clock that is %i seconds ahead in its responses and tokens",
  async (clockAheadSeconds) => {
    const { simulator, body, headers } = await tokenOf({ clockAheadSeconds, tokenSeconds: 60 });
    const { issued_at, expires_at } = body.token as { issued_at: string; expires_at: string };
    const expected = Date.now() / 1000 + clockAheadSeconds;

    expect(Date.parse(headers.get("date")!) / 1000).toBeCloseTo(expected, -1);
    expect(Date.parse(issued_at) / 1000).toBeCloseTo(expected, -1);
    expect(Date.parse(expires_at) / 1000).toBeCloseTo(expected + 60, -1);

    const client = await Client.login(simulator);
    expect((await client.get("vpn/ikepolicies")).status).toBe(200);
  },
);
