import {
  ApiError,
  InUseError,
  NotFoundError,
  PendingStateError,
  UnauthorizedError,
  UnavailableError,
  answered,
  type Refusal,
} from "../errors";
import type { Secrets } from "../http/secrets";
import { retryAfterMs } from "../http/retryAfter";
import type { Answer } from "../http/transport";

/** A request that the server refused, for the message. */
export interface Attempt {
  readonly method: string;
  readonly path: string;
  /** For example `update IpsecSiteConnection office (3f2c...)`. */
  readonly intent: string;
  /** The setting that holds the credential. */
  readonly readFrom?: string | undefined;
  /** The secrets to redact. */
  readonly secrets: Secrets;
}

/** The error for a response without a success status. All API errors are created here. */
export function toApiError(answer: Omit<Answer, "tookMs">, attempt: Attempt): ApiError {
  const { type, message } = faultBody(answer.body);
  const refusal: Refusal = {
    status: answer.status,
    method: attempt.method,
    path: attempt.path,
    requestId: answer.headers["x-openstack-request-id"],
    faultType: type,
    faultMessage: message && attempt.secrets.redact(message),
    retryAfterMs: retryAfterMs(answer.headers),
  };
  const [ErrorType, advice] = classify(refusal);
  const { intent, readFrom } = attempt;
  const source =
    refusal.status === 401 && readFrom !== undefined ? ` It was read from ${readFrom}.` : "";
  return new ErrorType(`Could not ${intent}: ${describe(refusal)}.${advice}${source}`, refusal);
}

/** Neutron wraps its errors; Keystone's middleware and K5 use other shapes. */
function faultBody(body: unknown): { type?: string; message?: string } {
  if (typeof body !== "object" || body === null) return {};
  const { NeutronError, error, message } = body as Record<string, unknown>;
  const inner = (NeutronError ?? error ?? { message }) as unknown;
  if (typeof inner === "string") return { message: inner };
  const fault = inner as Record<string, unknown>;
  return {
    ...(NeutronError !== undefined && typeof fault["type"] === "string"
      ? { type: fault["type"] }
      : {}),
    ...(typeof fault["message"] === "string" ? { message: fault["message"] } : {}),
  };
}

function describe(refusal: Refusal): string {
  const words = [refusal.faultType, refusal.faultMessage].filter((one) => one !== undefined);
  const detail = words.length === 0 ? "" : ` ${words.join(": ").replace(/[.\s]+$/, "")}`;
  return answered(refusal, detail);
}

type ErrorClass = new (message: string, refusal: Refusal) => ApiError;

function classify(refusal: Refusal): readonly [ErrorClass, string] {
  const { status } = refusal;
  if (isPendingFault(refusal)) {
    return [PendingStateError, " It is still busy with an earlier change; try again later."];
  }
  // An endpoint group in use answers 400, every other type 409.
  if (/InUse$/.test(refusal.faultType ?? "")) return [InUseError, ""];
  switch (status) {
    case 401:
      return [
        UnauthorizedError,
        " The login is not valid (any more). A token that was given cannot be renewed: get another one. `pulumi refresh` and `pulumi destroy` use the configuration of the last `up`: " +
          "after a password was changed there, run them with --run-program, or set OS_* variables, which come first.",
      ];
    case 403:
      return [ApiError, " The login lacks the role for it; VPN objects usually need `member`."];
    case 404:
      return [NotFoundError, ""];
    case 413:
    case 429:
      return [UnavailableError, " The cloud asks for fewer requests; try again later."];
    case 500:
      return [
        UnavailableError,
        " Neutron also answers this for an id that does not exist, such as that of a VPN service: check the ids first. Otherwise the error is the cloud's own: give its operator the request id.",
      ];
    default:
      if (status >= 300 && status < 400) {
        return [
          ApiError,
          " A redirect is not followed, since the token must not go to another host. Check the endpoint (vpnaas:endpoint, or the catalog) and the proxy settings.",
        ];
      }
      return status >= 500
        ? [
            UnavailableError,
            " The error is the cloud's own; try again, and give its operator the request id.",
          ]
        : [ApiError, ""];
  }
}

/**
 * Neutron answers 400 VPNStateInvalidToUpdate. K5 documents no error body at all, so an untyped 400
 * or 409 also counts if its message mentions a state.
 */
function isPendingFault({ status, faultType, faultMessage }: Refusal): boolean {
  if (status !== 400 && status !== 409) return false;
  if (faultType !== undefined) return faultType === "VPNStateInvalidToUpdate";
  return /PENDING_|invalid state/i.test(faultMessage ?? "");
}
