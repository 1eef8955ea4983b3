import {
  ApiError,
  InUseError,
  NotFoundError,
  PendingStateError,
  UnauthorizedError,
  UnavailableError,
} from "../../../provider/errors";
import type { Answer } from "../../../provider/http/transport";
import { toApiError } from "../../../provider/neutron/apiErrors";
import { secretsOf } from "../support/builders";

const ATTEMPT = {
  method: "PUT",
  path: "/v2.0/vpn/ipsec-site-connections/f7cf",
  intent: "update IpsecSiteConnection f7cf",
  secrets: secretsOf("correct horse"),
};

function fault(status: number, body?: unknown, headers: Answer["headers"] = {}): ApiError {
  return toApiError({ status, headers, body }, ATTEMPT);
}

const typed = (type: string, message = "words of the server.") => ({
  NeutronError: { type, message, detail: "" },
});

describe("the class of an API error", () => {
  it.each([
    [400, typed("VPNStateInvalidToUpdate"), PendingStateError],
    [409, typed("VPNStateInvalidToUpdate"), PendingStateError],
    [400, typed("InvalidInput"), ApiError],
    [400, typed("InvalidInput", "PENDING_UPDATE"), ApiError],
    [401, { error: { message: "expired", code: 401 } }, UnauthorizedError],
    [403, typed("PolicyNotAuthorized"), ApiError],
    [404, typed("IPsecSiteConnectionNotFound"), NotFoundError],
    [404, typed("VPNStateInvalidToUpdate"), NotFoundError],
    [404, undefined, NotFoundError],
    [409, typed("VPNServiceInUse"), InUseError],
    [409, typed("IKEPolicyInUse"), InUseError],
    [409, typed("IPsecPolicyInUse"), InUseError],
    [400, typed("EndpointGroupInUse"), InUseError],
    [409, typed("OverQuota"), ApiError],
    [409, undefined, ApiError],
    [413, undefined, UnavailableError],
    [429, undefined, UnavailableError],
    [500, undefined, UnavailableError],
    [502, "<html>Bad Gateway</html>", UnavailableError],
    [503, typed("VPNStateInvalidToUpdate"), UnavailableError],
    [300, undefined, ApiError],
  ])("for %d with %j is the expected one", (status, body, kind) => {
    expect(fault(status, body).constructor).toBe(kind);
  });

  it.each([
    { message: "Invalid state PENDING_UPDATE of connection" },
    { error: { message: "The resource is in invalid state." } },
    { error: "Operation cannot be performed in PENDING_CREATE" },
    { NeutronError: "status is PENDING_UPDATE" },
  ])("is PendingStateError for an untyped message about a status: %j", (body) => {
    expect(fault(400, body)).toBeInstanceOf(PendingStateError);
    expect(fault(409, body)).toBeInstanceOf(PendingStateError);
  });

  it.each([
    { message: "Bad request" },
    { error: { message: "peer_cidrs is invalid" } },
    "PENDING_UPDATE",
    undefined,
  ])("is not PendingStateError for another untyped message: %j", (body) => {
    expect(fault(400, body)).not.toBeInstanceOf(PendingStateError);
  });
});

describe("the message of an API error", () => {
  it("contains the intent, the request, the response and the request id", () => {
    const error = fault(400, typed("InvalidInput", "mtu is bad."), {
      "x-openstack-request-id": "req-1",
    });
    expect(error.message).toBe(
      "Could not update IpsecSiteConnection f7cf: PUT /v2.0/vpn/ipsec-site-connections/f7cf answered 400 InvalidInput: mtu is bad, request id req-1.",
    );
  });

  it("omits the parts that the response lacks", () => {
    expect(fault(404).message).toBe(
      "Could not update IpsecSiteConnection f7cf: PUT /v2.0/vpn/ipsec-site-connections/f7cf answered 404.",
    );
  });

  it.each([
    [401, /--run-program, or set OS_\* variables/],
    [403, /lacks the role/],
    [429, /fewer requests; try again later/],
    [500, /check the ids first.* the cloud's own: give its operator the request id/],
    [503, /the cloud's own; try again/],
  ])("advises the next step after %d", (status, advice) => {
    expect(fault(status).message).toMatch(advice);
  });

  it("advises to try a pending object again later", () => {
    expect(fault(400, typed("VPNStateInvalidToUpdate")).message).toMatch(/try again later\.$/);
  });

  it.each([
    null,
    5,
    [],
    { NeutronError: null },
    { NeutronError: 5 },
    { error: null },
    { message: 5 },
  ])("exists for any body: %j", (body) => {
    expect(fault(400, body).message).toMatch(/answered 400\.$/);
  });
});

describe("a secret of the request in an API error", () => {
  it.each([
    ["plain", "correct horse"],
    ["for a URL", "correct%20horse"],
    ["in quotes", "'correct horse'"],
  ])("is hidden in the server's message: %s", (_how, echo) => {
    const error = fault(400, typed("InvalidInput", `Bad psk ${echo}: ${echo}`));
    expect(error.message).not.toMatch(/correct.{1,3}horse/);
    expect(error.refusal.faultMessage).not.toMatch(/correct.{1,3}horse/);
  });

  it("is hidden if the server quotes it for JSON", () => {
    const secret = 'say "friend"';
    const body = typed("InvalidInput", `Bad psk ${JSON.stringify(secret)}`);
    const error = toApiError(
      { status: 400, headers: {}, body },
      { ...ATTEMPT, secrets: secretsOf(secret, "token") },
    );
    expect(error.message).toContain('Bad psk "(hidden)"');
  });
});

describe("the refusal of an API error", () => {
  it("contains the response for later decisions", () => {
    const error = fault(409, typed("IPsecPolicyInUse", "in use"), {
      "x-openstack-request-id": "req-2",
    });
    expect(error.refusal).toEqual({
      status: 409,
      method: "PUT",
      path: ATTEMPT.path,
      requestId: "req-2",
      faultType: "IPsecPolicyInUse",
      faultMessage: "in use",
      retryAfterMs: undefined,
    });
  });

  it.each([
    ["0", 0],
    ["7", 7_000],
    ["60", 60_000],
    ["3600", 3_600_000],
    ["soon", undefined],
    ["Mon, 01 Jan 2001 00:00:00 GMT", 0],
  ])("has Retry-After %s as %d milliseconds", (header, ms) => {
    expect(fault(503, undefined, { "retry-after": header }).refusal.retryAfterMs).toBe(ms);
  });

  it("has a date in Retry-After as milliseconds", () => {
    const inHalfAMinute = new Date(Date.now() + 30_000).toUTCString();
    const { retryAfterMs } = fault(503, undefined, { "retry-after": inHalfAMinute }).refusal;
    expect(retryAfterMs).toBeGreaterThan(25_000);
    expect(retryAfterMs).toBeLessThanOrEqual(30_000);
  });

  it("computes a date in Retry-After by the server's own clock", () => {
    const headers = {
      "retry-after": "Mon, 01 Jan 2001 00:00:07 GMT",
      date: "Mon, 01 Jan 2001 00:00:00 GMT",
    };
    expect(fault(503, undefined, headers).refusal.retryAfterMs).toBe(7_000);
  });

  it("a redirect is not followed, and the message gives the reason", () => {
    expect(fault(307).message).toMatch(/answered 307.*redirect is not followed.*vpnaas:endpoint/);
  });
});
