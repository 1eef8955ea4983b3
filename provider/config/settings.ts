import type { Dialect } from "../dialect";
import { ConfigurationError } from "../errors";
import type { TransportOptions } from "../http/transport";
import type { Named } from "../identity/keystone";
import type { Login, SessionOptions } from "../identity/session";
import type { LogLevel } from "../log";

/** Everything that can be set, with its values checked. */
export interface Settings {
  readonly dialect: Dialect;
  readonly session: SessionOptions;
  readonly transport: TransportOptions;
  readonly logLevel: LogLevel;
}

/** Where settings are read. */
export interface Sources {
  /** A value of the stack configuration by its name after `vpnaas:`. */
  readonly stack: (name: string) => string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Settings of the login and the variables that hold them, the first one set wins. */
const LOGIN = {
  authType: ["OS_AUTH_TYPE"],
  authUrl: ["OS_AUTH_URL"],
  username: ["OS_USERNAME"],
  userId: ["OS_USER_ID", "OS_USERID"],
  password: ["OS_PASSWORD"],
  token: ["OS_TOKEN", "OS_AUTH_TOKEN"],
  projectId: ["OS_PROJECT_ID", "OS_TENANT_ID"],
  projectName: ["OS_PROJECT_NAME", "OS_TENANT_NAME"],
  userDomainId: ["OS_USER_DOMAIN_ID", "OS_DOMAIN_ID"],
  userDomainName: ["OS_USER_DOMAIN_NAME", "OS_DOMAIN_NAME"],
  projectDomainId: ["OS_PROJECT_DOMAIN_ID", "OS_DOMAIN_ID"],
  projectDomainName: ["OS_PROJECT_DOMAIN_NAME", "OS_DOMAIN_NAME"],
  endpoint: ["OS_NETWORK_ENDPOINT_OVERRIDE", "OS_ENDPOINT_OVERRIDE"],
} as const;

/** The other settings; those without a variable are ours alone. */
const OTHER = {
  region: ["OS_REGION_NAME"],
  interface: ["OS_INTERFACE", "OS_ENDPOINT_TYPE"],
  cacert: ["OS_CACERT"],
  insecure: ["OS_INSECURE"],
  dialect: [],
  logLevel: [],
} as const;

type Name = keyof typeof LOGIN | keyof typeof OTHER;

/** A value and where it was read, for messages: `vpnaas:region` or `OS_REGION_NAME`. */
interface Found {
  readonly value: string;
  readonly source: string;
}

/**
 * Reads and checks the settings.
 *
 * The stack configuration comes first and `OS_*` second, except for the login and the endpoint
 * when the environment names a credential: `refresh` and `destroy` hand the provider the stack
 * configuration of the last `up`, so a password that was changed since can only come from the
 * environment.
 * @throws ConfigurationError that names the setting and where it was read.
 */
export function readSettings(sources: Sources): Settings {
  const find = finder(sources);
  return {
    dialect: readDialect(sources),
    logLevel: oneOf(find("logLevel"), ["info", "debug"], "info"),
    session: {
      login: readLogin(find),
      endpoint: find("endpoint") && httpUrl(find("endpoint")!),
      region: find("region")?.value,
      // gophercloud and openstacksdk also accept "publicURL".
      interface: find("interface")?.value.replace(/URL$/, "") ?? "public",
    },
    transport: {
      cacert: find("cacert")?.value,
      insecure: isTrue(find("insecure")),
    },
  };
}

/** The dialect alone: `check` and `diff` need it, and must not depend on a login. */
export function readDialect(sources: Sources): Dialect {
  return oneOf(finder(sources)("dialect"), ["k5", "neutron"], "k5");
}

type Find = (...names: readonly Name[]) => (Found & { readonly name: Name }) | undefined;

function finder({ stack, env }: Sources): Find {
  const inEnv = (name: Name): Found | undefined => {
    for (const source of { ...LOGIN, ...OTHER }[name]) {
      const value = env[source];
      if (value !== undefined && value !== "") return { value, source };
    }
    return undefined;
  };
  const inStack = (name: Name): Found | undefined => {
    const value = stack(name);
    return value === undefined || value === "" ? undefined : { value, source: `vpnaas:${name}` };
  };
  const envNamesCredential = inEnv("password") !== undefined || inEnv("token") !== undefined;
  return (...names) => {
    const isEnvFirst = envNamesCredential && names.every((name) => name in LOGIN);
    for (const from of isEnvFirst ? [inEnv, inStack] : [inStack, inEnv]) {
      for (const name of names) {
        const found = from(name);
        if (found !== undefined) return { ...found, name };
      }
    }
    return undefined;
  };
}

function readLogin(find: Find): Login {
  const type = find("authType");
  const kind =
    type === undefined
      ? find("token", "password")?.name === "token"
        ? "token"
        : "password"
      : authKind(type);
  switch (kind) {
    case "none":
      return { kind };
    case "token":
      return {
        kind,
        token: needed(find("token"), "token").value,
        projectId: find("projectId")?.value,
      };
    case "password":
      return {
        kind,
        authUrl: httpUrl(needed(find("authUrl"), "authUrl")),
        password: needed(find("password"), "password").value,
        user: named(find, "userId", "username", "userDomain"),
        project: named(find, "projectId", "projectName", "projectDomain"),
      };
  }
}

function authKind(found: Found): Login["kind"] {
  const kind = found.value.replace(/^v3/, "");
  if (kind === "none" || kind === "token" || kind === "password") return kind;
  throw wrong(found, "password, token or none");
}

function named(
  find: Find,
  idName: "userId" | "projectId",
  nameName: "username" | "projectName",
  domain: "userDomain" | "projectDomain",
): Named {
  const who = find(idName, nameName);
  if (who?.name === idName) return { id: who.value };
  const name = needed(who, nameName).value;
  const where = find(`${domain}Id`, `${domain}Name`);
  if (where?.name === `${domain}Name`) return { name, domain: { name: where.value } };
  return { name, domain: { id: where?.value ?? "default" } };
}

function needed(found: Found | undefined, name: keyof typeof LOGIN): Found {
  if (found !== undefined) return found;
  throw new ConfigurationError(
    `The login lacks ${name}: set vpnaas:${name} in the stack configuration, or ${LOGIN[name][0]} in the environment. ` +
      "(clouds.yaml, OS_CLOUD and application credentials are not read yet.)",
  );
}

function oneOf<T extends string>(found: Found | undefined, allowed: readonly T[], otherwise: T): T {
  if (found === undefined) return otherwise;
  const value = allowed.find((one) => one === found.value);
  if (value === undefined) throw wrong(found, allowed.join(" or "));
  return value;
}

function httpUrl(found: Found): string {
  const url = URL.canParse(found.value) ? new URL(found.value) : undefined;
  if (url?.protocol !== "http:" && url?.protocol !== "https:") {
    throw wrong(found, "a URL that begins with http:// or https://");
  }
  if (url.username !== "" || url.password !== "") {
    throw wrong(found, "a URL without user and password in it; they have settings of their own");
  }
  return found.value;
}

function isTrue(found: Found | undefined): boolean {
  if (found === undefined) return false;
  if (/^(?:true|1|yes|on)$/i.test(found.value)) return true;
  if (/^(?:false|0|no|off)$/i.test(found.value)) return false;
  throw wrong(found, "true or false");
}

/** Never repeats the value: it may be a password in the wrong place. */
function wrong(found: Found, right: string): ConfigurationError {
  return new ConfigurationError(`${found.source} must be ${right}.`);
}
