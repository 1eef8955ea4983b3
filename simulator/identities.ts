import { randomBytes } from "node:crypto";
import { idOf } from "./fixture";
import { isObject } from "./values";

/** A project, or the user's home domain's view of one. */
export interface Project {
  id: string;
  name: string;
}

/** Someone who can log in, with the roles held in one project. */
export interface User {
  id: string;
  name: string;
  password: string;
  project: Project;
  roles: string[];
}

/** An application credential. */
export interface ApplicationCredential {
  id: string;
  name: string;
  secret: string;
  user: User;
}

/** What one token stands for. */
export interface Session {
  token: string;
  user: User;
  /** Whether it is for the user's project; if not, it is unscoped. */
  scoped: boolean;
  methods: string[];
  auditIds: string[];
  issuedAt: number;
  expiresAt: number;
  credential: ApplicationCredential | null;
}

/** A login that is refused with a message of its own; any other refusal is a null. */
export class LoginRefused extends Error {
  constructor(
    readonly status: 400 | 401,
    message: string,
    /** Member `identity` of the body, if there is one. */
    readonly identity?: object,
  ) {
    super(message);
  }
}

const users: User[] = [
  ["admin", "lab-admin-pass", "admin", ["manager", "reader", "admin", "member"]],
  ["lab-user", "lab-user-pass", "lab", ["reader", "member"]],
  ["lab-reader", "lab-reader-pass", "lab", ["reader"]],
  ["lab-other-user", "lab-other-pass", "lab-other", ["reader", "member"]],
].map(([name, password, project, roles]) => ({
  id: idOf(`user ${String(name)}`),
  name: String(name),
  password: String(password),
  project: { id: idOf(`project ${String(project)}`), name: String(project) },
  roles: roles as string[],
}));

/** Id of a project of the simulator, by its name. */
export const projectIdOf = (name: string): string => idOf(`project ${name}`);

const keystoneMethods = [
  "application_credential",
  "external",
  "mapped",
  "oauth1",
  "password",
  "token",
];

const newAuditId = (): string => randomBytes(16).toString("base64url");

const member = (value: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);

const isDefaultDomain = (domain: unknown): boolean =>
  member(domain, "id") === "default" || member(domain, "name") === "Default";

function required(value: unknown, name: string, where: string): unknown {
  if (value === undefined) {
    throw new LoginRefused(
      400,
      `Expecting to find ${name} in ${where}. The server could not comply with the request since it is either malformed or otherwise incorrect. The client is assumed to be in error.`,
    );
  }
  return value;
}

/** By id, or by name and domain. */
function sought<T extends { id: string; name: string }>(
  candidates: T[],
  description: unknown,
  where: string,
): T | undefined {
  const id = member(description, "id");
  if (id !== undefined) {
    return candidates.find((each) => each.id === id);
  }
  const name = required(member(description, "name"), "id or name", where);
  const domain = required(member(description, "domain"), "domain", where);
  return isDefaultDomain(domain) ? candidates.find((each) => each.name === name) : undefined;
}

/**
 * Users, application credentials and tokens: `admin`, `lab-user` (member), `lab-reader` (reader) and
 * `lab-other-user` (another project), all in domain `Default`; `lab-app-cred` belongs to `lab-user`.
 */
export class Identities {
  private readonly sessions = new Map<string, Session>();
  private readonly credentials: ApplicationCredential[] = users
    .filter(({ name }) => name === "lab-user")
    .map((user) => ({
      id: idOf("application credential lab-app-cred"),
      name: "lab-app-cred",
      secret: "lab-app-secret",
      user,
    }));

  constructor(private readonly tokenSeconds: number) {}

  /** The session of a token that is known and not expired, else null. */
  session(token: string | undefined): Session | null {
    const session = this.sessions.get(token ?? "");
    return session && session.expiresAt > Date.now() ? session : null;
  }

  /** Makes one token worthless, or all of them. */
  revoke(token?: string): void {
    if (token === undefined) {
      this.sessions.clear();
    } else {
      this.sessions.delete(token);
    }
  }

  /** Logs in with the body of `POST /auth/tokens`. Null: refused. Throws {@link LoginRefused}. */
  login(body: unknown): Session | null {
    const auth = required(member(body, "auth"), "auth", "request body");
    const identity = required(member(auth, "identity"), "identity", "auth");
    const methods = required(member(identity, "methods"), "methods", "identity");
    const method = Array.isArray(methods) ? String(methods[0]) : "";
    const proof = required(member(identity, method), method, "identity");
    const scope = member(auth, "scope", "project");
    if (method === "token") {
      const earlier = this.session(String(member(proof, "id")));
      return earlier && this.open(earlier.user, scope, { earlier });
    }
    if (method === "application_credential") {
      const credential = this.credentialOf(proof);
      if (credential && scope !== undefined) {
        throw new LoginRefused(
          401,
          "Error authenticating with application credential: Application credentials cannot request a scope.",
          {},
        );
      }
      return credential && this.open(credential.user, scope, { credential });
    }
    if (method !== "password") {
      throw new LoginRefused(401, "Attempted to authenticate with an unsupported method.", {
        methods: keystoneMethods,
      });
    }
    const user = sought(users, required(member(proof, "user"), "user", "password"), "user");
    return user && user.password === member(proof, "user", "password")
      ? this.open(user, scope, {})
      : null;
  }

  /** Adds an application credential of the session's user. */
  addCredential(session: Session, name: string, secret: string): ApplicationCredential {
    const credential = { id: randomBytes(16).toString("hex"), name, secret, user: session.user };
    this.credentials.push(credential);
    return credential;
  }

  private credentialOf(proof: unknown): ApplicationCredential | null {
    const id = member(proof, "id");
    const user = id === undefined ? sought(users, member(proof, "user"), "user") : undefined;
    const found = this.credentials.find((each) =>
      id === undefined ? each.user === user && each.name === member(proof, "name") : each.id === id,
    );
    return found?.secret === member(proof, "secret") ? (found ?? null) : null;
  }

  private open(
    user: User,
    scope: unknown,
    by: { earlier?: Session; credential?: ApplicationCredential },
  ): Session | null {
    if (scope !== undefined && sought([user.project], scope, "project") === undefined) {
      return null;
    }
    const { earlier, credential = null } = by;
    const issuedAt = Date.now();
    const session: Session = {
      token: `gAAAAAB${randomBytes(60).toString("base64url")}`,
      user,
      scoped: scope !== undefined || credential !== null,
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
