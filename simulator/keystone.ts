import type { CatalogService } from "./dialect";
import { keystoneFault, unauthorized } from "./faultBodies";
import { idOf } from "./fixture";
import { LoginRefused, type Identities, type Session } from "./identities";
import type { Answer } from "./types";
import { isObject } from "./values";

/** One request to the identity API. */
export interface IdentityRequest {
  method: string;
  /** What follows `/identity`, without the query. */
  path: string;
  /** Parsed body, or the text if it is no JSON. */
  body: unknown;
  /** Header X-Auth-Token. */
  token: string | undefined;
  /** Header X-Subject-Token. */
  subjectToken: string | undefined;
}

const domain = { id: "default", name: "Default" };
const region = "RegionOne";
const timestamp = (at: number): string => new Date(at).toISOString().replace("Z", "000Z");

function catalogOf(services: CatalogService[]): object[] {
  return services.map(({ type, name, endpoints }, index) => ({
    endpoints: endpoints.flatMap(({ url, name: endpointName, interfaces }) =>
      interfaces.map((each) => ({
        id: idOf(`endpoint ${type} ${index} ${each}`),
        interface: each,
        region_id: region,
        url,
        region,
        ...(endpointName === undefined ? {} : { name: endpointName }),
      })),
    ),
    id: idOf(`service ${type} ${index}`),
    type,
    name,
  }));
}

/** The identity API. Source of the shapes: Keystone 29, /v3/auth/tokens. */
export class IdentityApi {
  constructor(
    private readonly identities: Identities,
    private readonly identityUrl: () => string,
    private readonly networkCatalog: () => CatalogService[],
  ) {}

  /** Answers any request; never throws. */
  answer(request: IdentityRequest): Answer {
    const [, version, first, second, third, ...rest] = request.path.replace(/\/$/, "").split("/");
    if (version === undefined || version === "") {
      return { status: 300, body: { versions: { values: [this.version()] } } };
    }
    if (version === "v3" && first === undefined) {
      return { status: 200, body: { version: this.version() } };
    }
    const what = [version, first, second].join("/");
    if (what === "v3/auth/tokens" && request.method === "POST") {
      return this.login(request.body);
    }
    const session = this.identities.session(request.token);
    if (!session) {
      return unauthorized(this.identityUrl());
    }
    if (what === "v3/auth/tokens" && third === undefined) {
      return this.subjectToken(request, session);
    }
    if (what === "v3/auth/catalog" && request.method === "GET") {
      return { status: 200, body: { catalog: this.catalog(), links: this.self("auth/catalog") } };
    }
    if (what === "v3/auth/projects" && request.method === "GET") {
      return this.projects(session);
    }
    if (what === `v3/users/${session.user.id}` && third === "application_credentials") {
      return rest.length === 0 && request.method === "POST"
        ? this.addCredential(session, request.body)
        : this.missing(request.path);
    }
    return this.missing(request.path);
  }

  private missing(path: string): Answer {
    return keystoneFault(404, `Could not find: ${path}.`, this.identityUrl());
  }

  private version(): object {
    return {
      id: "v3.14",
      status: "stable",
      updated: "2020-04-07T00:00:00Z",
      links: [{ rel: "self", href: `${this.identityUrl()}/` }],
      "media-types": [
        { base: "application/json", type: "application/vnd.openstack.identity-v3+json" },
      ],
    };
  }

  private login(body: unknown): Answer {
    try {
      const session = this.identities.login(body);
      return session ? this.token(session, 201) : unauthorized(this.identityUrl());
    } catch (error) {
      if (error instanceof LoginRefused) {
        return keystoneFault(error.status, error.message, this.identityUrl(), error.identity);
      }
      throw error;
    }
  }

  private subjectToken({ method, subjectToken }: IdentityRequest, session: Session): Answer {
    const subject = this.identities.session(subjectToken);
    if (!subject) {
      return keystoneFault(404, "Could not find token.", this.identityUrl());
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
    this.identities.revoke(subject.token);
    return { status: 204 };
  }

  private token(session: Session, status: number): Answer {
    const { user, credential } = session;
    const scope = {
      project: { domain, ...user.project },
      is_domain: false,
      roles: user.roles.map((name) => ({ id: idOf(`role ${name}`), name })),
      catalog: this.catalog(),
    };
    const token = {
      methods: session.methods,
      user: { domain, id: user.id, name: user.name, password_expires_at: null },
      audit_ids: session.auditIds,
      expires_at: timestamp(session.expiresAt),
      issued_at: timestamp(session.issuedAt),
      ...(session.scoped ? scope : {}),
      ...(credential
        ? {
            application_credential: {
              id: credential.id,
              name: credential.name,
              restricted: true,
            },
          }
        : {}),
    };
    return { status, body: { token }, headers: { "X-Subject-Token": session.token } };
  }

  private projects({ user }: Session): Answer {
    const project = {
      ...user.project,
      domain_id: domain.id,
      description: "",
      enabled: true,
      parent_id: domain.id,
      is_domain: false,
      tags: [],
      options: {},
      links: this.self(`projects/${user.project.id}`),
    };
    const links = { next: null, ...this.self("auth/projects"), previous: null };
    return { status: 200, body: { projects: [project], links } };
  }

  private addCredential(session: Session, body: unknown): Answer {
    const asked = isObject(body) ? body["application_credential"] : undefined;
    const { name, secret } = isObject(asked) ? asked : {};
    if (typeof name !== "string" || typeof secret !== "string") {
      return keystoneFault(400, "'name' and 'secret' are required properties", "");
    }
    const made = this.identities.addCredential(session, name, secret);
    const credential = {
      id: made.id,
      name,
      secret,
      user_id: made.user.id,
      project_id: made.user.project.id,
      description: null,
      system: null,
      expires_at: null,
      unrestricted: null,
      roles: made.user.roles.map((role) => ({ id: idOf(`role ${role}`), name: role })),
      links: this.self(`application_credentials/${made.id}`),
    };
    return { status: 201, body: { application_credential: credential } };
  }

  private catalog(): object[] {
    const identity = {
      type: "identity",
      name: "keystone",
      endpoints: [{ url: this.identityUrl(), interfaces: ["public", "internal", "admin"] }],
    };
    return catalogOf([identity, ...this.networkCatalog()]);
  }

  private self(path: string): { self: string } {
    return { self: `${this.identityUrl()}/${path}` };
  }
}
