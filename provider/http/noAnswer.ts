import { TransportError } from "../errors";
import { PROXY_REFUSED } from "./proxy";

/** Errors without a connection, after which the server cannot have received the request. */
const NEVER_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
]);

/** The server refused the client's certificate, or the client that of the server. */
const REFUSED_CLIENT = /ALERT.*(?:CERT|UNKNOWN_CA|HANDSHAKE)/;
const REFUSED_SERVER = /CERT|SELF_SIGNED|UNABLE_TO_/;

/**
 * Why a request got no answer, in a word for messages, such as `ECONNREFUSED`.
 * Uses the error's code and never its message, since axios keeps headers and body in its errors.
 */
export function reasonOf(error: unknown): string {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (code === "ERR_CANCELED") return "timeout";
  if (String(message).startsWith("maxContentLength")) return "more than 64 MiB";
  return typeof code === "string" ? code : "connection lost";
}

/** The error for a request without a whole answer, with advice for its reason. */
export function noAnswerError(title: string, reason: string): TransportError {
  return new TransportError(
    `${title}: no answer (${reason}). ${adviceFor(reason)}`,
    !NEVER_SENT.has(reason) && !reason.startsWith(PROXY_REFUSED),
    REFUSED_CLIENT.test(reason) || REFUSED_SERVER.test(reason),
  );
}

function adviceFor(reason: string): string {
  if (reason.startsWith(PROXY_REFUSED)) {
    return "Check the proxy's address, user and password in HTTP_PROXY or HTTPS_PROXY, or exclude the host with NO_PROXY.";
  }
  if (REFUSED_CLIENT.test(reason)) {
    return "The server refuses this client's certificate, or requires one: see vpnaas:cert and vpnaas:key (OS_CERT, OS_KEY, cert and key of a cloud).";
  }
  if (reason === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return "Its certificate is for another host name: check the URL.";
  }
  if (/^CERT_(?:HAS_EXPIRED|NOT_YET_VALID)$/.test(reason)) {
    return "Its certificate has expired or is not valid yet: its operator has to renew it, or this machine's clock is wrong.";
  }
  if (REFUSED_SERVER.test(reason)) {
    return "Its certificate is not trusted: set vpnaas:cacert (OS_CACERT, cacert of a cloud) to the file of its authority.";
  }
  if (reason === "EPROTO")
    return "It does not speak TLS: does the URL have to begin with http:// ?";
  return "Check the network, the URLs (vpnaas:authUrl or OS_AUTH_URL, vpnaas:endpoint) and the proxy settings.";
}
