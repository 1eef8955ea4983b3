import http from "node:http";
import https from "node:https";
import * as tls from "node:tls";

import type { AxiosInstance, AxiosRequestConfig, AxiosResponse } from "axios";

import { userAgent } from "../version";
import { passwordsOf, plainProxy, proxyFor, proxyRefusal, Tunnel } from "./proxy";

/** The options of connections; certificates and keys are in PEM format. */
export interface ConnectionOptions {
  /** Additional trusted authorities. */
  readonly ca?: string | undefined;
  /** The client certificate, together with its `key`. */
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  /** Accepts any server certificate. */
  readonly insecure?: boolean;
}

/** One request in the form in which it is sent. */
export interface RawRequest {
  readonly method: string;
  /** The absolute URL. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly data?: string;
  readonly signal: AbortSignal;
}

/** Loaded on the first use of a cloud: a preview often uses none. */
const axios = () => require("axios") as typeof import("axios");

/**
 * Servers close idle connections after 5 seconds (Apache, Node.js) or more, and a request sent at
 * that very moment is lost, so idle connections are closed earlier. Node obeys a `Keep-Alive`
 * header that asks for less.
 */
const POOL = { keepAlive: true, timeout: 4_000 };

/** In bytes, after decompression: guards against decompression bombs. */
const MAX_RESPONSE_BYTES = 64 * 1024 * 1024;

/**
 * The connections to servers: kept open, with compressed responses, without redirects (a token must
 * not travel to another host), and through the proxy of HTTP_PROXY, HTTPS_PROXY and NO_PROXY, by a
 * tunnel for https.
 */
export class Connections {
  private readonly client: AxiosInstance;
  private readonly tls: https.AgentOptions;
  private readonly tunnels = new Map<string, Tunnel>();

  /** `onSecret` receives the passwords of proxies before they are sent. */
  constructor(
    { ca, cert, key, insecure }: ConnectionOptions,
    private readonly onSecret: (secret: string) => void,
  ) {
    this.tls = {
      rejectUnauthorized: insecure !== true,
      ...(ca === undefined ? {} : { ca: [...defaultAuthorities(), ca] }),
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
      maxContentLength: MAX_RESPONSE_BYTES,
      httpAgent: new http.Agent(POOL),
      httpsAgent: new https.Agent({ ...POOL, ...this.tls }),
    });
  }

  /**
   * Sends a request and returns the response with any status, its body as text.
   * @throws ConfigurationError if the proxy variable is not a valid URL, or the proxy refuses the
   * login; the errors of axios if no whole response arrives
   */
  async request(request: RawRequest): Promise<AxiosResponse<string>> {
    const { headers, ...rest } = request;
    const response = await this.client.request<string>({
      ...rest,
      headers: { ...headers },
      ...this.route(request.url),
    });
    if (response.status === 407) throw proxyRefusal(response.status);
    return response;
  }

  private route(url: string): AxiosRequestConfig {
    const proxy = proxyFor(url);
    if (proxy === undefined) return {};
    for (const secret of passwordsOf(proxy)) this.onSecret(secret);
    if (!url.toLowerCase().startsWith("https:")) return { proxy: plainProxy(proxy) };
    const tunnel = this.tunnels.get(proxy.href) ?? new Tunnel(proxy, { ...POOL, ...this.tls });
    this.tunnels.set(proxy.href, tunnel);
    return { httpsAgent: tunnel };
  }
}

/** Newer Node versions also include those of NODE_EXTRA_CA_CERTS. */
function defaultAuthorities(): readonly string[] {
  const { getCACertificates } = tls as { getCACertificates?: (of: "default") => string[] };
  return getCACertificates?.("default") ?? tls.rootCertificates;
}
