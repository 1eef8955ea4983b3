import { ApiError, ConfigurationError, UnauthorizedError, UnavailableError } from "../errors";
import { retryAfterMs } from "../http/retryAfter";
import type { Answer, Request, Transport } from "../http/transport";
import type { CatalogService } from "./catalog";

/** A Keystone object: by id, or by name in a domain. */
export type Named =
  | { readonly id: string }
  | { readonly name: string; readonly domain: { readonly id: string } | { readonly name: string } };

/** A login at Keystone; a name needs a domain, an id does not. */
export type KeystoneLogin = PasswordLogin | ApplicationCredentialLogin | TokenLogin;

interface AtKeystone {
  readonly authUrl: string;
  /** The settings that hold the URL and the credential, for messages. */
  readonly sources: { readonly authUrl: string; readonly credential: string };
}

/** A user with a password. */
export interface PasswordLogin extends AtKeystone {
  readonly kind: "password";
  readonly user: Named;
  readonly password: string;
  readonly project: Named;
}

/** An application credential, which is bound to a project. */
export interface ApplicationCredentialLogin extends AtKeystone {
  readonly kind: "applicationCredential";
  readonly credential: { readonly id: string } | { readonly name: string; readonly user: Named };
  readonly secret: string;
}

/** A Keystone token: exchanged for one of the project, or used as it is if no project is given. */
export interface TokenLogin extends AtKeystone {
  readonly kind: "keystoneToken";
  readonly token: string;
  readonly project: Named | undefined;
}

/** The result of a login. */
export interface Token {
  readonly value: string;
  readonly projectId: string | undefined;
  readonly catalog: readonly CatalogService[];
  /** Keystone's description of the token, for reports. */
  readonly about: TokenBody;
}

const TIMEOUT_MS = 20_000;

/**
 * Logs in to Keystone v3, within 20 seconds.
 * @throws UnauthorizedError for a wrong user, password or project (Keystone does not report which);
 * other ApiErrors, TransportError; ConfigurationError for a token without a project.
 */
export async function issueToken(transport: Transport, login: KeystoneLogin): Promise<Token> {
  const request = { ...requestOf(login), url: tokensUrl(login), timeoutMs: TIMEOUT_MS };
  const answer = await transport.send(request);
  const value = unexchangedToken(login) ?? answer.headers["x-subject-token"];
  const token = (answer.body as { token?: TokenBody | null } | undefined)?.token;
  if (!SUCCESSES.has(answer.status) || value === undefined || !token) {
    throw loginError(answer, request, login);
  }
  if (unexchangedToken(login) !== undefined && token.project === undefined) {
    throw new ConfigurationError(
      `The token of ${login.sources.credential} is for no project: set vpnaas:projectName or vpnaas:projectId (OS_PROJECT_NAME, OS_PROJECT_ID, auth.project_name of a cloud).`,
    );
  }
  return { value, projectId: token.project?.id, catalog: token.catalog ?? [], about: token };
}

/** A token as Keystone describes it; unused members are omitted. */
export interface TokenBody {
  readonly user?: { readonly name?: string };
  readonly project?: { readonly id?: string; readonly name?: string };
  readonly roles?: readonly { readonly name?: string }[];
  readonly expires_at?: string;
  readonly catalog?: readonly CatalogService[];
}

const SUCCESSES = new Set([200, 201]);

/** The given token, if it is used without an exchange. */
function unexchangedToken(login: KeystoneLogin): string | undefined {
  return login.kind === "keystoneToken" && login.project === undefined ? login.token : undefined;
}

function requestOf(login: KeystoneLogin): Omit<Request, "url"> {
  const token = unexchangedToken(login);
  if (token !== undefined) {
    return { method: "GET", headers: { "X-Auth-Token": token, "X-Subject-Token": token } };
  }
  return { method: "POST", body: { auth: authOf(login) } };
}

function authOf(login: KeystoneLogin): object {
  switch (login.kind) {
    case "password": {
      const { user, password, project } = login;
      return scoped({ methods: ["password"], password: { user: { ...user, password } } }, project);
    }
    case "keystoneToken":
      return scoped({ methods: ["token"], token: { id: login.token } }, login.project);
    case "applicationCredential": {
      // Keystone refuses a scope here.
      const { credential, secret } = login;
      const application_credential = { ...credential, secret };
      return { identity: { methods: ["application_credential"], application_credential } };
    }
  }
}

function scoped(identity: object, project: Named | undefined): object {
  return { identity, scope: { project } };
}

/** `authUrl` usually, but not always, includes the version. */
function tokensUrl({ authUrl, sources }: KeystoneLogin): string {
  const base = authUrl.replace(/\/+$/, "").replace(/\/auth\/tokens$/, "");
  if (/\/v2\.0$/.test(base)) {
    throw new ConfigurationError(
      `${sources.authUrl} is ${base}, an Identity v2.0 endpoint; v3 is needed.`,
    );
  }
  return `${/\/v3$/.test(base) ? base : `${base}/v3`}/auth/tokens`;
}

function loginError(answer: Answer, { method, url }: Request, login: KeystoneLogin): ApiError {
  const refusal = {
    status: answer.status,
    method,
    path: new URL(url).pathname,
    requestId: answer.headers["x-openstack-request-id"],
    retryAfterMs: retryAfterMs(answer.headers),
  };
  const { sources } = login;
  const tail = refusal.requestId === undefined ? "" : ` Request id ${refusal.requestId}.`;
  if (isRefusal(answer.status, login)) {
    const orUrl = answer.status === 404 ? ` Or the URL is wrong: check ${sources.authUrl}.` : "";
    return new UnauthorizedError(
      `Keystone at ${url} refused the login of ${describeLogin(login)} (${answer.status}). ${REASONS[login.kind]} ` +
        `Read from: ${sources.credential}.${orUrl}${staleAdvice(sources.credential)}${tail}`,
      refusal,
    );
  }
  const message = `Login of ${describeLogin(login)} at ${url} failed: the answer was ${answer.status} and no token. Check ${sources.authUrl}.${tail}`;
  return answer.status >= 500 || answer.status === 429 || answer.status === 413
    ? new UnavailableError(message, refusal)
    : new ApiError(message, refusal);
}

function describeLogin(login: KeystoneLogin): string {
  switch (login.kind) {
    case "password":
      return `user ${nameOf(login.user)} to project ${nameOf(login.project)}`;
    case "applicationCredential":
      return `application credential ${"id" in login.credential ? `id ${login.credential.id}` : login.credential.name}`;
    case "keystoneToken":
      return login.project ? `a token to project ${nameOf(login.project)}` : "a token";
  }
}

function nameOf(named: Named): string {
  return "id" in named ? `id ${named.id}` : named.name;
}

/**
 * Keystone answers 404 for a deleted credential or token, and 403 for one that may not be used this
 * way.
 */
function isRefusal(status: number, login: KeystoneLogin): boolean {
  return status === 401 || (login.kind !== "password" && (status === 403 || status === 404));
}

const REASONS = {
  password: "It does not say which of user, password, domain and project is wrong; check them all.",
  applicationCredential:
    "The id (or name and user) or the secret is wrong, or the credential has expired or was deleted.",
  keystoneToken:
    "The token has expired, was revoked, or may not be exchanged for one of the project (that of an application credential never may: leave the project out). It cannot be renewed: get another one.",
} as const;

function staleAdvice(source: string): string {
  return source.includes("vpnaas:")
    ? " `pulumi refresh` and `pulumi destroy` use the stack configuration of the last `up`: after it was changed there, run them with --run-program, or set OS_* variables, which come first."
    : "";
}
