import type { Simulator } from "../../simulator";
import { Client, send, start, stopAll } from "./client";

const policies = /\/ikepolicies$/;
const make = (client: Client) => client.post("vpn/ikepolicies", { ikepolicy: { name: "p" } });
const count = async (client: Client): Promise<number> => {
  const listed: unknown[] = (await client.get("vpn/ikepolicies")).body.ikepolicies;
  return listed.length;
};

let simulator: Simulator;
let client: Client;

beforeEach(async () => {
  simulator = await start();
  client = await Client.login(simulator);
});
afterEach(stopAll);

it("gives a scripted answer instead, as often as asked and after those let through", async () => {
  const headers = { "Retry-After": "1" };
  const answer = { status: 503, body: "busy", headers };
  simulator.script({ method: "GET", path: policies, skip: 1, times: 2, answer });
  const replies = [];
  for (let turn = 0; turn < 4; turn += 1) {
    replies.push(await client.get("vpn/ikepolicies"));
  }

  expect(replies.map(({ status }) => status)).toEqual([200, 503, 503, 200]);
  expect(replies[1]).toMatchObject({ body: "busy" });
  expect(replies[1]?.headers.get("retry-after")).toBe("1");
});

it.each([
  ["reset-before", 0],
  ["reset-after", 1],
] as const)("destroys the socket with %s and then has %i object", async (answer, objects) => {
  simulator.script({ method: "POST", path: policies, answer });

  await expect(make(client)).rejects.toThrow();
  expect(await count(client)).toBe(objects);
});

it("does what was asked and stays silent", async () => {
  simulator.script({ method: "POST", path: policies, answer: "silence" });
  const url = `${simulator.endpoint}/v2.0/vpn/ikepolicies`;
  const pending = fetch(url, {
    method: "POST",
    headers: { "X-Auth-Token": client.token },
    body: '{"ikepolicy":{}}',
    signal: AbortSignal.timeout(100),
  });

  await expect(pending).rejects.toThrow(/aborted|timeout/i);
  expect(await count(client)).toBe(1);
});

it("holds a request until it is released", async () => {
  const fault = simulator.script({ method: "POST", path: policies, answer: "hold-until-released" });
  const held = make(client);
  const before = await count(client);
  fault.release();

  expect((await held).status).toBe(201);
  expect(before).toBe(0);
});

it("lets a test act between a request's arrival and its effect", async () => {
  const other = await Client.login(simulator);
  const { body } = await make(client);
  const path = `vpn/ikepolicies/${body.ikepolicy.id}`;
  const onRequest = async (): Promise<void> => {
    await other.delete(path);
  };
  simulator.script({ method: "PUT", onRequest });

  expect((await client.put(path, { ikepolicy: {} })).type).toBe("IKEPolicyNotFound");
});

it("records every request with its body and status, but no token", async () => {
  await make(client);

  expect(simulator.requests.at(-1)).toEqual({
    method: "POST",
    path: "/network/v2.0/vpn/ikepolicies",
    query: "",
    body: { ikepolicy: { name: "p" } },
    status: 201,
    user: "lab-user",
    at: expect.any(Number),
  });
  expect(JSON.stringify(simulator.requests)).not.toContain(client.token);
});

it("gives every answer a request id of its own", async () => {
  const ids = [await make(client), await client.get("nonsense")].map(({ headers }) =>
    headers.get("x-openstack-request-id"),
  );

  expect(ids[0]).toMatch(/^req-[0-9a-f-]{36}$/);
  expect(ids[1]).not.toBe(ids[0]);
});

it("adds the latency asked for", async () => {
  simulator.behavior.latencyMs = 60;
  const begun = performance.now();
  await client.get("vpn/ikepolicies");

  expect(performance.now() - begun).toBeGreaterThanOrEqual(59);
});

it("ends while a request is unanswered", async () => {
  const fault = simulator.script({ answer: "silence" });
  const unanswered = client.get("vpn/ikepolicies").catch(() => "cut off");
  while (fault.used === 0) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await stopAll();

  expect(await unanswered).toBe("cut off");
  await expect(send("GET", simulator.identityUrl)).rejects.toThrow();
});
