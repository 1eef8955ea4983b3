import { ConfigurationError } from "../errors";
import type { Transport } from "../http/transport";
import { networkEndpoint, withoutVersion, type EndpointChoice } from "./catalog";
import { issueToken, type PasswordLogin, type Token } from "./keystone";

/** Every way to log in. */
export type Login =
  | PasswordLogin
  /** A token from elsewhere; it cannot be renewed. */
  | { readonly kind: "token"; readonly token: string; readonly projectId: string | undefined }
  /** A server that asks for no login. */
  | { readonly kind: "none" };

/** What a session is made of. */
export interface SessionOptions extends EndpointChoice {
  readonly login: Login;
  /** The network endpoint; default: from the catalog. Needed where there is no catalog. */
  readonly endpoint: string | undefined;
}

/** One login to one cloud, shared by everything in the process. */
export class Session {
  private token: Promise<Token> | undefined;

  constructor(
    private readonly options: SessionOptions,
    private readonly transport: Transport,
  ) {}

  /** The network endpoint, without version. Logs in when it has to come from the catalog. */
  async endpoint(): Promise<string> {
    const { endpoint, login } = this.options;
    if (endpoint !== undefined) return withoutVersion(endpoint);
    if (login.kind !== "password") {
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
    return login.kind === "token" ? login.token : (await this.current(login)).value;
  }

  /**
   * Another token than the one that was refused, or undefined where there can be none. However
   * many requests were refused at once, there is one new login.
   */
  async renew(refused: string | undefined): Promise<string | undefined> {
    const { login } = this.options;
    if (login.kind !== "password") return undefined;
    if ((await this.current(login)).value === refused) this.token = undefined;
    return (await this.current(login)).value;
  }

  /** The project that requests are made in, where the login tells. */
  async projectId(): Promise<string | undefined> {
    const { login } = this.options;
    if (login.kind === "password") return (await this.current(login)).projectId;
    return login.kind === "token" ? login.projectId : undefined;
  }

  private current(login: PasswordLogin): Promise<Token> {
    if (this.token === undefined) {
      const pending = issueToken(this.transport, login);
      this.token = pending;
      // A login that failed is tried anew by the next request.
      pending.catch(() => {
        if (this.token === pending) this.token = undefined;
      });
    }
    return this.token;
  }
}
