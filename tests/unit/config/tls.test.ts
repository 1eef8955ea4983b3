import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { newAuthority, type KeyPair } from "../../support/harness/certificates";
import { STACK, errorOf, settings, type Texts } from "../support/readings";

let folder: string;
let client: KeyPair;
let other: KeyPair;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "vpnaas-tls-"));
  const authority = await newAuthority();
  [client, other] = await Promise.all([authority.client("one"), authority.client("two")]);
});

afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const transport = (stack: Texts, env: Texts = {}) =>
  settings({ ...STACK, ...stack }, env).transport;

it("cacert: the transport uses the authorities of the file", () => {
  expect(transport({ cacert: file("ca.pem", client.cert) }).ca).toBe(client.cert);
});

it("cert and key: the transport uses the certificate and the key of the client", () => {
  const pair = { cert: file("cert.pem", client.cert), key: file("key.pem", client.key) };
  expect(transport(pair)).toMatchObject(client);
  expect(transport({}, { OS_CERT: pair.cert, OS_KEY: pair.key })).toMatchObject(client);
});

it("cert: one file may hold both certificate and key", () => {
  const both = `${client.cert}\n${client.key}`;
  expect(transport({ cert: file("both.pem", both) })).toMatchObject({ cert: both, key: both });
});

it("cert and key: both come from one source, never the key from another", () => {
  const both = file("both.pem", `${client.cert}\n${client.key}`);
  expect(transport({ cert: both }, { OS_KEY: file("other.pem", other.key) }).key).toContain(
    client.key,
  );
});

it.each([
  ["cacert", {}],
  ["cert", {}],
])("%s: the error about an unreadable file names the setting and the file", (name) => {
  const path = join(folder, "absent.pem");
  const said = `cannot be read (ENOENT): ${path}`;
  expect(errorOf({ ...STACK, [name]: path })).toBe(`The file of vpnaas:${name} ${said}`);
  const variable = `OS_${name.toUpperCase()}`;
  expect(errorOf(STACK, { [variable]: path })).toBe(`The file of ${variable} ${said}`);
});

it("cacert: a file that is not in PEM format is refused without quoting it", () => {
  const cacert = file("notes.txt", "canary");
  expect(errorOf({ ...STACK, cacert })).toBe(
    `The file of vpnaas:cacert is not in PEM format: ${cacert}`,
  );
});

it.each([
  ["a key of another certificate", () => ({ key: file("other.pem", other.key) })],
  ["a certificate where the key is to be", () => ({ key: file("cert.pem", client.cert) })],
])("cert and key: the error about %s names both settings", (_what, key) => {
  const stack = { ...STACK, cert: file("cert.pem", client.cert), ...key() };
  expect(errorOf(stack)).toMatch(/vpnaas:cert and vpnaas:key do not contain a certificate and its/);
});

it("cert and key: a certificate without a key is refused, and a key without a certificate", () => {
  expect(errorOf({ ...STACK, cert: file("cert.pem", client.cert) })).toMatch(
    /vpnaas:cert does not hold a certificate and its private key/,
  );
  expect(errorOf({ ...STACK, key: file("key.pem", client.key) })).toMatch(
    /^vpnaas:key is set, but the certificate \(cert\) is not/,
  );
});

it("insecure: a warning names the setting if certificates are not verified", () => {
  expect(settings(STACK, { OS_INSECURE: "yes" }).warnings).toEqual([
    {
      key: "unverified OS_INSECURE",
      line: "warning: certificates are not verified (OS_INSECURE).",
    },
  ]);
  expect(settings({ ...STACK, insecure: "no" }, { OS_INSECURE: "yes" }).warnings).toEqual([]);
});

const unlessWindows = process.platform === "win32" ? it.skip : it;

describe("a private key that other users may read", () => {
  const warnings = (stack: Readonly<Record<string, string>>) =>
    settings({ ...STACK, ...stack }).warnings;

  unlessWindows("is warned about, in its own file or in that of the certificate", () => {
    const cert = file("cert.pem", client.cert);
    const key = file("key.pem", client.key);
    const both = file("both.pem", `${client.cert}\n${client.key}`);
    for (const path of [key, both]) chmodSync(path, 0o644);
    const warning = (path: string) => ({
      key: `private key in ${path}`,
      line: `warning: ${path} holds a private key, and others may read it: chmod 600 would keep it.`,
    });
    expect(warnings({ cert, key })).toEqual([warning(key)]);
    expect(warnings({ cert: both })).toEqual([warning(both)]);
  });

  unlessWindows("is not warned about if only its owner may read it, nor is a certificate", () => {
    const [cert, key] = [file("cert.pem", client.cert), file("key.pem", client.key)];
    chmodSync(cert, 0o644);
    chmodSync(key, 0o600);
    expect(warnings({ cert, key })).toEqual([]);
  });
});
