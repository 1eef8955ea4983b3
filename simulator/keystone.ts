import { randomBytes } from "node:crypto";
import { keystoneFault, unauthorized } from "./faultBodies";
import { credentialBody, linksTo, projectBody, tokenBody, versionBody } from "./identityBodies";
import type { Identities, Session } from "./identities";
import { Refusal } from "./loginBody";
import type { Answer } from "./types";
import { isObject } from "./values";

/** One request to the identity API. */
export interface IdentityRequest {
  method: string;
  /** The path below `/identity`, without the query. */
  path: string;
  /** The parsed body, or its text if that is not valid JSON. */
  body: unknown;
  /** Header X-Auth-Token. */
  token: string | undefined;
  /** Header X-Subject-Token. */
  subjectToken: string | undefined;
}

/** The dependencies of the identity API. */
export interface IdentityCloud {
  readonly identities: Identities;
  readonly identityUrl: () => string;
  readonly catalog: () => object[];
  /** The offset of the cloud's clock in milliseconds; positive if it is fast. */
  readonly clockAheadMs: number;
}

/** The identity API. Source of the bodies: Keystone 29, /v3/auth/tokens. */
export class IdentityApi {
  constructor(private readonly cloud: IdentityCloud) {}

  /** Answers every request. Never throws. */
  answer(request: IdentityRequest): Answer {
    try {
      return this.route(request);
    } catch (error) {
      if (error instanceof Refusal) {
        return keystoneFault(error.status, error.message, this.identityUrl, error.identity);
      }
      throw error;
    }
  }

  private get identityUrl(): string {
    return this.cloud.identityUrl();
  }

  private route(request: IdentityRequest): Answer {
    const [, version, first, second, third, ...rest] = request.path.replace(/\/$/, "").split("/");
    if (version === undefined || version === "") {
      return { status: 300, body: { versions: { values: [versionBody(this.identityUrl)] } } };
    }
    if (version === "v3" && first === undefined) {
      return { status: 200, body: { version: versionBody(this.identityUrl) } };
    }
    const what = [version, first, second].join("/");
    if (what === "v3/auth/tokens" && request.method === "POST") {
      return this.login(request.body);
    }
    const session = this.cloud.identities.session(request.token);
    if (!session) {
      return unauthorized(this.identityUrl);
    }
    if (what === "v3/auth/tokens" && third === undefined) {
      return this.subjectToken(request, session);
    }
    if (what === "v3/auth/catalog" && request.method === "GET") {
      return this.catalog(session);
    }
    if (what === "v3/auth/projects" && request.method === "GET") {
      return this.projects(session);
    }
    if (what === `v3/users/${session.user.id}` && third === "application_credentials") {
      return this.credentials(request, session, rest);
    }
    return this.missing(request.path);
  }

  private missing(path: string): Answer {
    return keystoneFault(404, `Could not find: ${path}.`, this.identityUrl);
  }

  private login(body: unknown): Answer {
    const session = this.cloud.identities.login(body);
    return session ? this.token(session, 201) : unauthorized(this.identityUrl);
  }

  private subjectToken({ method, subjectToken }: IdentityRequest, session: Session): Answer {
    const subject = this.cloud.identities.session(subjectToken);
    if (!subject) {
      return keystoneFault(404, "Could not find token.", this.identityUrl);
    }
    if (method !== "GET" && method !== "DELETE") {
      return keystoneFault(405, "The method is not allowed for the requested URL.", "");
    }
    const rule = method === "GET" ? "validate_token" : "revoke_token";
    if (subject.user !== session.user && !session.user.roles.includes("admin")) {
      return keystoneFault(
        403,
        `You are not authorized to perform the requested action: identity:${rule}.`,
        "",
      );
    }
    if (method === "GET") {
      return this.token(subject, 200);
    }
    this.cloud.identities.revoke(subject.token);
    return { status: 204 };
  }

  private token(session: Session, status: number): Answer {
    const { catalog, clockAheadMs } = this.cloud;
    const token = tokenBody(session, catalog(), clockAheadMs);
    return { status, body: { token }, headers: { "X-Subject-Token": session.token } };
  }

  private projects({ user }: Session): Answer {
    const root = this.identityUrl;
    const links = { next: null, ...linksTo(root, "auth/projects"), previous: null };
    return { status: 200, body: { projects: [projectBody(user, root)], links } };
  }

  private credentials(request: IdentityRequest, session: Session, path: string[]): Answer {
    const [id, ...rest] = path;
    if (id === undefined && request.method === "POST") {
      return this.addCredential(session, request.body);
    }
    const isGone =
      id !== undefined &&
      rest.length === 0 &&
      request.method === "DELETE" &&
      this.cloud.identities.removeCredential(session, id);
    return isGone ? { status: 204 } : this.missing(request.path);
  }

  private addCredential(session: Session, body: unknown): Answer {
    const asked = isObject(body) ? body["application_credential"] : undefined;
    const { name, secret = randomBytes(64).toString("base64url") } = isObject(asked) ? asked : {};
    if (typeof name !== "string" || typeof secret !== "string") {
      return keystoneFault(400, "'name' is a required property", "");
    }
    const added = this.cloud.identities.addCredential(session, name, secret);
    const credential = credentialBody(added, this.identityUrl);
    return { status: 201, body: { application_credential: credential } };
  }

  private catalog(session: Session): Answer {
    if (!session.scoped) {
      const message = "You are not authorized to perform the requested action.";
      return keystoneFault(403, message, "");
    }
    const links = linksTo(this.identityUrl, "auth/catalog");
    return { status: 200, body: { catalog: this.cloud.catalog(), links } };
  }
}
