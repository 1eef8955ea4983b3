import { ConfigurationError } from "../errors";
import { retry, type RetryEnvironment } from "../wait/retry";
import type { Transport } from "../http/transport";
import { networkEndpoint, withoutVersion, type EndpointChoice } from "./catalog";
import { issueToken, type KeystoneLogin, type Token, type TokenBody } from "./keystone";

/** Every way to log in. */
export type Login =
  | KeystoneLogin
  /** A ready token, with which Keystone is not asked; it cannot be renewed. */
  | {
      readonly kind: "token";
      readonly token: string;
      readonly projectId: string | undefined;
      /** Where it was read, for messages. */
      readonly source?: string;
    }
  /** A server that asks for no login. */
  | { readonly kind: "none" };

/** What a session is made of. */
export interface SessionOptions extends EndpointChoice {
  readonly login: Login;
  /** The network endpoint; default: from the catalog. Needed where there is no catalog. */
  readonly endpoint: string | undefined;
}

/**
 * One login to one cloud, shared by everything in the process. It is tried again while Keystone or
 * the network fails (see {@link retry}), in a time of its own: no single operation's time-out ends
 * what all wait for.
 */
export class Session {
  private token: Promise<Token> | undefined;

  constructor(
    private readonly options: SessionOptions,
    private readonly transport: Transport,
    private readonly room: RetryEnvironment,
  ) {}

  /** The network endpoint, without version. Logs in when it has to come from the catalog. */
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

  /** The token for a request; undefined where no login is wanted. */
  async authorize(): Promise<string | undefined> {
    const { login } = this.options;
    if (login.kind === "none") return undefined;
    return isAtKeystone(login) ? (await this.current(login)).value : login.token;
  }

  /**
   * Another token than the one that was refused, or undefined where there can be none: a token that
   * is used as it is has no other. However many requests were refused at once, there is one new
   * login.
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

  /** What Keystone tells of the login; undefined without Keystone. */
  async about(): Promise<TokenBody | undefined> {
    const { login } = this.options;
    return isAtKeystone(login) ? (await this.current(login)).about : undefined;
  }

  /** The project that the configuration says a ready token is for: a claim, not a proof. */
  get claimedProjectId(): string | undefined {
    const { login } = this.options;
    return login.kind === "token" ? login.projectId : undefined;
  }

  /** Where what proves the login was read, such as `OS_PASSWORD`; undefined where nothing does. */
  get source(): string | undefined {
    const { login } = this.options;
    if (login.kind === "none") return undefined;
    return isAtKeystone(login) ? login.sources.credential : login.source;
  }

  private current(login: KeystoneLogin): Promise<Token> {
    if (this.token === undefined) {
      const pending = retry(this.room, { deadline: Infinity }, () =>
        issueToken(this.transport, login),
      );
      this.token = pending;
      // A login that failed is tried anew by the next request.
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
