import { once } from "node:events";
import { get } from "node:http";
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

it("a scripted response replaces the usual one a given number of times, after a given number of requests", async () => {
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

it("a rule's own condition is evaluated for every request that it could apply to", async () => {
  const asked: string[] = [];
  const when = ({ path }: { path: string }): boolean => asked.push(path) === 2;
  simulator.script({ method: "GET", path: /vpn/, when, answer: { status: 500 } });
  await make(client);
  const replies = [];
  for (const collection of ["ikepolicies", "ipsecpolicies", "vpnservices"]) {
    replies.push(await client.get(`vpn/${collection}`));
  }

  expect(replies.map(({ status }) => status)).toEqual([200, 500, 200]);
  expect(asked).toEqual(["/network/v2.0/vpn/ikepolicies", "/network/v2.0/vpn/ipsecpolicies"]);
});

it("a function receives the usual response and replaces it", async () => {
  simulator.script({
    method: "POST",
    path: policies,
    answer: (usual, { method }) => ({ status: usual.status + 1, body: { method } }),
  });
  const { status, body } = await make(client);

  expect([status, body]).toEqual([202, { method: "POST" }]);
  expect(await count(client)).toBe(1);
});

it.each([
  ["reset-before", 0],
  ["reset-after", 1],
  ["cut", 1],
] as const)(
  "the simulator destroys the socket with %s and then has %i object",
  async (answer, objects) => {
    simulator.script({ method: "POST", path: policies, answer });

    await expect(make(client)).rejects.toThrow();
    expect(await count(client)).toBe(objects);
  },
);

it("the simulator sends the head and half of the body before it cuts a response", async () => {
  simulator.script({ method: "POST", path: policies, answer: "cut" });
  const { status, headers, body } = await fetch(`${simulator.endpoint}/v2.0/vpn/ikepolicies`, {
    method: "POST",
    headers: { "X-Auth-Token": client.token },
    body: '{"ikepolicy":{}}',
  });
  let received = 0;
  const reading = (async () => {
    for await (const chunk of body ?? []) received += (chunk as Uint8Array).length;
  })();

  await expect(reading).rejects.toThrow();
  expect([status, received]).toEqual([201, Math.floor(Number(headers.get("content-length")) / 2)]);
});

it("the simulator cuts a response without a body before its head", async () => {
  const { body } = await make(client);
  simulator.script({ method: "DELETE", answer: "cut" });

  await expect(client.delete(`vpn/ikepolicies/${body.ikepolicy.id}`)).rejects.toThrow();
  expect(await count(client)).toBe(0);
});

it.each([
  ["executes the request and", "silence", 1],
  ["ignores the request and", "silence-before", 0],
] as const)("the simulator %s sends no response", async (_what, answer, objects) => {
  simulator.script({ method: "POST", path: policies, answer });
  const url = `${simulator.endpoint}/v2.0/vpn/ikepolicies`;
  const pending = fetch(url, {
    method: "POST",
    headers: { "X-Auth-Token": client.token },
    body: '{"ikepolicy":{}}',
    signal: AbortSignal.timeout(100),
  });

  await expect(pending).rejects.toThrow(/aborted|timeout/i);
  expect(await count(client)).toBe(objects);
});

it.each([
  ["a request", "hold-until-released", 0],
  ["the response to an executed request", "hold-after", 1],
] as const)("the simulator holds %s until it is released", async (_what, answer, objects) => {
  const fault = simulator.script({ method: "POST", path: policies, answer });
  const held = make(client);
  while (fault.used === 0) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const before = await count(client);
  fault.release();

  expect((await held).status).toBe(201);
  expect(before).toBe(objects);
});

it("the simulator refuses connections during maintenance and has every object afterwards", async () => {
  await make(client);
  const comeBack = simulator.goAway();
  // A new connection, because fetch may reuse one that was open before.
  const [refused] = await once(get(simulator.endpoint), "error");
  await comeBack();

  expect(refused).toMatchObject({ code: "ECONNREFUSED" });
  expect(await count(client)).toBe(1);
});

it("the simulator goes into maintenance with its response to a request", async () => {
  simulator.script({
    method: "POST",
    answer: (usual) => {
      simulator.goAway();
      return usual;
    },
  });

  expect((await make(client)).status).toBe(201);
  await expect(client.get("vpn/ikepolicies")).rejects.toMatchObject({
    cause: { code: "ECONNREFUSED" },
  });
});

it("a test can act between the arrival of a request and its effect", async () => {
  const other = await Client.login(simulator);
  const { body } = await make(client);
  const path = `vpn/ikepolicies/${body.ikepolicy.id}`;
  const onRequest = async (): Promise<void> => {
    await other.delete(path);
  };
  simulator.script({ method: "PUT", onRequest });

  expect((await client.put(path, { ikepolicy: {} })).type).toBe("IKEPolicyNotFound");
});

it("the simulator records every request with its body and status, but without its token", async () => {
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

it("every response has a request id of its own", async () => {
  const ids = [await make(client), await client.get("nonsense")].map(({ headers }) =>
    headers.get("x-openstack-request-id"),
  );

  expect(ids[0]).toMatch(/^req-[0-9a-f-]{36}$/);
  expect(ids[1]).not.toBe(ids[0]);
});

it("the simulator delays responses by the given latency", async () => {
  simulator.behavior.latencyMs = 60;
  const begun = performance.now();
  await client.get("vpn/ikepolicies");

  expect(performance.now() - begun).toBeGreaterThanOrEqual(59);
});

it("the simulator stops while a request is unanswered", async () => {
  const fault = simulator.script({ answer: "silence" });
  const unanswered = client.get("vpn/ikepolicies").catch(() => "cut off");
  while (fault.used === 0) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await stopAll();

  expect(await unanswered).toBe("cut off");
  await expect(send("GET", simulator.identityUrl)).rejects.toThrow();
});
