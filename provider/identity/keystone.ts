import { ApiError, ConfigurationError, UnauthorizedError, UnavailableError } from "../errors";
import type { Answer, Transport } from "../http/transport";
import type { CatalogService } from "./catalog";

/** Who logs in, and where. Names go with a domain; ids stand alone. */
export interface PasswordLogin {
  readonly kind: "password";
  readonly authUrl: string;
  readonly user: Named;
  readonly password: string;
  readonly project: Named;
}

/** Something in Keystone: by id, or by name in a domain. */
export type Named =
  | { readonly id: string }
  | { readonly name: string; readonly domain: { readonly id: string } | { readonly name: string } };

/** What a login gives. */
export interface Token {
  readonly value: string;
  readonly projectId: string | undefined;
  readonly catalog: readonly CatalogService[];
}

const TIMEOUT_MS = 20_000;

/**
 * Logs in to Keystone v3, in 20 seconds or not at all.
 * @throws UnauthorizedError for a wrong user, password or project (Keystone does not say which);
 * other ApiErrors, TransportError.
 */
export async function issueToken(transport: Transport, login: PasswordLogin): Promise<Token> {
  const url = `${identityBase(login.authUrl)}/auth/tokens`;
  const answer = await transport.send({
    method: "POST",
    url,
    timeoutMs: TIMEOUT_MS,
    body: {
      auth: {
        identity: {
          methods: ["password"],
          password: { user: { ...login.user, password: login.password } },
        },
        scope: { project: login.project },
      },
    },
  });
  const value = answer.headers["x-subject-token"];
  const token = (answer.body as { token?: TokenBody | null } | undefined)?.token;
  if (answer.status !== 201 || value === undefined || !token) {
    throw refused(answer, url, login);
  }
  return { value, projectId: token.project?.id, catalog: token.catalog ?? [] };
}

interface TokenBody {
  readonly project?: { readonly id?: string };
  readonly catalog?: readonly CatalogService[];
}

/** Keystone's v3 base: `authUrl` is usually given with its version, but not always. */
function identityBase(authUrl: string): string {
  const base = authUrl.replace(/\/+$/, "").replace(/\/auth\/tokens$/, "");
  if (/\/v2\.0$/.test(base)) {
    throw new ConfigurationError(
      `vpnaas:authUrl (OS_AUTH_URL) is ${base}, an Identity v2.0 endpoint; v3 is needed.`,
    );
  }
  return /\/v3$/.test(base) ? base : `${base}/v3`;
}

function refused(answer: Answer, url: string, login: PasswordLogin): ApiError {
  const refusal = {
    status: answer.status,
    method: "POST",
    path: new URL(url).pathname,
    requestId: answer.headers["x-openstack-request-id"],
  };
  const who = "id" in login.user ? `user id ${login.user.id}` : `user ${login.user.name}`;
  const where =
    "id" in login.project ? `project id ${login.project.id}` : `project ${login.project.name}`;
  const tail = refusal.requestId === undefined ? "" : ` Request id ${refusal.requestId}.`;
  if (answer.status === 401) {
    return new UnauthorizedError(
      `Keystone at ${url} refused the login of ${who} to ${where} (401). It does not say which of user, password, domain and project is wrong. ` +
        `Check vpnaas:username, vpnaas:password, vpnaas:projectName and the domains, or the OS_* variables of the same names.${tail}`,
      refusal,
    );
  }
  const message = `Login of ${who} at ${url} failed: the answer was ${answer.status} and no token. Check vpnaas:authUrl (OS_AUTH_URL).${tail}`;
  return answer.status >= 500 || answer.status === 429
    ? new UnavailableError(message, refusal)
    : new ApiError(message, refusal);
}
