/** Certificates created when a test runs; the repository contains no key. */
import { isIP } from "node:net";

import { generate } from "selfsigned";

/** A certificate and its private key, both in PEM format. */
export interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

/** An authority whose certificates are not trusted by default. */
export interface Authority {
  /** Its own certificate, for `cacert`. */
  readonly cert: string;
  /** A certificate for a server with the given names and addresses; by default 127.0.0.1 and localhost. */
  server(options?: { hosts?: readonly string[]; isExpired?: boolean }): Promise<KeyPair>;
  /** A certificate that identifies a client as `name`. */
  client(name: string): Promise<KeyPair>;
}

/** Creates an authority in a few milliseconds. All certificates are valid for an hour. */
export async function newAuthority(): Promise<Authority> {
  const own = await certificate("an authority of the tests", [
    { name: "basicConstraints", cA: true, critical: true },
    { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
  ]);
  return {
    cert: own.cert,
    server: ({ hosts, isExpired = false } = {}) =>
      certificate("a server of the tests", forServer(hosts), { by: own, isExpired }),
    client: (name) => certificate(name, [{ name: "extKeyUsage", clientAuth: true }], { by: own }),
  };
}

/** A self-signed certificate for 127.0.0.1 and localhost, such as those of private clouds. */
export const selfSigned = (): Promise<KeyPair> => certificate("a server of the tests", forServer());

type Extensions = NonNullable<NonNullable<Parameters<typeof generate>[1]>["extensions"]>;

function forServer(hosts: readonly string[] = ["127.0.0.1", "localhost"]): Extensions {
  const altNames = hosts.map((host) =>
    isIP(host) === 0 ? { type: 2 as const, value: host } : { type: 7 as const, ip: host },
  );
  return [
    { name: "extKeyUsage", serverAuth: true },
    { name: "subjectAltName", altNames },
  ];
}

async function certificate(
  commonName: string,
  extensions: Extensions,
  { by, isExpired = false }: { by?: KeyPair; isExpired?: boolean } = {},
): Promise<KeyPair> {
  const hour = 3_600_000;
  const end = Date.now() + (isExpired ? -hour : hour);
  const made = await generate([{ name: "commonName", value: commonName }], {
    keyType: "ec",
    algorithm: "sha256",
    notBeforeDate: new Date(end - 2 * hour),
    notAfterDate: new Date(end),
    extensions,
    ...(by === undefined ? {} : { ca: { cert: by.cert, key: by.key } }),
  });
  return { cert: made.cert, key: made.private };
}
