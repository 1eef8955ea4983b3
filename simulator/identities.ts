import { randomBytes } from "node:crypto";
import { ApplicationCredentials, type ApplicationCredential } from "./applicationCredentials";
import { member, notAuthorized, Refusal, required, sought } from "./loginBody";
import { users, type User } from "./users";

/** The session of one token. */
export interface Session {
  token: string;
  user: User;
  /** Whether its scope is the user's project; otherwise it is unscoped. */
  scoped: boolean;
  methods: string[];
  auditIds: string[];
  issuedAt: number;
  expiresAt: number;
  credential: ApplicationCredential | null;
}

const keystoneMethods = [
  "application_credential",
  "external",
  "mapped",
  "oauth1",
  "password",
  "token",
];

/** The prefix of every Fernet token. */
const tokenPrefix = "gAAAAAB";

const newAuditId = (): string => randomBytes(16).toString("base64url");

/**
 * Users, application credentials and tokens: `admin`, `lab-user` (member), `lab-reader` (reader) and
 * `lab-other-user` (another project), all in domain `Default`; `lab-app-cred` belongs to `lab-user`.
 */
export class Identities {
  private readonly sessions = new Map<string, Session>();
  private readonly credentials = new ApplicationCredentials();

  constructor(private readonly tokenSeconds: number) {}

  /** The session of a token; null if the token is unknown or expired. */
  session(token: string | undefined): Session | null {
    const session = this.sessions.get(token ?? "");
    return session && session.expiresAt > Date.now() ? session : null;
  }

  /** Revokes one token, or all tokens. */
  revoke(token?: string): void {
    if (token === undefined) {
      this.sessions.clear();
    } else {
      this.sessions.delete(token);
    }
  }

  /**
   * Logs in with the body of `POST /auth/tokens`. Returns null for a wrong login.
   * @throws Refusal with a message of its own
   */
  login(body: unknown): Session | null {
    const auth = required(member(body, "auth"), "auth", "request body");
    const identity = required(member(auth, "identity"), "identity", "auth");
    const methods = required(member(identity, "methods"), "methods", "identity");
    const method = Array.isArray(methods) ? String(methods[0]) : "";
    const proof = required(member(identity, method), method, "identity");
    const scope = member(auth, "scope");
    if (method === "token") {
      return this.rescope(String(member(proof, "id")), scope);
    }
    if (method === "application_credential") {
      const credential = this.credentials.provenBy(proof);
      if (credential && scope !== undefined) {
        throw new Refusal(
          401,
          "Error authenticating with application credential: Application credentials cannot request a scope.",
          {},
        );
      }
      return (
        credential &&
        this.open(credential.user, { project: credential.user.project }, { credential })
      );
    }
    if (method !== "password") {
      throw new Refusal(401, "Attempted to authenticate with an unsupported method.", {
        methods: keystoneMethods,
      });
    }
    const user = sought(users, required(member(proof, "user"), "user", "password"), "user");
    return user && user.password === member(proof, "user", "password")
      ? this.open(user, scope, {})
      : null;
  }

  /**
   * Adds an application credential of the session's user.
   * @throws Refusal
   */
  addCredential(session: Session, name: string, secret: string): ApplicationCredential {
    if (session.credential) {
      throw notAuthorized(
        "Using method 'application_credential' is not allowed for managing additional application credentials",
      );
    }
    return this.credentials.add(session.user, name, secret);
  }

  /** Removes a credential and its tokens. Returns false if the session's user has none with that id. */
  removeCredential({ user }: Session, id: string): boolean {
    const isRemoved = this.credentials.remove(user, id);
    if (isRemoved) {
      for (const { credential, token } of this.sessions.values()) {
        if (credential?.id === id) {
          this.sessions.delete(token);
        }
      }
    }
    return isRemoved;
  }

  /** Source: keystone/auth/plugins/token.py. */
  private rescope(token: string, scope: unknown): Session | null {
    const earlier = this.session(token);
    if (!earlier) {
      const isFernet = token.startsWith(tokenPrefix);
      throw new Refusal(
        404,
        isFernet ? "Failed to validate token" : "Could not recognize Fernet token",
      );
    }
    if (earlier.credential && scope !== undefined) {
      throw notAuthorized(
        "Using an application credential token to create a project-scoped or domain-scoped token is not allowed",
      );
    }
    return this.open(earlier.user, scope, { earlier });
  }

  private open(
    user: User,
    scope: unknown,
    by: { earlier?: Session; credential?: ApplicationCredential },
  ): Session | null {
    const scoped = scope !== undefined && scope !== "unscoped";
    const project = member(scope, "project");
    if (scoped && Object.keys(scope as object).length === 0) {
      required(undefined, "system, project, domain, OS-TRUST:trust or unscoped", "scope");
    }
    // No user of the simulator has a role in a domain or in the system.
    if (scoped && (project === undefined || !sought([user.project], project, "project"))) {
      return null;
    }
    const { earlier, credential = earlier?.credential ?? null } = by;
    const issuedAt = Date.now();
    const session: Session = {
      token: `${tokenPrefix}${randomBytes(60).toString("base64url")}`,
      user,
      scoped,
      methods: earlier
        ? [...new Set([...earlier.methods, "token"])]
        : [credential ? "application_credential" : "password"],
      auditIds: [newAuditId(), ...(earlier?.auditIds.slice(-1) ?? [])],
      issuedAt,
      expiresAt: earlier?.expiresAt ?? issuedAt + this.tokenSeconds * 1000,
      credential,
    };
    this.sessions.set(session.token, session);
    return session;
  }
}
