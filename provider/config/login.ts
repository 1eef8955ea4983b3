import { ConfigurationError } from "../errors";
import type { Named } from "../identity/keystone";
import type { Login } from "../identity/session";
import { CREDENTIALS, type Found } from "./settingReaders";
import type { SettingLookup } from "./settingSources";
import { httpUrl, invalidSetting } from "./parse";

/** The login kinds by keystoneauth's names and our own. */
const AUTH_TYPES: Readonly<
  Record<string, "password" | "token" | "applicationCredential" | "none">
> = {
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

const USER = ["userId", "username"] as const;
const PROJECT = ["projectId", "projectName"] as const;

const SUPPORTED =
  "password, v3password, token, v3token, admin_token (a ready token), v3applicationcredential or none";

/**
 * The login that the settings describe. If no setting selects its kind, the first source with a
 * credential does: a token before an application credential before a password.
 * @throws ConfigurationError for missing, contradictory or unsupported settings
 */
export function readLogin(settings: SettingLookup): Login {
  refuseUnsupported(settings);
  const selected = settings.find("authType", ...CREDENTIALS);
  const kind = selected ? loginKind(selected) : "password";
  const { cloud } = settings;
  if (cloud && !cloud.hasAuth && kind !== "none") {
    throw new ConfigurationError(
      `The cloud ${cloud.name} in ${cloud.file} has no login: clouds.${cloud.name}.auth is missing or empty.`,
    );
  }
  switch (kind) {
    case "none":
      return { kind: "none" };
    case "token":
      return tokenLogin(settings, selected?.value === "admin_token");
    case "password": {
      settings.requireAll(USER, ["password"], ["authUrl"], PROJECT);
      const who = settings.require(...USER);
      const password = settings.require("password");
      return {
        kind: "password",
        ...keystone(settings, who, password),
        user: namedEntity(settings, "user"),
        password: password.value,
        project: namedEntity(settings, "project"),
      };
    }
    case "applicationCredential": {
      settings.requireAll(
        ["applicationCredentialId", "applicationCredentialName"],
        ["applicationCredentialSecret"],
        ["authUrl"],
      );
      const which = settings.require("applicationCredentialId", "applicationCredentialName");
      const secret = settings.require("applicationCredentialSecret");
      return {
        kind: "applicationCredential",
        ...keystone(settings, which, secret),
        credential:
          which.name === "applicationCredentialId"
            ? { id: which.value }
            : { name: which.value, user: namedEntity(settings, "user") },
        secret: secret.value,
      };
    }
  }
}

/** Uses Keystone only if the endpoint has to come from the catalog. */
function tokenLogin(settings: SettingLookup, isReady: boolean): Login {
  const token = settings.require("token");
  const usesKeystone = !isReady && !settings.find("endpoint") && settings.find("authUrl");
  if (!usesKeystone) {
    const projectId = settings.find("projectId")?.value;
    return { kind: "token", token: token.value, projectId, source: token.source };
  }
  const hasProject = settings.find(...PROJECT) !== undefined;
  return {
    kind: "keystoneToken",
    ...keystone(settings, token),
    token: token.value,
    project: hasProject ? namedEntity(settings, "project") : undefined,
  };
}

function keystone(settings: SettingLookup, ...credential: readonly Found[]) {
  const authUrl = settings.require("authUrl");
  return {
    authUrl: httpUrl(authUrl),
    sources: {
      authUrl: authUrl.source,
      credential: credential.map(({ source }) => source).join(", "),
    },
  };
}

function loginKind(selected: Found) {
  switch (selected.name) {
    case "authType": {
      const kind = AUTH_TYPES[selected.value.toLowerCase()];
      if (kind) return kind;
      throw invalidSetting(
        selected,
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

function refuseUnsupported(settings: SettingLookup): void {
  const found = settings.find("passcode", "systemScope", "trustId");
  if (found) {
    throw new ConfigurationError(
      `${found.source} is set, but one-time passwords, system scope and trusts are not supported. Log in to a project by ${SUPPORTED}.`,
    );
  }
  const version = settings.find("identityApiVersion");
  if (version && !/^v?3(?:\.\d+)?$/.test(version.value)) {
    throw invalidSetting(version, "3: only the Identity API v3 is supported");
  }
}

/** By id, or by name in a domain; the default domain is `default`. */
function namedEntity(settings: SettingLookup, what: "user" | "project"): Named {
  const who = what === "user" ? settings.require(...USER) : settings.require(...PROJECT);
  if (who.name === `${what}Id`) return { id: who.value };
  const domain = settings.find(
    `${what}DomainId`,
    `${what}DomainName`,
    "domainId",
    "domainName",
    "defaultDomain",
  );
  if (domain?.name.endsWith("Name")) return { name: who.value, domain: { name: domain.value } };
  return { name: who.value, domain: { id: domain?.value ?? "default" } };
}
