import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { createSecureContext } from "node:tls";

import { ConfigurationError } from "../errors";
import type { TransportOptions } from "../http/transport";
import { isReadableByOthers, OTHERS_MAY_READ } from "./filePermissions";
import type { Found, Places } from "./settingSources";
import { isTrue } from "./parse";

/**
 * The files of certificates, read, and whether those of servers are verified.
 * @throws ConfigurationError that names the setting and its source for a file that cannot be read or
 * is not what it should be.
 */
export function readTls(places: Places): TransportOptions {
  const cacert = places.find("cacert");
  return {
    insecure: switchedOff(places) !== undefined,
    ca: cacert && pem(cacert),
    ...clientCertificate(places),
  };
}

/**
 * What the user should know of the settings of TLS, as whole lines: that certificates are not verified, that
 * others may read the private key.
 * @throws ConfigurationError
 */
export function tlsWarnings(places: Places): string[] {
  const off = switchedOff(places);
  const key = places.find("key") ?? places.find("cert");
  const path = key && pathOf(key);
  return [
    ...(off ? [`warning: certificates are not verified (${off.source}).`] : []),
    ...(path !== undefined &&
    isReadableByOthers(path) &&
    readFileSync(path, "utf8").includes("PRIVATE KEY")
      ? [`warning: ${path} holds a private key, ${OTHERS_MAY_READ}`]
      : []),
  ];
}

function switchedOff(places: Places): Found | undefined {
  const found = places.find("insecure", "verify");
  return found && isTrue(found) === (found.name === "insecure") ? found : undefined;
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

function pathOf({ value }: Found): string {
  return resolve(value.replace(/^~(?=[/\\])/, () => join(homedir())));
}

function pem(found: Found): string {
  const path = pathOf(found);
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
