import { ConfigurationError } from "../errors";
import type { Named } from "../identity/keystone";
import type { Login } from "../identity/session";
import { CREDENTIALS, type Found, type Places } from "./settingSources";
import { httpUrl, wrong } from "./parse";

/** keystoneauth's names of the ways to log in, and ours. */
const WAYS: Readonly<Record<string, "password" | "token" | "applicationCredential" | "none">> = {
  password: "password",
  v3password: "password",
  token: "token",
  v3token: "token",
  admin_token: "token",
  v3applicationcredential: "applicationCredential",
  v3application_credential: "applicationCredential",
  application_credential: "applicationCredential",
  applicationcredential: "applicationCredential",
  none: "none",
  noauth: "none",
};

const SUPPORTED =
  "password, v3password, token, v3token, admin_token (a ready token), v3applicationcredential or none";

/**
 * The login that the settings describe. Where none says in which way, the first place that holds a
 * credential does: a token before an application credential before a password.
 * @throws ConfigurationError for what is missing, contradicts itself or is not supported.
 */
export function readLogin(places: Places): Login {
  refuseUnsupported(places);
  const told = places.find("authType", ...CREDENTIALS);
  const way = told ? wayOf(told) : "password";
  const { cloud } = places;
  if (cloud && !cloud.hasAuth && way !== "none") {
    throw new ConfigurationError(
      `The cloud ${cloud.name} in ${cloud.file} has no login: clouds.${cloud.name}.auth is missing or empty.`,
    );
  }
  switch (way) {
    case "none":
      return { kind: "none" };
    case "token":
      return tokenLogin(places, told?.value === "admin_token");
    case "password": {
      const who = places.needed("userId", "username");
      const password = places.needed("password");
      return {
        kind: "password",
        ...keystone(places, who, password),
        user: named(places, "user"),
        password: password.value,
        project: named(places, "project"),
      };
    }
    case "applicationCredential": {
      const which = places.needed("applicationCredentialId", "applicationCredentialName");
      const secret = places.needed("applicationCredentialSecret");
      return {
        kind: "applicationCredential",
        ...keystone(places, which, secret),
        credential:
          which.name === "applicationCredentialId"
            ? { id: which.value }
            : { name: which.value, user: named(places, "user") },
        secret: secret.value,
      };
    }
  }
}

/** Keystone is asked only where that is needed to know the endpoint. */
function tokenLogin(places: Places, isReady: boolean): Login {
  const token = places.needed("token");
  const isAsked = !isReady && !places.find("endpoint") && places.find("authUrl");
  if (!isAsked) {
    const projectId = places.find("projectId")?.value;
    return { kind: "token", token: token.value, projectId, source: token.source };
  }
  const hasProject = places.find("projectId", "projectName") !== undefined;
  return {
    kind: "keystoneToken",
    ...keystone(places, token),
    token: token.value,
    project: hasProject ? named(places, "project") : undefined,
  };
}

function keystone(places: Places, ...credential: readonly Found[]) {
  const authUrl = places.needed("authUrl");
  return {
    authUrl: httpUrl(authUrl),
    sources: {
      authUrl: authUrl.source,
      credential: credential.map(({ source }) => source).join(", "),
    },
  };
}

function wayOf(told: Found) {
  switch (told.name) {
    case "authType": {
      const way = WAYS[told.value.toLowerCase()];
      if (way) return way;
      throw wrong(
        told,
        `${SUPPORTED}; v2.0, OIDC, SAML, Kerberos, one-time passwords, trusts and others are not supported`,
      );
    }
    case "token":
      return "token";
    case "applicationCredentialId":
    case "applicationCredentialName":
    case "applicationCredentialSecret":
      return "applicationCredential";
    default:
      return "password";
  }
}

function refuseUnsupported(places: Places): void {
  const found = places.find("passcode", "systemScope", "trustId");
  if (found) {
    throw new ConfigurationError(
      `${found.source} is set, but one-time passwords, system scope and trusts are not supported. Log in to a project by ${SUPPORTED}.`,
    );
  }
  const version = places.find("identityApiVersion");
  if (version && !/^v?3(?:\.\d+)?$/.test(version.value)) {
    throw wrong(version, "3: only the Identity API v3 is supported");
  }
}

/** By id, or by name in a domain, which is `default` if none is told. */
function named(places: Places, what: "user" | "project"): Named {
  const who =
    what === "user"
      ? places.needed("userId", "username")
      : places.needed("projectId", "projectName");
  if (who.name === `${what}Id`) return { id: who.value };
  const domain = places.find(
    `${what}DomainId`,
    `${what}DomainName`,
    "domainId",
    "domainName",
    "defaultDomain",
  );
  if (domain?.name.endsWith("Name")) return { name: who.value, domain: { name: domain.value } };
  return { name: who.value, domain: { id: domain?.value ?? "default" } };
}
