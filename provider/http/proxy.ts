import type http from "node:http";
import type https from "node:https";
import { checkServerIdentity, type PeerCertificate } from "node:tls";

import type { AxiosProxyConfig } from "axios";
import { HttpsProxyAgent } from "https-proxy-agent";
import { getProxyForUrl } from "proxy-from-env";

import { ConfigurationError } from "../errors";

/**
 * The proxy for a URL according to HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY (in either
 * case); undefined if there is none.
 * @throws ConfigurationError that does not repeat the variable's value.
 */
export function proxyFor(url: string): URL | undefined {
  const proxy = getProxyForUrl(url);
  if (proxy === "") return undefined;
  const parsed = URL.canParse(proxy) ? new URL(proxy) : undefined;
  if (parsed && /^https?:$/.test(parsed.protocol) && isDecodable(parsed)) return parsed;
  const scheme = new URL(url).protocol.slice(0, -1).toUpperCase();
  throw new ConfigurationError(
    `${scheme}_PROXY (or ALL_PROXY) must be a URL of a proxy that begins with http:// or https://; special characters in its user and password must be encoded (% is %25).`,
  );
}

/** Node accepts a URL whose password contains a bare %, but such a password cannot be decoded. */
function isDecodable({ username, password }: URL): boolean {
  try {
    decodeURIComponent(`${username}:${password}`);
    return true;
  } catch {
    return false;
  }
}

/**
 * The password of a proxy, and its user and password as they are sent; empty if it has no password.
 */
export function passwordsOf(proxy: URL): string[] {
  return proxy.password === "" ? [] : [decodeURIComponent(proxy.password), credentialsOf(proxy)];
}

function credentialsOf({ username, password }: URL): string {
  return Buffer.from(decodeURIComponent(`${username}:${password}`)).toString("base64");
}

/** The axios options for a plain http request through a proxy. */
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

/** The prefix of the `code` of a {@link proxyRefusal}. */
export const PROXY_REFUSED = "the proxy answered ";

/** The error for a response of the proxy itself: a status, or `nothing`. */
export function proxyRefusal(answer: number | "nothing"): Error {
  return Object.assign(new Error(), { code: `${PROXY_REFUSED}${answer}` });
}

/** How long a proxy may take to connect to the server. */
const CONNECT_TIMEOUT_MS = 15_000;

/**
 * Connections to https servers through a proxy's CONNECT, kept open. axios's own tunnel opens a new
 * connection for every request and returns a proxy's refusal as if the server had sent it.
 */
export class Tunnel extends HttpsProxyAgent<string> {
  /** `tls` applies to the server; the proxy's own certificate is verified in the same way. */
  constructor(
    proxy: URL,
    private readonly tls: https.AgentOptions,
    private readonly timeoutMs = CONNECT_TIMEOUT_MS,
  ) {
    const { cert: _cert, key: _key, ...forProxy } = tls;
    const hasUser = proxy.username !== "" || proxy.password !== "";
    const headers = hasUser ? { "Proxy-Authorization": `Basic ${credentialsOf(proxy)}` } : {};
    // The base class prints its URL if the variable DEBUG names it.
    super(proxy.origin, { keepAlive: true, ...forProxy, headers });
  }

  /**
   * @throws the error of {@link proxyRefusal} if the status is not 200 or no response comes in
   * time.
   */
  override async connect(
    request: http.ClientRequest,
    options: Parameters<HttpsProxyAgent<string>["connect"]>[1],
  ): Promise<Awaited<ReturnType<HttpsProxyAgent<string>["connect"]>>> {
    let status = 0;
    request.once("proxyConnect", ({ statusCode }: { statusCode: number }) => (status = statusCode));
    const host = options.host ?? "";
    // A proxy that never responds would keep the process alive even after the request was
    // abandoned.
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), this.timeoutMs).unref();
    const timedTunnel = Object.create(this, {
      connectOpts: { value: { ...this.connectOpts, signal: timeout.signal } },
    }) as this;
    try {
      const socket = await super.connect.call(timedTunnel, request, {
        ...options,
        ...this.tls,
        // Without this the certificate of a server that is addressed by IP is compared with
        // "localhost".
        checkServerIdentity: (_host: string, certificate: PeerCertificate) =>
          checkServerIdentity(host, certificate),
      } as typeof options);
      if (status === 200) return socket;
      socket.destroy();
      throw proxyRefusal(status);
    } catch (error) {
      throw timeout.signal.aborted ? proxyRefusal("nothing") : error;
    } finally {
      clearTimeout(timer);
    }
  }
}
