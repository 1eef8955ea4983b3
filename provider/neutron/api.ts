import type { Session } from "../identity/session";
import type { Answer, Request, Transport } from "../http/transport";
import type { Secrets } from "../http/redact";
import { NotSentError } from "../errors";
import { withDeadline } from "../wait/clock";
import { isTransient, isSafeToRetry, retry, type RetryEnvironment } from "../wait/retry";
import type { Collection, WireObject } from "./collection";
import { toApiError } from "./apiErrors";
import { type Page, pageOf } from "./listQueries";
import { attributesIn, objectOf, type Wanted } from "./responseObjects";
import { pagesOf } from "./pages";

/** A body: an object under the key of its kind. */
type Envelope = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A request of the API. */
export interface Call {
  readonly method: Request["method"];
  /** From `/v2.0` on. */
  readonly at: string;
  /** What it is for, in messages: `read IpsecSiteConnection 3f2c...`. */
  readonly intent: string;
  readonly body?: Envelope;
}

/** How long and how often something is tried. */
export interface RequestBudget {
  /**
   * When the operation ends, by the clock. What changes something is not sent after it, and no request
   * lasts beyond it; but a read that begins late has two seconds.
   */
  readonly deadline: number;
  /** 1: once; else as {@link retry} does. */
  readonly attempts?: 1 | undefined;
  /** What one request may take once it is sent; default a minute. */
  readonly timeoutMs?: number | undefined;
}

/** A page as one answer brought it. */
interface AnsweredPage extends Page {
  /** Milliseconds that the cloud took; the queue and a login do not count. */
  readonly tookMs: number;
}

/** What a read gets that begins at its deadline: enough for a last look. */
const LAST_LOOK_MS = 2_000;
const LOGIN = { what: "the login", remedy: "look at `pulumi-vpnaas doctor`: Keystone may be slow" };

/**
 * The requests of one cloud's VPNaaS API. Answers are unwrapped, `project_id` is there whichever of its
 * two names a cloud uses. A 401 is answered with one new login and the same request.
 *
 * All calls throw ApiError (by meaning, see `faults.ts`) and TransportError.
 */
export class Api {
  constructor(
    /** The network endpoint, without version. */
    readonly endpoint: string,
    readonly session: Session,
    private readonly transport: Transport,
    readonly room: RetryEnvironment,
  ) {}

  /** Secrets of everything that was sent, received or told, for clean messages. */
  get secrets(): Secrets {
    return this.transport.secrets;
  }

  /**
   * Repeats an operation that failed: a GET while the server or the network fails, anything else only
   * where it was certainly not done - it never arrived, or 413 or 429 came.
   */
  repeated<T>(
    method: Request["method"],
    { deadline, attempts }: RequestBudget,
    operation: () => Promise<T>,
  ): Promise<T> {
    const after = method === "GET" ? isTransient : isSafeToRetry;
    return retry(this.room, { deadline, after, ...(attempts && { attempts }) }, operation);
  }

  /** One object, asked for once. */
  async object(place: Collection, id: string, deadline: number): Promise<WireObject> {
    const intent = `read ${place.kind} ${id}`;
    const answer = await this.send({ method: "GET", at: pathOf(place, id), intent }, { deadline });
    return this.unwrap(place, answer, { intent, id });
  }

  /** A page of a list, asked for once; of a `part` of the rows attributes may be missing. */
  async page(
    place: Collection,
    query: URLSearchParams,
    patience: RequestBudget,
    how?: "part",
  ): Promise<AnsweredPage> {
    const text = query.toString();
    const at = text === "" ? pathOf(place) : `${pathOf(place)}?${text}`;
    const intent = `list every ${place.kind}`;
    const answer = await this.send({ method: "GET", at, intent }, patience);
    const page = pageOf(place, answer, { intent, how });
    for (const row of page.rows) this.keepSecrets(place, row);
    return { ...page, tookMs: answer.tookMs };
  }

  /** All pages of a list: see {@link pagesOf}. */
  pages(
    place: Collection,
    first: URLSearchParams,
    patience: RequestBudget,
  ): AsyncGenerator<AnsweredPage> {
    const how = first.has("fields") ? "part" : undefined;
    return pagesOf(place.kind, first, (query) =>
      this.repeated("GET", patience, () => this.page(place, query, patience, how)),
    );
  }

  /** When a read has to end that is asked for now. */
  lookBy(deadline: number): number {
    return Math.max(deadline, this.room.clock.now() + LAST_LOOK_MS);
  }

  /** The project that Keystone logged in to; undefined without Keystone. */
  project(deadline: number): Promise<string | undefined> {
    return this.inTime(
      "A request for the login's project",
      this.lookBy(deadline),
      this.session.projectId(),
    );
  }

  /** Sends a request once. A login that it has to wait for goes on for others when its time has ended. */
  async send({ method, at, intent, body }: Call, patience: RequestBudget): Promise<Answer> {
    const deadline = method === "GET" ? this.lookBy(patience.deadline) : patience.deadline;
    const request: Request = {
      method,
      url: `${this.endpoint}${at}`,
      deadline,
      timeoutMs: patience.timeoutMs,
      body,
    };
    const title = this.transport.titleOf(request);
    let token = await this.inTime(title, deadline, this.session.authorize());
    let answer = await this.transport.send({ ...request, headers: tokenHeader(token) });
    if (answer.status === 401) {
      const renewed = await this.inTime(title, deadline, this.session.renew(token));
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

  private inTime<T>(title: string, deadline: number, login: Promise<T>): Promise<T> {
    return withDeadline(this.room.clock, deadline, login, () => NotSentError.for(title, LOGIN));
  }

  /**
   * The object in the answer to a request for one.
   * @throws TransportError where the answer is not that object
   */
  unwrap(place: Collection, answer: Answer, wanted: Wanted): WireObject {
    const attributes = attributesIn(place, answer, wanted);
    this.keepSecrets(place, attributes);
    return objectOf(place, attributes, wanted);
  }

  /** No message will repeat the secrets of that object. */
  keepSecrets(place: Collection, object: Readonly<Record<string, unknown>>): void {
    for (const attribute of place.secretAttributes) this.secrets.keep(object[attribute]);
  }
}

/** The path of a collection, or of an object in it. */
export function pathOf(place: Collection, id?: string): string {
  const base = `/v2.0/vpn/${place.collection}`;
  return id === undefined ? base : `${base}/${encodeURIComponent(id)}`;
}

function tokenHeader(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { "X-Auth-Token": token };
}
