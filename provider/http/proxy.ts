import type http from "node:http";
import type https from "node:https";
import { checkServerIdentity, type PeerCertificate } from "node:tls";

import type { AxiosProxyConfig } from "axios";
import { HttpsProxyAgent } from "https-proxy-agent";
import { getProxyForUrl } from "proxy-from-env";

import { ConfigurationError } from "../errors";

/**
 * The proxy for a URL by HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY (in either case);
 * undefined for none.
 * @throws ConfigurationError that does not repeat the variable's value.
 */
export function proxyFor(url: string): URL | undefined {
  const proxy = getProxyForUrl(url);
  if (proxy === "") return undefined;
  const parsed = URL.canParse(proxy) ? new URL(proxy) : undefined;
  if (parsed && /^https?:$/.test(parsed.protocol) && isDecodable(parsed)) return parsed;
  const scheme = new URL(url).protocol.slice(0, -1).toUpperCase();
  throw new ConfigurationError(
    `${scheme}_PROXY (or ALL_PROXY) must be a URL of a proxy that begins with http:// or https://; signs in its user and password have to be encoded (% is %25).`,
  );
}

/** A password with a bare % is a URL to Node, but cannot be decoded. */
function isDecodable({ username, password }: URL): boolean {
  try {
    decodeURIComponent(`${username}:${password}`);
    return true;
  } catch {
    return false;
  }
}

/** The password of a proxy, and user and password as they are sent; empty where it wants none. */
export function passwordsOf(proxy: URL): string[] {
  return proxy.password === "" ? [] : [decodeURIComponent(proxy.password), credentialsOf(proxy)];
}

function credentialsOf({ username, password }: URL): string {
  return Buffer.from(decodeURIComponent(`${username}:${password}`)).toString("base64");
}

/** What axios needs to send a plain http request to a proxy. */
export function plainProxy(proxy: URL): AxiosProxyConfig {
  const { protocol, hostname, port, username, password } = proxy;
  return {
    protocol,
    host: hostname.replace(/^\[|\]$/g, ""),
    port: port === "" ? (protocol === "https:" ? 443 : 80) : Number(port),
    ...(username === ""
      ? {}
      : {
          auth: { username: decodeURIComponent(username), password: decodeURIComponent(password) },
        }),
  };
}

/** Begins the `code` of a {@link proxyRefusal}. */
export const PROXY_REFUSED = "the proxy answered ";

/** The error for a proxy that gives this answer of its own: a status, or `nothing`. */
export function proxyRefusal(answer: number | "nothing"): Error {
  return Object.assign(new Error(), { code: `${PROXY_REFUSED}${answer}` });
}

/** How long a proxy may take to reach the far end. */
const PATIENCE_MS = 15_000;

/**
 * Connections to https servers through a proxy's CONNECT, kept open. axios's own tunnel makes a new
 * one for every request, and gives back a proxy's refusal as if the server had answered.
 */
export class Tunnel extends HttpsProxyAgent<string> {
  /** `tls` is for the server at the far end; the proxy's own certificate is verified the same way. */
  constructor(
    proxy: URL,
    private readonly tls: https.AgentOptions,
    private readonly patienceMs = PATIENCE_MS,
  ) {
    const { cert: _cert, key: _key, ...forProxy } = tls;
    const hasUser = proxy.username !== "" || proxy.password !== "";
    const headers = hasUser ? { "Proxy-Authorization": `Basic ${credentialsOf(proxy)}` } : {};
    // The base class shows the URL that it gets where DEBUG names it.
    super(proxy.origin, { keepAlive: true, ...forProxy, headers });
  }

  /** @throws what {@link proxyRefusal} makes of another answer than 200, or of none in time. */
  override async connect(
    request: http.ClientRequest,
    options: Parameters<HttpsProxyAgent<string>["connect"]>[1],
  ): Promise<Awaited<ReturnType<HttpsProxyAgent<string>["connect"]>>> {
    let status = 0;
    request.once("proxyConnect", ({ statusCode }: { statusCode: number }) => (status = statusCode));
    const host = options.host ?? "";
    // A proxy that never answers would hold the process, even after the request was given up.
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), this.patienceMs).unref();
    const impatient = Object.create(this, {
      connectOpts: { value: { ...this.connectOpts, signal: patience.signal } },
    }) as this;
    try {
      const socket = await super.connect.call(impatient, request, {
        ...options,
        ...this.tls,
        // Without it the certificate of a server that is named by its address is compared with
        // "localhost".
        checkServerIdentity: (_host: string, certificate: PeerCertificate) =>
          checkServerIdentity(host, certificate),
      } as typeof options);
      if (status === 200) return socket;
      socket.destroy();
      throw proxyRefusal(status);
    } catch (error) {
      throw patience.signal.aborted ? proxyRefusal("nothing") : error;
    } finally {
      clearTimeout(timer);
    }
  }
}
