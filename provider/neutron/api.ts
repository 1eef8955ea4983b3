import type { Session } from "../identity/session";
import type { Answer, Request, Transport } from "../http/transport";
import type { Secrets } from "../http/secrets";
import { CanceledError, NotSentError } from "../errors";
import { withSignal } from "../wait/cancellation";
import { withDeadline } from "../wait/clock";
import { isTransient, isSafeToRetry, retry, type RetryEnvironment } from "../wait/retry";
import type { Collection, WireObject } from "./collection";
import { toApiError } from "./apiErrors";
import { type Page, pageOf } from "./listQueries";
import { attributesIn, objectOf, type ExpectedResponse } from "./responseObjects";
import { pagesOf } from "./pages";

/** A request body: an object in the envelope of its type. */
type Envelope = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A request of the API. */
export interface Call {
  readonly method: Request["method"];
  /** The path, from `/v2.0` on. */
  readonly at: string;
  /** The purpose, for messages: `read IpsecSiteConnection 3f2c...`. */
  readonly intent: string;
  readonly body?: Envelope;
}

/** When an operation ends. */
export interface OperationLimits {
  /**
   * When the operation ends, by the clock. No change is sent after it and no request lasts beyond
   * it, except that a read which begins late gets two seconds.
   */
  readonly deadline: number;
  /**
   * Cancels the operation: nothing is sent, retried or waited for after it, and a GET that is under
   * way is aborted. The response to any other request that was sent is awaited.
   */
  readonly signal?: AbortSignal | undefined;
}

/** The time and the number of attempts that a request may take. */
export interface RequestBudget extends OperationLimits {
  /** 1 means no retry; the default is that of {@link retry}. */
  readonly attempts?: 1 | undefined;
  /** The time that one request may take once it is sent; default a minute. */
  readonly timeoutMs?: number | undefined;
}

/** A page together with the duration of its request. */
interface TimedPage extends Page {
  /** Milliseconds that the cloud took; excludes the time in the queue and for a login. */
  readonly tookMs: number;
}

/** The time for a read that begins at its deadline: enough for a last poll. */
const LAST_READ_MS = 2_000;
const LOGIN = { what: "the login", remedy: "run `pulumi-vpnaas doctor`: Keystone may be slow" };

/**
 * The requests of one cloud's VPNaaS API. Responses are unwrapped, and `project_id` is always set,
 * whichever of its two names a cloud uses. After a 401 the client logs in once more and repeats the
 * request.
 *
 * All calls throw ApiError (a subclass by meaning, see `apiErrors.ts`) and TransportError.
 */
export class Api {
  constructor(
    /** The network endpoint, without version. */
    readonly endpoint: string,
    readonly session: Session,
    private readonly transport: Transport,
    readonly environment: RetryEnvironment,
  ) {}

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
    const answer = await this.send({ method: "GET", at: pathOf(collection, id), intent }, limits);
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
    const answer = await this.send({ method: "GET", at, intent }, budget);
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

  /** The deadline of a read that begins now. */
  readDeadline(deadline: number): number {
    return Math.max(deadline, this.environment.clock.now() + LAST_READ_MS);
  }

  /** The project that Keystone logged in to; undefined without Keystone. */
  project({ deadline, signal }: OperationLimits): Promise<string | undefined> {
    return this.within(
      { deadline: this.readDeadline(deadline), signal },
      "A request for the login's project",
      () => this.session.projectId(),
    );
  }

  /**
   * Sends a request once. If its deadline passes or it is canceled during a login, the login
   * continues for other requests.
   */
  async send({ method, at, intent, body }: Call, budget: RequestBudget): Promise<Answer> {
    const { signal } = budget;
    const deadline = method === "GET" ? this.readDeadline(budget.deadline) : budget.deadline;
    const limits: OperationLimits = { deadline, signal };
    const request: Request = {
      method,
      url: `${this.endpoint}${at}`,
      deadline,
      signal,
      timeoutMs: budget.timeoutMs,
      body,
    };
    const title = this.transport.titleOf(request);
    let token = await this.within(limits, title, () => this.session.authorize());
    let answer = await this.transport.send({ ...request, headers: tokenHeader(token) });
    if (answer.status === 401) {
      const renewed = await this.within(limits, title, () => this.session.renew(token));
      if (renewed !== undefined) {
        token = renewed;
        answer = await this.transport.send({ ...request, headers: tokenHeader(token) });
      }
    }
    if (answer.status >= 200 && answer.status < 300) return answer;
    throw toApiError(answer, {
      method,
      path: at.split("?")[0]!,
      intent,
      secrets: this.secrets,
      readFrom: this.session.source,
    });
  }

  /** Waits for a login within the limits of the request that needs it. */
  private within<T>(
    { deadline, signal }: OperationLimits,
    title: string,
    login: () => Promise<T>,
  ): Promise<T> {
    const tooLate = () => NotSentError.for(title, LOGIN);
    const inTime = () => withDeadline(this.environment.clock, deadline, login(), tooLate);
    return withSignal(signal, inTime, () => CanceledError.unsent(title));
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

function tokenHeader(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { "X-Auth-Token": token };
}
