/** Certificates that are made when a test runs; no key lies in the repository. */
import { isIP } from "node:net";

import { generate } from "selfsigned";

/** A certificate and its private key, both PEM texts. */
export interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

/** An authority whose certificates nobody trusts by default. */
export interface Authority {
  /** Its own certificate: what `cacert` takes. */
  readonly cert: string;
  /** A certificate for a server of these names and addresses, by default 127.0.0.1 and localhost. */
  server(options?: { hosts?: readonly string[]; isExpired?: boolean }): Promise<KeyPair>;
  /** A certificate by which a client shows that it is `name`. */
  client(name: string): Promise<KeyPair>;
}

/** Makes an authority, in a few milliseconds. All certificates are good for an hour. */
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

/** A certificate for 127.0.0.1 and localhost that is its own authority, as private clouds have it. */
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
