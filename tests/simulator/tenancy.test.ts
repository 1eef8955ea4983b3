import type { Simulator } from "../../simulator";
import { Client, send, start, stopAll } from "./client";

let simulator: Simulator;
let owner: Client;
let path: string;

beforeEach(async () => {
  simulator = await start();
  owner = await Client.login(simulator);
  const { ikepolicy_id } = await owner.prepare();
  path = `vpn/ikepolicies/${ikepolicy_id}`;
});
afterEach(stopAll);

it("the simulator answers the object of another project with the type's own NotFound", async () => {
  const other = await Client.login(simulator, "lab-other-user", "lab-other-pass", "lab-other");

  expect((await other.get(path)).type).toBe("IKEPolicyNotFound");
  expect((await other.get("vpn/ikepolicies")).body).toEqual({ ikepolicies: [] });
});

it("the simulator shows a reader empty lists, and a 404 without a resource's type", async () => {
  const reader = await Client.login(simulator, "lab-reader", "lab-reader-pass");

  expect((await reader.get("vpn/ikepolicies")).body).toEqual({ ikepolicies: [] });
  expect((await reader.get(path)).type).toBe("HTTPNotFound");
  expect((await reader.put(path, { ikepolicy: {} })).type).toBe("HTTPNotFound");
  expect((await reader.delete(path)).type).toBe("HTTPNotFound");
  expect(await reader.post("vpn/ikepolicies", { ikepolicy: {} })).toMatchObject({
    status: 403,
    type: "PolicyNotAuthorized",
  });
});

it("the simulator shows an admin the objects of all projects", async () => {
  const admin = await Client.login(simulator, "admin", "lab-admin-pass", "admin");

  expect((await admin.get(path)).status).toBe(200);
});

it("the simulator shows the owner of a token", async () => {
  expect((await owner.get("quotas/tenant")).body).toEqual({
    tenant: { tenant_id: simulator.fixture.projectId },
  });
});

it("the simulator without Keystone treats every caller as an admin of one project", async () => {
  const open = await start({ auth: "none" });
  const { status, body } = await send("POST", `${open.endpoint}/v2.0/vpn/ikepolicies`, {
    ikepolicy: {},
  });

  expect(status).toBe(201);
  expect(body.ikepolicy.project_id).toBe("fake_project_id");
  expect(open.fixture.projectId).toBe("fake_project_id");
});

it("the simulator shows the objects of its fixture that a VPN service needs", async () => {
  const { body } = await owner.get(`routers/${simulator.fixture.routerId}`);
  const subnet = await owner.get(`subnets/${simulator.fixture.subnetId}`);

  expect(body.router.external_gateway_info.external_fixed_ips).toHaveLength(2);
  expect(subnet.body.subnet.cidr).toBe("10.10.0.0/24");
});

it("the simulator names exactly the extensions that it has", async () => {
  expect((await owner.get("extensions/vpn-endpoint-groups")).status).toBe(200);
  expect((await owner.get("extensions/nope")).status).toBe(404);
});
