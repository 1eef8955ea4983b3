import { Client, start, stopAll } from "./client";

afterEach(stopAll);

const without = async (...missingExtensions: string[]) =>
  Client.login(await start({ missingExtensions }));

const aliases = async (client: Client): Promise<string[]> => {
  const { body } = await client.get("extensions");
  const extensions: { alias: string }[] = body.extensions;
  return extensions.map(({ alias }) => alias);
};

it("the simulator lists its extensions", async () => {
  expect(await aliases(await without())).toEqual(
    expect.arrayContaining(["router", "vpnaas", "vpn-endpoint-groups"]),
  );
});

it("the simulator without VPNaaS lists none of its extensions and does not know its collections", async () => {
  const client = await without("vpnaas");

  expect(await aliases(client)).toEqual(["project-id", "quota_details", "quotas", "router"]);
  for (const alias of ["vpnaas", "vpn-endpoint-groups"]) {
    expect((await client.get(`extensions/${alias}`)).status).toBe(404);
  }
  for (const path of ["vpnservices", "ipsec-site-connections", "ikepolicies/x"]) {
    expect(await client.get(`vpn/${path}`)).toMatchObject({ status: 404, type: "HTTPNotFound" });
  }
  expect((await client.get("routers")).status).toBe(200);
});

it("the simulator without endpoint groups does not know their collection", async () => {
  const client = await without("vpn-endpoint-groups");

  expect((await client.get("extensions/vpn-endpoint-groups")).status).toBe(404);
  expect((await client.get("vpn/endpoint-groups")).type).toBe("HTTPNotFound");
  expect((await client.get("vpn/ikepolicies")).status).toBe(200);
});
