import { plainLines, escapeControlCharacters } from "./controlCharacters";

/**
 * The base of all errors that the provider throws. A message states the attempted operation, its
 * object, the response and the next step. It never contains a secret or a character that a terminal
 * would interpret. It is one line, even if it contains text of servers and files, except in classes
 * that declare otherwise.
 *
 * Only {@link PartialFailureError} has a field `id`: the engine's dynamic provider treats any error
 * with one as a half-created resource. No class has an integer `code`: it would be treated as a
 * gRPC status.
 */
export class VpnaasError extends Error {
  /**
   * Whether line ends in a message are our own. If so, foreign text that may contain one has to
   * pass `escapeControlCharacters` first.
   */
  protected static readonly hasLines: boolean = false;
  protected readonly vpnaasError = true;

  constructor(message: string) {
    super(new.target.hasLines ? plainLines(message) : escapeControlCharacters(message));
    this.name = new.target.name;
  }

  /**
   * Whether a thrown value is of this class. Compares names instead of using `instanceof`, since
   * two copies of this package can meet in one process.
   */
  static isInstance<T>(this: abstract new (...args: never[]) => T, value: unknown): value is T {
    if (!(value instanceof Error) || !("vpnaasError" in value)) return false;
    for (
      let proto: unknown = value;
      proto !== null && proto !== undefined;
      proto = Object.getPrototypeOf(proto)
    ) {
      if (proto.constructor.name === this.name) return true;
    }
    return false;
  }
}

/** A setting is missing, unreadable or contradicts another; the message names it and its source. */
export class ConfigurationError extends VpnaasError {}

/**
 * No complete response arrived. `sent` is true if the server may have processed the request, `isPermanent` if the
 * same request cannot succeed before somebody changes a certificate.
 */
export class TransportError extends VpnaasError {
  constructor(
    message: string,
    readonly sent: boolean,
    readonly isPermanent = false,
  ) {
    super(message);
  }
}

/** The operation's deadline passed before its request was sent, so nothing was changed. */
export class NotSentError extends TransportError {
  constructor(message: string) {
    super(message, false);
  }

  /** `waitedFor` names the cause of the delay and its remedy. */
  static for(
    request: string,
    waitedFor?: { readonly what: string; readonly remedy: string },
  ): NotSentError {
    const [during, remedy] =
      waitedFor === undefined
        ? ["", ""]
        : [` while it waited for ${waitedFor.what}`, ` or ${waitedFor.remedy}`];
    return new NotSentError(
      `${request}: not sent, since the timeout of its operation passed${during}. It changed nothing. Raise timeouts${remedy}.`,
    );
  }
}

/**
 * The caller canceled the operation. It is not transient, so no request and no wait is tried again
 * after it.
 *
 * The message names the request or wait that ended, and the changes that the cloud has confirmed by
 * then. No change is under way: the response to a POST, PUT or DELETE that was sent is awaited for as
 * long as without a cancellation. If an object exists then, the operation ends with a {@link
 * PartialFailureError} instead, or with success.
 */
export class CanceledError extends VpnaasError {
  protected static override readonly hasLines = true;

  /** `facts`: the request or wait that ended, and the confirmed changes. Adds the next step. */
  static after(facts: string): CanceledError {
    return new CanceledError(`${escapeControlCharacters(facts)} ${CONTINUE}`);
  }

  /** A request, or a login before it, was not sent. */
  static unsent(request: string): CanceledError {
    return CanceledError.after(
      `${request}: not sent, since the operation was canceled. It changed nothing.`,
    );
  }

  /** A request that only reads was under way. */
  static unanswered(request: string): CanceledError {
    return CanceledError.after(
      `${request}: the operation was canceled before the response arrived. It changed nothing.`,
    );
  }
}

const CONTINUE = "Run the same command again to continue.";

/** A response that refuses a request. */
export interface Refusal {
  /** The HTTP status. */
  readonly status: number;
  readonly method: string;
  readonly path: string;
  /** `X-Openstack-Request-Id` of the response. */
  readonly requestId?: string | undefined;
  /** Neutron's exception type, such as `VPNStateInvalidToUpdate`; K5 documents none. */
  readonly faultType?: string | undefined;
  /** The server's message, with the secrets of the request redacted. */
  readonly faultMessage?: string | undefined;
  /** The pause that the server asked for with `Retry-After`. */
  readonly retryAfterMs?: number | undefined;
}

/** The API refused a request. */
export class ApiError extends VpnaasError {
  constructor(
    message: string,
    readonly refusal: Refusal,
  ) {
    super(message);
  }
}

/**
 * The response in words: `GET /v2.0/x answered 503, request id req-1`; `detail` follows the status.
 */
export function answered({ method, path, status, requestId }: Refusal, detail = ""): string {
  const id = requestId === undefined ? "" : `, request id ${requestId}`;
  return `${method} ${path} answered ${status}${detail}${id}`;
}

/** Whether a 400 or 409 gives no reason, as K5 answers: it may be pending, in use, or neither. */
export function isUnexplained({ status, faultType }: Refusal): boolean {
  return faultType === undefined && (status === 400 || status === 409);
}

/** 401, even after a new login. */
export class UnauthorizedError extends ApiError {}

/** 404. Not yet a proof of deletion: see `lifecycle/reconcile/absenceProof.ts`. */
export class NotFoundError extends ApiError {}

/** The object is in a PENDING_* state and cannot be changed now. */
export class PendingStateError extends ApiError {}

/** The object cannot be deleted or changed because another one refers to it. */
export class InUseError extends ApiError {}

/** 429, 413 or 5xx: the same request may succeed later. */
export class UnavailableError extends ApiError {}

/** An expected object was not found (404), but its deletion is not proven. */
export class NotProvenGoneError extends VpnaasError {}

/** A lookup by name, id or other criteria found no object, or more than one. */
export class LookupError extends VpnaasError {}

/** The cloud would refuse any change of an object at present; nothing was changed. */
export class ImmutableError extends VpnaasError {}

/** An object differs from the state, and `vpnaas:onDrift` forbids to change it in that case. */
export class DriftError extends VpnaasError {}

/** The state of a resource is damaged, or has a newer format; nothing was sent or changed. */
export class StateError extends VpnaasError {}

/** An object to be changed is deleted. */
export class GoneError extends VpnaasError {}

/** A wait failed: its deadline passed, or the status was ERROR. */
export class WaitError extends VpnaasError {
  protected static override readonly hasLines = true;
}

/** The cloud accepted a change but shows another value when the object is read back. */
export class MismatchError extends VpnaasError {}

/**
 * The object exists in the cloud, but the operation failed later. The engine keeps `properties` as
 * the state and lets the next `up` continue; it shows `reasons` to the user.
 */
export class PartialFailureError extends VpnaasError {
  protected static override readonly hasLines = true;
  readonly reasons: readonly string[];

  constructor(
    readonly id: string,
    readonly properties: Readonly<Record<string, unknown>>,
    reason: string,
  ) {
    super(reason);
    this.reasons = [this.message];
  }
}

/** The message of any thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
