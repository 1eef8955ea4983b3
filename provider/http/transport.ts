import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import * as tls from "node:tls";

import axios, { type AxiosInstance } from "axios";

import { ConfigurationError, TransportError } from "../errors";
import type { Log } from "../log";
import { userAgent } from "../version";

/** One request. */
export interface Request {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** The whole URL. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Milliseconds until the whole answer must have come; default 60 seconds. */
  readonly timeoutMs?: number;
}

/** Any answer, whatever its status. */
export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON; the text itself where it is none; undefined where it is empty. */
  readonly body: unknown;
}

/** How connections are made. */
export interface TransportOptions {
  /** File with certificates of authorities that are trusted besides the usual ones. */
  readonly cacert?: string | undefined;
  /** Accepts any certificate. */
  readonly insecure?: boolean;
}

const TIMEOUT_MS = 60_000;

/**
 * Sends requests and gives back answers. Keeps connections open, follows no redirect (a token
 * must not travel to another host) and repeats nothing.
 */
export class Transport {
  private readonly client: AxiosInstance;

  constructor(
    options: TransportOptions,
    private readonly log: Log,
  ) {
    this.client = axios.create({
      maxRedirects: 0,
      validateStatus: () => true,
      responseType: "text",
      transformResponse: (text: unknown) => text,
      headers: { Accept: "application/json", "User-Agent": userAgent },
      httpAgent: new http.Agent({ keepAlive: true }),
      httpsAgent: new https.Agent({
        keepAlive: true,
        rejectUnauthorized: options.insecure !== true,
        ...(options.cacert === undefined
          ? {}
          : { ca: [...usualAuthorities(), authorities(options.cacert)] }),
      }),
    });
  }

  /**
   * Sends a request.
   * @throws TransportError when no whole answer came in time. It keeps nothing of the request,
   * whose headers and body may hold secrets.
   */
  async send(request: Request): Promise<Answer> {
    const { method, url } = request;
    const begin = Date.now();
    try {
      const { status, headers, data } = await this.client.request<string>({
        method,
        url,
        signal: AbortSignal.timeout(request.timeoutMs ?? TIMEOUT_MS),
        headers: {
          ...request.headers,
          ...(request.body === undefined ? {} : { "Content-Type": "application/json" }),
        },
        ...(request.body === undefined ? {} : { data: JSON.stringify(request.body) }),
      });
      this.log.debug(`${method} ${url} -> ${status} in ${Date.now() - begin} ms`);
      return {
        status,
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
        ),
        body: parse(data),
      };
    } catch (error) {
      const reason = reasonOf(error);
      this.log.debug(`${method} ${url} -> ${reason} after ${Date.now() - begin} ms`);
      throw new TransportError(
        `${method} ${url}: no answer (${reason}). ${adviceFor(reason)}`,
        !NEVER_SENT.has(reason),
      );
    }
  }
}

/** With these the connection never came to be, so the server cannot have done anything. */
const NEVER_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
]);

/** An error's code, never its message or itself: axios keeps headers and body in its errors. */
function reasonOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  if (code === "ERR_CANCELED") return "time-out";
  return typeof code === "string" ? code : "connection lost";
}

function adviceFor(reason: string): string {
  if (/CERT|SELF_SIGNED|UNABLE_TO_/.test(reason)) {
    return "Its certificate is not trusted: set vpnaas:cacert (OS_CACERT) to the file of its authority.";
  }
  if (reason === "EPROTO") return "It does not speak TLS: is the URL to begin with http:// ?";
  return "Check the network, the URLs (vpnaas:authUrl or OS_AUTH_URL, vpnaas:endpoint) and the proxy settings.";
}

function parse(text: unknown): unknown {
  if (typeof text !== "string" || text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Newer Node versions know those of NODE_EXTRA_CA_CERTS as well. */
function usualAuthorities(): readonly string[] {
  const { getCACertificates } = tls as { getCACertificates?: (of: "default") => string[] };
  return getCACertificates?.("default") ?? tls.rootCertificates;
}

function authorities(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new ConfigurationError(`The file of vpnaas:cacert (OS_CACERT) cannot be read: ${file}`);
  }
}
