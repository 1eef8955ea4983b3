import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import https from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootCertificates } from "node:tls";

import { ConfigurationError } from "../../../provider/errors";
import { Transport, type TransportOptions } from "../../../provider/http/transport";
import { Log } from "../../../provider/log";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vpnaas-ca-"));
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** What Node's TLS gets to know of those options. */
function tlsOf(options: TransportOptions): https.AgentOptions {
  const agent = jest.spyOn(https, "Agent");
  new Transport(options, new Log(() => undefined));
  return agent.mock.calls[0]![0]!;
}

it("trusts the authorities of cacert besides the usual ones", () => {
  const cacert = join(folder, "ca.pem");
  writeFileSync(cacert, "an authority");
  const { ca } = tlsOf({ cacert });
  expect(ca).toContain("an authority");
  expect(ca).toEqual(expect.arrayContaining([...rootCertificates]));
});

it("leaves the usual authorities to Node where no cacert is given", () => {
  expect(tlsOf({})).not.toHaveProperty("ca");
});

it("names the setting when the file of cacert cannot be read", () => {
  expect(() => tlsOf({ cacert: join(folder, "none.pem") })).toThrow(ConfigurationError);
});

it("verifies certificates unless it is told not to", () => {
  expect([tlsOf({}).rejectUnauthorized, tlsOf({ insecure: false }).rejectUnauthorized]).toEqual([
    true,
    true,
  ]);
  jest.restoreAllMocks();
  expect(tlsOf({ insecure: true }).rejectUnauthorized).toBe(false);
});
