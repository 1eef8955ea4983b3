import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { createSecureContext } from "node:tls";

import { ConfigurationError } from "../errors";
import type { TransportOptions } from "../http/transport";
import type { Found, Places } from "./places";
import { isTrue } from "./values";

/**
 * The files of certificates, read, and whether those of servers are verified.
 * @throws ConfigurationError that names the setting and its source for a file that cannot be read or
 * is not what it should be.
 */
export function readTls(places: Places): TransportOptions {
  const found = places.find("insecure", "verify");
  const cacert = places.find("cacert");
  return {
    insecure: found !== undefined && isTrue(found) === (found.name === "insecure"),
    ca: cacert && pem(cacert),
    ...clientCertificate(places),
  };
}

function clientCertificate(places: Places): Pick<TransportOptions, "cert" | "key"> {
  const [cert, key] = [places.find("cert"), places.find("key")];
  if (cert === undefined) {
    if (key === undefined) return {};
    throw new ConfigurationError(`${key.source} is set, but the certificate (cert) is not.`);
  }
  const pair = { cert: pem(cert), key: pem(key ?? cert) };
  try {
    createSecureContext(pair);
  } catch {
    throw new ConfigurationError(
      key
        ? `The files of ${cert.source} and ${key.source} are no certificate and its private key without a passphrase.`
        : `The file of ${cert.source} does not hold a certificate and its private key without a passphrase; the key may be in a file of its own (key).`,
    );
  }
  return pair;
}

function pem(found: Found): string {
  const path = resolve(found.value.replace(/^~(?=[/\\])/, () => join(homedir())));
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigurationError(
      `The file of ${found.source} cannot be read (${code ?? "no reason given"}): ${path}`,
    );
  }
  if (text.includes("-----BEGIN ")) return text;
  throw new ConfigurationError(`The file of ${found.source} is not in PEM format: ${path}`);
}
