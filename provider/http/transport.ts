import http from "node:http";
import https from "node:https";
import * as tls from "node:tls";

import type { AxiosInstance, AxiosRequestConfig } from "axios";

import { ConfigurationError, NotSentError, TransportError } from "../errors";
import type { Log } from "../log";
import { userAgent } from "../version";
import { systemClock } from "../wait/clock";
import { ConcurrencyLimit, MAX_CONCURRENCY } from "./concurrencyLimit";
import { passwordsOf, plainProxy, proxyFor, proxyRefusal, PROXY_REFUSED, Tunnel } from "./proxy";
import { Secrets } from "./redact";

/** One request. */
export interface Request {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** The whole URL. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Milliseconds from when it is sent until the whole answer must have come; default 60 seconds. */
  readonly timeoutMs?: number | undefined;
  /**
   * When its operation ends, by the clock: it is not sent then any more, and a whole answer must have
   * come. Default: never.
   */
  readonly deadline?: number;
}

/** Any answer, whatever its status. */
export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON; the text itself where it is none; undefined where it is empty. */
  readonly body: unknown;
  /** Milliseconds from when the request was sent until this had come. */
  readonly tookMs: number;
}

/** How connections are made; certificates and keys as PEM texts. */
export interface TransportOptions {
  /** Authorities that are trusted besides the usual ones. */
  readonly ca?: string | undefined;
  /** Certificate of this client, with its `key`. */
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  /** Accepts any certificate of a server. */
  readonly insecure?: boolean;
  /** How many requests are in flight at once, at least 1; default 32. */
  readonly maxConcurrency?: number;
  /** What no message may repeat, besides what a request holds. */
  readonly secrets?: readonly string[];
}

const TIMEOUT_MS = 60_000;

/** Loaded with the first cloud that is reached: a preview often reaches none. */
const axios = () => require("axios") as typeof import("axios");

/**
 * A connection that nobody uses is closed before a server does it, which is after 5 seconds (Apache,
 * Node.js) or more: a request that meets that very moment is lost. Node goes by a header `Keep-Alive`
 * that asks for less.
 */
const POOL = { keepAlive: true, timeout: 4_000 };

/** In bytes, uncompressed: what a few kilobytes unfold to has no end otherwise. */
const LARGEST_ANSWER = 64 * 1024 * 1024;

/**
 * Sends requests and gives back answers: so many at once as the options say, the others in the order
 * in which they came. Keeps connections open, asks for compressed answers, follows no redirect (a
 * token must not travel to another host) and repeats nothing. Goes through the proxy of HTTP_PROXY,
 * HTTPS_PROXY and NO_PROXY, by a tunnel for https. A refusal comes back without the secrets that a
 * server may echo in it, whether in a header or in the body.
 */
export class Transport {
  /** Those of the options, every token that was sent, the proxy's password, and what else is kept here. */
  readonly secrets = new Secrets();
  private readonly client: AxiosInstance;
  private readonly limit: ConcurrencyLimit;
  private readonly tls: https.AgentOptions;
  private readonly tunnels = new Map<string, Tunnel>();

  /** `onSend` is told of every request when it is sent. */
  constructor(
    options: TransportOptions,
    private readonly log: Log,
    private readonly onSend: (request: Request) => void = () => undefined,
  ) {
    const { ca, cert, key, secrets = [] } = options;
    for (const secret of secrets) this.secrets.keep(secret);
    this.limit = new ConcurrencyLimit(options.maxConcurrency ?? MAX_CONCURRENCY, systemClock);
    this.tls = {
      rejectUnauthorized: options.insecure !== true,
      ...(ca === undefined ? {} : { ca: [...usualAuthorities(), ca] }),
      ...(cert === undefined ? {} : { cert }),
      ...(key === undefined ? {} : { key }),
    };
    this.client = axios().create({
      maxRedirects: 0,
      validateStatus: () => true,
      responseType: "text",
      transformResponse: (text: unknown) => text,
      headers: { Accept: "application/json", "User-Agent": userAgent },
      proxy: false,
      maxContentLength: LARGEST_ANSWER,
      httpAgent: new http.Agent(POOL),
      httpsAgent: new https.Agent({ ...POOL, ...this.tls }),
    });
  }

  /**
   * Sends a request.
   * @throws NotSentError when its deadline came before its turn; TransportError when no whole answer
   * came in time. They keep nothing of the request, whose headers and body may hold secrets.
   * ConfigurationError when the variable of the proxy is none.
   */
  send(request: Request): Promise<Answer> {
    // Tokens: no other header is ever given.
    for (const token of Object.values(request.headers ?? {})) this.secrets.keep(token);
    const tooLate = (inFront: number) => NotSentError.for(this.titleOf(request), queueOf(inFront));
    return this.limit.run(
      (inFront) => this.sendNow(request, () => tooLate(inFront)),
      request.deadline,
      tooLate,
    );
  }

  /** How messages call a request. The link to the next page of a list is of the server's making. */
  titleOf({ method, url }: Pick<Request, "method" | "url">): string {
    return `${method} ${this.secrets.hide(url)}`;
  }

  private async sendNow(request: Request, tooLate: () => Error): Promise<Answer> {
    const { method, url, deadline = Infinity, timeoutMs = TIMEOUT_MS } = request;
    const title = this.titleOf(request);
    const left = deadline - systemClock.now();
    if (left <= 0) throw tooLate();
    this.onSend(request);
    const begin = systemClock.now();
    try {
      const { status, headers, data } = await this.client.request<string>({
        method,
        url,
        ...this.route(url),
        signal: AbortSignal.timeout(Math.ceil(Math.min(timeoutMs, left))),
        headers: {
          ...request.headers,
          ...(request.body === undefined ? {} : { "Content-Type": "application/json" }),
        },
        ...(request.body === undefined ? {} : { data: JSON.stringify(request.body) }),
      });
      if (status === 407) throw proxyRefusal(status);
      const tookMs = systemClock.now() - begin;
      this.log.debug(`${title} -> ${status} in ${tookMs} ms`);
      const answer = {
        status,
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
        ),
        body: parse(data),
        tookMs,
      };
      return status >= 200 && status < 300 ? answer : this.cleared(answer);
    } catch (error) {
      if (ConfigurationError.isInstance(error)) throw error;
      const reason = reasonOf(error);
      this.log.debug(`${title} -> ${reason} after ${systemClock.now() - begin} ms`);
      throw new TransportError(
        `${title}: no answer (${reason}). ${adviceFor(reason)}`,
        !NEVER_SENT.has(reason) && !reason.startsWith(PROXY_REFUSED),
      );
    }
  }

  /** A request id is repeated in messages, so that nothing else may stand in its place. */
  private cleared(answer: Answer): Answer {
    const { status, headers, body, tookMs } = this.secrets.hideIn(answer);
    const kept = Object.entries(headers).filter(
      ([name, value]) => name !== "x-openstack-request-id" || /^[\w-]{1,80}$/.test(value),
    );
    return { status, headers: Object.fromEntries(kept), body, tookMs };
  }

  private route(url: string): AxiosRequestConfig {
    const proxy = proxyFor(url);
    if (proxy === undefined) return {};
    for (const secret of passwordsOf(proxy)) this.secrets.keep(secret);
    if (!url.toLowerCase().startsWith("https:")) return { proxy: plainProxy(proxy) };
    const tunnel = this.tunnels.get(proxy.href) ?? new Tunnel(proxy, { ...POOL, ...this.tls });
    this.tunnels.set(proxy.href, tunnel);
    return { httpsAgent: tunnel };
  }
}

/** What a request waited for in the queue; undefined where it did not wait. */
function queueOf(inFront: number): { what: string; remedy: string } | undefined {
  if (inFront === 0) return undefined;
  const what = inFront === 1 ? "another request" : `${inFront} other requests`;
  return { what, remedy: "vpnaas:maxConcurrency" };
}

/** With these the connection never came to be, so the server cannot have done anything. */
const NEVER_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
]);

/** By an error's code; its message is never repeated, since axios keeps headers and body in its errors. */
function reasonOf(error: unknown): string {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (code === "ERR_CANCELED") return "time-out";
  if (String(message).startsWith("maxContentLength")) return "more than 64 MiB";
  return typeof code === "string" ? code : "connection lost";
}

function adviceFor(reason: string): string {
  if (reason.startsWith(PROXY_REFUSED)) {
    return "Check the proxy's address, user and password in HTTP_PROXY or HTTPS_PROXY, or except the host by NO_PROXY.";
  }
  if (/ALERT.*(?:CERT|UNKNOWN_CA|HANDSHAKE)/.test(reason)) {
    return "The server refuses this client's certificate, or wants one: see vpnaas:cert and vpnaas:key (OS_CERT, OS_KEY, cert and key of a cloud).";
  }
  if (reason === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return "Its certificate is for another host name: check the URL.";
  }
  if (/^CERT_(?:HAS_EXPIRED|NOT_YET_VALID)$/.test(reason)) {
    return "Its certificate has expired or is not valid yet: its operator has to renew it, or this machine's clock is wrong.";
  }
  if (/CERT|SELF_SIGNED|UNABLE_TO_/.test(reason)) {
    return "Its certificate is not trusted: set vpnaas:cacert (OS_CACERT, cacert of a cloud) to the file of its authority.";
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
