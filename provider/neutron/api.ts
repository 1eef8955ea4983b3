import type { Session } from "../identity/session";
import type { Answer, Request, Transport } from "../http/transport";
import type { Secrets } from "../http/secrets";
import { isTransient, isSafeToRetry, retry, type RetryEnvironment } from "../wait/retry";
import type { Collection, WireObject } from "./collection";
import { type Page, pageOf } from "./listQueries";
import { attributesIn, objectOf, type ExpectedResponse } from "./responseObjects";
import { pagesOf } from "./pages";
import { RequestSender, type OperationLimits, type RequestBudget } from "./requestSender";

/** A page together with the duration of its request. */
interface TimedPage extends Page {
  /** Milliseconds that the cloud took; excludes the time in the queue and for a login. */
  readonly tookMs: number;
}

/**
 * The requests of one cloud's VPNaaS API. Responses are unwrapped, and `project_id` is always set,
 * whichever of its two names a cloud uses. A {@link RequestSender} logs in.
 *
 * All calls throw ApiError (a subclass by meaning, see `apiErrors.ts`) and TransportError.
 */
export class Api {
  readonly sender: RequestSender;

  constructor(
    endpoint: string,
    readonly session: Session,
    private readonly transport: Transport,
    readonly environment: RetryEnvironment,
  ) {
    this.sender = new RequestSender(endpoint, session, transport, environment.clock);
  }

  /** All secrets that were sent, received or configured, to redact them from messages. */
  get secrets(): Secrets {
    return this.transport.secrets;
  }

  /**
   * Retries a failed operation: a GET after any transient error, any other request only if the
   * server has certainly not acted on it (it never arrived, or the response was 413 or 429).
   */
  retry<T>(
    method: Request["method"],
    { deadline, signal, attempts }: RequestBudget,
    operation: () => Promise<T>,
  ): Promise<T> {
    const after = method === "GET" ? isTransient : isSafeToRetry;
    const environment = { ...this.environment, signal };
    return retry(environment, { deadline, after, ...(attempts && { attempts }) }, operation);
  }

  /** Reads one object, without a retry. */
  async object(collection: Collection, id: string, limits: OperationLimits): Promise<WireObject> {
    const intent = `read ${collection.kind} ${id}`;
    const answer = await this.sender.send(
      { method: "GET", at: pathOf(collection, id), intent },
      limits,
    );
    return this.unwrap(collection, answer, { intent, id });
  }

  /** Reads a page of a list, without a retry; with `part` the rows may lack attributes. */
  async page(
    collection: Collection,
    query: URLSearchParams,
    budget: RequestBudget,
    how?: "part",
  ): Promise<TimedPage> {
    const text = query.toString();
    const at = text === "" ? pathOf(collection) : `${pathOf(collection)}?${text}`;
    const intent = `list every ${collection.kind}`;
    const answer = await this.sender.send({ method: "GET", at, intent }, budget);
    const page = pageOf(collection, answer, { intent, how });
    for (const row of page.rows) this.keepSecrets(collection, row);
    return { ...page, tookMs: answer.tookMs };
  }

  /** Reads all pages of a list: see {@link pagesOf}. */
  pages(
    collection: Collection,
    first: URLSearchParams,
    budget: RequestBudget,
  ): AsyncGenerator<TimedPage> {
    const how = first.has("fields") ? "part" : undefined;
    return pagesOf(collection.kind, first, (query) =>
      this.retry("GET", budget, () => this.page(collection, query, budget, how)),
    );
  }

  /**
   * The object in the response to a request for one object.
   * @throws TransportError if the response does not contain that object
   */
  unwrap(collection: Collection, answer: Answer, expected: ExpectedResponse): WireObject {
    const attributes = attributesIn(collection, answer, expected);
    this.keepSecrets(collection, attributes);
    return objectOf(collection, attributes, expected);
  }

  /** Redacts the secret attributes of that object from all later messages. */
  keepSecrets(collection: Collection, object: Readonly<Record<string, unknown>>): void {
    for (const attribute of collection.secretAttributes) this.secrets.keep(object[attribute]);
  }
}

/** The path of a collection, or of an object in it. */
export function pathOf(collection: Collection, id?: string): string {
  const base = `/v2.0/vpn/${collection.path}`;
  return id === undefined ? base : `${base}/${encodeURIComponent(id)}`;
}
