import { get, type IncomingMessage } from "node:http";
import { gunzipSync } from "node:zlib";

import { startSimulator, type Simulator } from "../../simulator";
import { login } from "../support/harness/api";
import { until } from "../support/harness/until";

let simulator: Simulator;
let token: string;

beforeEach(async () => {
  simulator = await startSimulator();
  token = await login(simulator.identityUrl);
});

afterEach(() => simulator.stop());

/** The raw response with the bytes of its body, not decompressed. */
async function ask(
  path: string,
  encoding?: string,
): Promise<{ headers: IncomingMessage["headers"]; bytes: Buffer }> {
  const headers = { "X-Auth-Token": token, ...(encoding && { "Accept-Encoding": encoding }) };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get(`${simulator.endpoint}/v2.0/${path}`, { headers }, resolve).once("error", reject);
  });
  const bytes = Buffer.concat(await answer.toArray());
  return { headers: answer.headers, bytes };
}

describe("a response body of over 1 kB", () => {
  it.each(["gzip", "gzip, compress, deflate, br", "deflate, gzip;q=1.0"])(
    "is compressed for a client that accepts %s",
    async (encoding) => {
      const plain = await ask("extensions");
      const { headers, bytes } = await ask("extensions", encoding);
      expect(plain.bytes.length).toBeGreaterThan(1_024);
      expect(headers).toMatchObject({
        "content-encoding": "gzip",
        "content-type": "application/json",
        "content-length": String(bytes.length),
      });
      expect(bytes.length).toBeLessThan(plain.bytes.length);
      expect(gunzipSync(bytes)).toEqual(plain.bytes);
    },
  );

  it.each([undefined, "identity", "deflate, br"])(
    "is not compressed for a client that accepts %s",
    async (encoding) => {
      const { headers, bytes } = await ask("extensions", encoding);
      expect(headers["content-encoding"]).toBeUndefined();
      expect(JSON.parse(bytes.toString())).toHaveProperty("extensions");
    },
  );
});

it("the simulator leaves a short body uncompressed", async () => {
  const { headers, bytes } = await ask("vpn/vpnservices", "gzip");
  expect(headers["content-encoding"]).toBeUndefined();
  expect(JSON.parse(bytes.toString())).toEqual({ vpnservices: [] });
});

it("the simulator counts the requests that have no response yet", async () => {
  const { inFlight } = simulator;
  const rule = simulator.script({ path: /extensions/, times: 3, answer: "hold-until-released" });
  inFlight.most = 0;
  const asking = Array.from({ length: 3 }, () => ask("extensions"));
  await until("three requests", () => inFlight.now === 3);
  await ask("vpn/vpnservices");
  rule.release();
  await Promise.all(asking);
  await until("the end of all", () => inFlight.now === 0);
  expect(inFlight.most).toBe(4);
});
