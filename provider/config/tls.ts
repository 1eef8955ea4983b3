import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { createSecureContext } from "node:tls";

import { ConfigurationError } from "../errors";
import type { TransportOptions } from "../http/transport";
import type { Notice } from "../log";
import { isReadableByOthers, OTHERS_MAY_READ } from "./filePermissions";
import type { Found } from "./settingReaders";
import type { SettingLookup } from "./settingSources";
import { isTrue } from "./parse";

/**
 * Reads the certificate files, and whether server certificates are verified.
 * @throws ConfigurationError that names the setting and its source if a file cannot be read or has
 * the wrong content.
 */
export function readTls(settings: SettingLookup): TransportOptions {
  const cacert = settings.find("cacert");
  return {
    insecure: disabledVerification(settings) !== undefined,
    ca: cacert && pem(cacert),
    ...clientCertificate(settings),
  };
}

/**
 * Warnings about the TLS settings, as whole lines: certificates are not verified, others may read
 * the private key.
 * @throws ConfigurationError
 */
export function tlsWarnings(settings: SettingLookup): Notice[] {
  const off = disabledVerification(settings);
  const key = settings.find("key") ?? settings.find("cert");
  const path = key && pathOf(key);
  const warnings: Notice[] = [];
  if (off !== undefined) {
    const line = `warning: certificates are not verified (${off.source}).`;
    warnings.push({ key: `unverified ${off.source}`, line });
  }
  if (
    path !== undefined &&
    isReadableByOthers(path) &&
    readFileSync(path, "utf8").includes("PRIVATE KEY")
  ) {
    const line = `warning: ${path} holds a private key, ${OTHERS_MAY_READ}`;
    warnings.push({ key: `private key in ${path}`, line });
  }
  return warnings;
}

function disabledVerification(settings: SettingLookup): Found | undefined {
  const found = settings.find("insecure", "verify");
  return found && isTrue(found) === (found.name === "insecure") ? found : undefined;
}

function clientCertificate(settings: SettingLookup): Pick<TransportOptions, "cert" | "key"> {
  const [cert, key] = [settings.find("cert"), settings.find("key")];
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
        ? `The files of ${cert.source} and ${key.source} do not contain a certificate and its private key without a passphrase.`
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
