import type { Session } from "../identity/session";
import type { Answer, Request, Transport } from "../http/transport";
import { CanceledError, NotSentError } from "../errors";
import { withSignal } from "../wait/cancellation";
import { withDeadline, type Clock } from "../wait/clock";
import { toApiError } from "./apiErrors";

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

/** The time for a read that begins at its deadline: enough for a last poll. */
const LAST_READ_MS = 2_000;
const LOGIN = { what: "the login", remedy: "run `pulumi-vpnaas doctor`: Keystone may be slow" };

/**
 * Sends the requests of one cloud's network API with the token of a login. After a 401 it logs in
 * once more and repeats the request.
 */
export class RequestSender {
  constructor(
    /** The network endpoint, without version. */
    readonly endpoint: string,
    private readonly session: Session,
    private readonly transport: Transport,
    private readonly clock: Clock,
  ) {}

  /** The deadline of a read that begins now. */
  readDeadline(deadline: number): number {
    return Math.max(deadline, this.clock.now() + LAST_READ_MS);
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
   * Sends a request, without a retry. If its deadline passes or it is canceled during a login, the login
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
      secrets: this.transport.secrets,
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
    const inTime = () => withDeadline(this.clock, deadline, login(), tooLate);
    return withSignal(signal, inTime, () => CanceledError.unsent(title));
  }
}

function tokenHeader(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { "X-Auth-Token": token };
}
