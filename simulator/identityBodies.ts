/**
 * The objects in the bodies of the identity API. Source: Keystone 29, /v3/auth/tokens. `root` is the
 * URL of the API with its version.
 */
import { idOf } from "./topology";
import type { ApplicationCredential } from "./applicationCredentials";
import type { Session } from "./identities";
import type { User } from "./users";

const domain = { id: "default", name: "Default" };

/** The only version of the API. */
export function versionBody(root: string): object {
  return {
    id: "v3.14",
    status: "stable",
    updated: "2020-04-07T00:00:00Z",
    links: [{ rel: "self", href: `${root}/` }],
    "media-types": [
      { base: "application/json", type: "application/vnd.openstack.identity-v3+json" },
    ],
  };
}

/** The token of a session; only a scoped one has a catalog. */
export function tokenBody(session: Session, catalog: object[], clockAheadMs: number): object {
  const { user, credential } = session;
  const timestamp = (at: number) => new Date(at + clockAheadMs).toISOString().replace("Z", "000Z");
  const scope = {
    project: { domain, ...user.project },
    is_domain: false,
    roles: rolesOf(user),
    catalog,
  };
  return {
    methods: session.methods,
    user: { domain, id: user.id, name: user.name, password_expires_at: null },
    audit_ids: session.auditIds,
    expires_at: timestamp(session.expiresAt),
    issued_at: timestamp(session.issuedAt),
    ...(session.scoped ? scope : {}),
    ...(credential
      ? {
          application_credential: { id: credential.id, name: credential.name, restricted: true },
        }
      : {}),
  };
}

/** The project of a user. */
export function projectBody({ project }: User, root: string): object {
  return {
    ...project,
    domain_id: domain.id,
    description: "",
    enabled: true,
    parent_id: domain.id,
    is_domain: false,
    tags: [],
    options: {},
    links: linksTo(root, `projects/${project.id}`),
  };
}

/** A new application credential, with its secret. */
export function credentialBody(
  { id, name, secret, user }: ApplicationCredential,
  root: string,
): object {
  return {
    id,
    name,
    secret,
    user_id: user.id,
    project_id: user.project.id,
    description: null,
    system: null,
    expires_at: null,
    unrestricted: null,
    roles: rolesOf(user),
    links: linksTo(root, `application_credentials/${id}`),
  };
}

/** The link to a path of the API. */
export function linksTo(root: string, path: string): { self: string } {
  return { self: `${root}/${path}` };
}

function rolesOf({ roles }: User): object[] {
  return roles.map((name) => ({ id: idOf(`role ${name}`), name }));
}
