import { plainLines, escapeControlCharacters } from "./controlCharacters";

/**
 * Every error that the provider throws. A message says what was attempted, on what, what came
 * back and what to do next; it never holds a secret, nor a character that a terminal would obey: whatever the
 * texts of servers and files in it hold, it is one line, but for classes that say that they have lines.
 *
 * No class but {@link PartialFailureError} has a field `id`: the engine's dynamic provider takes
 * any error with one for a half-made resource. No class has an integer `code`: it would be taken
 * for a gRPC status.
 */
export class VpnaasError extends Error {
  /**
   * Whether line ends in a message are ours. Then a text that may hold one and is not ours goes through
   * `plainText` before.
   */
  protected static readonly hasLines: boolean = false;
  protected readonly vpnaasError = true;

  constructor(message: string) {
    super(new.target.hasLines ? plainLines(message) : escapeControlCharacters(message));
    this.name = new.target.name;
  }

  /**
   * Whether a thrown value is of this class. Goes by name instead of `instanceof`, since two
   * copies of this package can meet in one process.
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

/** No (whole) answer came. `sent` tells whether the server may have seen and done the request. */
export class TransportError extends VpnaasError {
  constructor(
    message: string,
    readonly sent: boolean,
  ) {
    super(message);
  }
}

/** The time of an operation ended before its request could be sent, so that nothing was done. */
export class NotSentError extends TransportError {
  constructor(message: string) {
    super(message, false);
  }

  /** `waitedFor` names what was in the way, with how to avoid it. */
  static for(
    request: string,
    waitedFor?: { readonly what: string; readonly remedy: string },
  ): NotSentError {
    const [during, remedy] =
      waitedFor === undefined
        ? ["", ""]
        : [` while it waited for ${waitedFor.what}`, ` or ${waitedFor.remedy}`];
    return new NotSentError(
      `${request}: not sent, since the time of its operation ended${during}. It changed nothing. Raise timeouts${remedy}.`,
    );
  }
}

/** What an API answered when it did not do what it was asked. */
export interface Refusal {
  /** HTTP status. */
  readonly status: number;
  readonly method: string;
  readonly path: string;
  /** `X-Openstack-Request-Id` of the answer. */
  readonly requestId?: string | undefined;
  /** Neutron's exception type, such as `VPNStateInvalidToUpdate`; K5 documents none. */
  readonly faultType?: string | undefined;
  /** The server's own words, cleared of what was secret in the request. */
  readonly faultMessage?: string | undefined;
  /** What the server asked to wait, from `Retry-After`. */
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

/** What came back: `GET /v2.0/x answered 503, request id req-1`; `said` follows the status. */
export function answered({ method, path, status, requestId }: Refusal, said = ""): string {
  const id = requestId === undefined ? "" : `, request id ${requestId}`;
  return `${method} ${path} answered ${status}${said}${id}`;
}

/** Whether a 400 or 409 gives no reason, as K5 answers: it may be pending, in use, or neither. */
export function isUnexplained({ status, faultType }: Refusal): boolean {
  return faultType === undefined && (status === 400 || status === 409);
}

/** 401, also after a new login. */
export class UnauthorizedError extends ApiError {}

/** 404. Not yet a proof that an object is gone: see `lifecycle/gone.ts`. */
export class NotFoundError extends ApiError {}

/** The object is in a PENDING_* state and cannot be changed now. */
export class PendingStateError extends ApiError {}

/** The object cannot be deleted, or not be changed, because another one refers to it. */
export class InUseError extends ApiError {}

/** 429, 413 or 5xx: the same request may succeed later. */
export class UnavailableError extends ApiError {}

/** Something answered 404 where an object was expected, but nothing proves that it is gone. */
export class NotProvenGoneError extends VpnaasError {}

/** An object of a name, an id or a description was looked for, and there is none, or more than one. */
export class LookupError extends VpnaasError {}

/** The cloud would refuse any change of an object as things are now; nothing was changed. */
export class ImmutableError extends VpnaasError {}

/** An object differs from the state, and `vpnaas:onDrift` forbids to change it then. */
export class DriftError extends VpnaasError {}

/** The state of a resource is damaged, or of a newer format; nothing was asked or changed. */
export class StateError extends VpnaasError {}

/** An object that was to be changed is gone. */
export class GoneError extends VpnaasError {}

/** A wait ended without what it waited for: its time was up, or the status was ERROR. */
export class WaitError extends VpnaasError {
  protected static override readonly hasLines = true;
}

/** The cloud took a change but shows something else when read back. */
export class MismatchError extends VpnaasError {}

/**
 * The object exists in the cloud, but the operation did not reach its end. The engine keeps
 * `properties` as the state and lets the next `up` continue; `reasons` is what the user reads.
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

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
