import type { ApiRequest, Cloud } from "./cloud";
import { methodNotAllowed, noSuchPath } from "./faultBodies";
import { refuseForeignQuota } from "./quotas";
import type { Answer } from "./types";

/**
 * Answers `/v2.0/quotas` and the paths below it. The path `tenant` returns the project of the token.
 * Source: neutron/extensions/quotasv2.py.
 */
export function answerQuotas(
  { method, text, caller }: ApiRequest,
  { quotas, extensions }: Cloud,
  id: string | undefined,
  part: string | undefined,
): Answer {
  if (part === "details" && method === "GET" && extensions.includes("quota_details")) {
    refuseForeignQuota(caller, id, "details");
    return { status: 200, body: { quota: quotas.details(id ?? "") } };
  }
  if (part !== undefined) {
    throw noSuchPath();
  }
  if (method === "GET" && (id === "tenant" || id === "project")) {
    return { status: 200, body: { [id]: { [`${id}_id`]: caller.projectId } } };
  }
  if (method === "GET") {
    refuseForeignQuota(caller, id, "quota");
    return id === undefined
      ? { status: 200, body: { quotas: [] } }
      : { status: 200, body: { quota: quotas.limits(id) } };
  }
  if (id === undefined || !["PUT", "DELETE"].includes(method)) {
    throw methodNotAllowed();
  }
  refuseForeignQuota(caller, id, "change");
  if (method === "DELETE") {
    quotas.reset(id);
    return { status: 204 };
  }
  quotas.change(id, JSON.parse(text));
  return { status: 200, body: { quota: quotas.limits(id) } };
}
