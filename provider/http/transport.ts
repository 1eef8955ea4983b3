import { CanceledError, ConfigurationError, NotSentError } from "../errors";
import type { Log } from "../log";
import { isAborted, onAbort } from "../wait/cancellation";
import { systemClock } from "../wait/clock";
import { ConcurrencyLimit, MAX_CONCURRENCY } from "./concurrencyLimit";
import { Connections, type ConnectionOptions } from "./connections";
import { noAnswerError, reasonOf } from "./noAnswer";
import { Secrets } from "./secrets";

/** One request. */
export interface Request {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** The absolute URL. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /**
   * Milliseconds from sending the request until the whole response must have arrived; default 60
   * seconds.
   */
  readonly timeoutMs?: number | undefined;
  /**
   * When the operation ends, by the clock: the request is not sent after it, and the whole response
   * must have arrived by then. Default: never.
   */
  readonly deadline?: number | undefined;
  /**
   * Cancels the request: in the queue it is not sent, and a GET is aborted. The response to any
   * other request that was sent is awaited, since it reports whether an object was created or
   * changed.
   */
  readonly signal?: AbortSignal | undefined;
}

/** A response with any status. */
export interface Answer {
  readonly status: number;
  /** Names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON; the raw text if it is not JSON; undefined if it is empty. */
  readonly body: unknown;
  /** Milliseconds from sending the request until the whole response had arrived. */
  readonly tookMs: number;
}

/** The options of requests and their connections. */
export interface TransportOptions extends ConnectionOptions {
  /** The number of requests in flight at once, at least 1; default 32. */
  readonly maxConcurrency?: number;
  /** Secrets to redact from messages, in addition to those of requests. */
  readonly secrets?: readonly string[];
}

const TIMEOUT_MS = 60_000;

/**
 * Sends requests and returns the responses: up to the configured number at once, the others in the
 * order of their arrival, all over {@link Connections}. Retries nothing. Redacts secrets that a
 * server may echo in the headers or body of a refusal.
 */
export class Transport {
  /**
   * The secrets of the options, every token that was sent, the proxy's password, and secrets that
   * callers add.
   */
  readonly secrets = new Secrets();
  private readonly connections: Connections;
  private readonly limit: ConcurrencyLimit;

  /** `onSend` receives every request when it is sent. */
  constructor(
    options: TransportOptions,
    private readonly log: Log,
    private readonly onSend: (request: Request) => void = () => undefined,
  ) {
    const { secrets = [] } = options;
    for (const secret of secrets) this.secrets.keep(secret);
    this.limit = new ConcurrencyLimit(options.maxConcurrency ?? MAX_CONCURRENCY, systemClock);
    this.connections = new Connections(options, (secret) => this.secrets.keep(secret));
  }

  /**
   * Sends a request.
   * @throws NotSentError if its deadline passes before its turn; CanceledError if its signal is
   * aborted before its turn, or during a GET; TransportError if no whole response arrives in time.
   * None keeps any part of the request, whose headers and body may hold secrets. ConfigurationError
   * if the proxy variable is not a valid URL.
   */
  send(request: Request): Promise<Answer> {
    // All headers that callers pass are tokens.
    for (const token of Object.values(request.headers ?? {})) this.secrets.keep(token);
    const { deadline, signal } = request;
    const tooLate = (ahead: number) => NotSentError.for(this.titleOf(request), queueDelay(ahead));
    const canceled = () => CanceledError.unsent(this.titleOf(request));
    return this.limit.run((ahead) => this.sendNow(request, () => tooLate(ahead)), {
      deadline,
      tooLate,
      signal,
      canceled,
    });
  }

  /**
   * The title of a request in messages, redacted: the server writes the link to the next page of a
   * list.
   */
  titleOf({ method, url }: Pick<Request, "method" | "url">): string {
    return `${method} ${this.secrets.redact(url)}`;
  }

  private async sendNow(request: Request, tooLate: () => Error): Promise<Answer> {
    const { method, url, deadline = Infinity, timeoutMs = TIMEOUT_MS, signal } = request;
    const title = this.titleOf(request);
    if (isAborted(signal)) throw CanceledError.unsent(title);
    const begin = systemClock.now();
    if (deadline <= begin) throw tooLate();
    this.onSend(request);
    const canceling = method === "GET" ? signal : undefined;
    // Not AbortSignal.any: in Node.js 20 it loses a timeout to the garbage collector.
    const abort = new AbortController();
    const end = () => abort.abort();
    const cancelTimeout = systemClock.alarm(Math.min(begin + timeoutMs, deadline), end);
    const release = onAbort(canceling, end);
    try {
      const { status, headers, data } = await this.connections.request({
        method,
        url,
        signal: abort.signal,
        headers: {
          ...request.headers,
          ...(request.body === undefined ? {} : { "Content-Type": "application/json" }),
        },
        ...(request.body === undefined ? {} : { data: JSON.stringify(request.body) }),
      });
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
      return status >= 200 && status < 300 ? answer : this.redact(answer);
    } catch (error) {
      if (ConfigurationError.isInstance(error)) throw error;
      const isCanceled = isAborted(canceling);
      const reason = isCanceled ? "canceled" : reasonOf(error);
      this.log.debug(`${title} -> ${reason} after ${systemClock.now() - begin} ms`);
      throw isCanceled ? CanceledError.unanswered(title) : noAnswerError(title, reason);
    } finally {
      cancelTimeout();
      release();
    }
  }

  /** Messages repeat the request id, so any other text in that header is dropped. */
  private redact(answer: Answer): Answer {
    const { status, headers, body, tookMs } = this.secrets.redactIn(answer);
    const kept = Object.entries(headers).filter(
      ([name, value]) => name !== "x-openstack-request-id" || /^[\w-]{1,80}$/.test(value),
    );
    return { status, headers: Object.fromEntries(kept), body, tookMs };
  }
}

/** The reason for a wait in the queue; undefined if the request did not wait. */
function queueDelay(ahead: number): { what: string; remedy: string } | undefined {
  if (ahead === 0) return undefined;
  const what = ahead === 1 ? "another request" : `${ahead} other requests`;
  return { what, remedy: "vpnaas:maxConcurrency" };
}

function parse(text: unknown): unknown {
  if (typeof text !== "string" || text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
