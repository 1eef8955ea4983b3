import { ConfigurationError } from "../errors";
import { asLoginFailure, retry, type RetryEnvironment } from "../wait/retry";
import type { Transport } from "../http/transport";
import { networkEndpoint, withoutVersion, type EndpointChoice } from "./catalog";
import { issueToken, type KeystoneLogin, type Token, type TokenBody } from "./keystone";

/** A login of any kind. */
export type Login =
  | KeystoneLogin
  /** A ready token that is used without Keystone; it cannot be renewed. */
  | {
      readonly kind: "token";
      readonly token: string;
      readonly projectId: string | undefined;
      /** The setting that holds it, for messages. */
      readonly source?: string;
    }
  /** A server without authentication. */
  | { readonly kind: "none" };

/** The parameters of a session. */
export interface SessionOptions extends EndpointChoice {
  readonly login: Login;
  /** The network endpoint; default: from the catalog. Required if there is no catalog. */
  readonly endpoint: string | undefined;
}

/**
 * One login to one cloud, shared by the whole process. It is retried after transient errors of
 * Keystone or the network (see {@link retry}), within its own time: the timeout of a single
 * operation does not end a login that others wait for. A request whose login failed after these
 * retries is not retried itself: it would wait for the same Keystone once more.
 */
export class Session {
  private token: Promise<Token> | undefined;

  constructor(
    private readonly options: SessionOptions,
    private readonly transport: Transport,
    private readonly environment: RetryEnvironment,
  ) {}

  /** The network endpoint, without version. Logs in if it has to come from the catalog. */
  async endpoint(): Promise<string> {
    const { endpoint, login } = this.options;
    if (endpoint !== undefined) return withoutVersion(endpoint);
    if (!isAtKeystone(login)) {
      throw new ConfigurationError(
        "A login without Keystone has no catalog: set vpnaas:endpoint (OS_NETWORK_ENDPOINT_OVERRIDE) to the network endpoint.",
      );
    }
    return networkEndpoint((await this.current(login)).catalog, this.options);
  }

  /** The token for a request; undefined if authentication is disabled. */
  async authorize(): Promise<string | undefined> {
    const { login } = this.options;
    if (login.kind === "none") return undefined;
    return isAtKeystone(login) ? (await this.current(login)).value : login.token;
  }

  /**
   * A token other than the refused one, or undefined if there cannot be one: a token that is used
   * as it is cannot be renewed. Requests that are refused at the same time share one new login.
   */
  async renew(refused: string | undefined): Promise<string | undefined> {
    const { login } = this.options;
    if (!isAtKeystone(login)) return undefined;
    if (login.kind === "keystoneToken" && login.project === undefined) return undefined;
    const held = this.current(login);
    const { value } = await held;
    if (value !== refused) return value;
    if (this.token === held) this.token = undefined;
    return (await this.current(login)).value;
  }

  /** The project that Keystone logged in to; undefined without Keystone. */
  async projectId(): Promise<string | undefined> {
    const { login } = this.options;
    return isAtKeystone(login) ? (await this.current(login)).projectId : undefined;
  }

  /** Keystone's description of the login; undefined without Keystone. */
  async about(): Promise<TokenBody | undefined> {
    const { login } = this.options;
    return isAtKeystone(login) ? (await this.current(login)).about : undefined;
  }

  /** The project that the configuration claims for a ready token; not verified. */
  get claimedProjectId(): string | undefined {
    const { login } = this.options;
    return login.kind === "token" ? login.projectId : undefined;
  }

  /** The setting that holds the credential, such as `OS_PASSWORD`; undefined if there is none. */
  get source(): string | undefined {
    const { login } = this.options;
    if (login.kind === "none") return undefined;
    return isAtKeystone(login) ? login.sources.credential : login.source;
  }

  private current(login: KeystoneLogin): Promise<Token> {
    if (this.token === undefined) {
      const pending = retry(this.environment, { deadline: Infinity }, () =>
        issueToken(this.transport, login),
      ).catch((error: unknown) => {
        throw asLoginFailure(error);
      });
      this.token = pending;
      // After a failed login the next request tries again.
      pending.catch(() => {
        if (this.token === pending) this.token = undefined;
      });
    }
    return this.token;
  }
}

function isAtKeystone(login: Login): login is KeystoneLogin {
  return login.kind !== "token" && login.kind !== "none";
}
