/** The names of a setting in each source; the first name with a value wins. */
interface Spelling {
  readonly env: readonly string[];
  /** Keys of an entry of clouds.yaml. */
  readonly cloud: readonly string[];
  /** Whether the stack configuration lacks this key. */
  readonly isNotInStack?: true;
  readonly secret?: true;
}

/** The user and the Keystone URL. With a named cloud all of these come from its entry. */
const IDENTITY = {
  authType: { env: ["OS_AUTH_TYPE"], cloud: ["auth_type"] },
  authUrl: { env: ["OS_AUTH_URL"], cloud: ["auth.auth_url"] },
  username: { env: ["OS_USERNAME"], cloud: ["auth.username"] },
  userId: { env: ["OS_USER_ID", "OS_USERID"], cloud: ["auth.user_id"] },
  userDomainId: { env: ["OS_USER_DOMAIN_ID"], cloud: ["auth.user_domain_id"] },
  userDomainName: { env: ["OS_USER_DOMAIN_NAME"], cloud: ["auth.user_domain_name"] },
  domainId: { env: ["OS_DOMAIN_ID"], cloud: ["auth.domain_id"], isNotInStack: true },
  domainName: { env: ["OS_DOMAIN_NAME"], cloud: ["auth.domain_name"], isNotInStack: true },
  defaultDomain: { env: ["OS_DEFAULT_DOMAIN"], cloud: ["auth.default_domain"], isNotInStack: true },
  password: { env: ["OS_PASSWORD"], cloud: ["auth.password"], secret: true },
  token: { env: ["OS_TOKEN", "OS_AUTH_TOKEN"], cloud: ["auth.token"], secret: true },
  applicationCredentialId: {
    env: ["OS_APPLICATION_CREDENTIAL_ID"],
    cloud: ["auth.application_credential_id"],
  },
  applicationCredentialName: {
    env: ["OS_APPLICATION_CREDENTIAL_NAME"],
    cloud: ["auth.application_credential_name"],
  },
  applicationCredentialSecret: {
    env: ["OS_APPLICATION_CREDENTIAL_SECRET"],
    cloud: ["auth.application_credential_secret"],
    secret: true,
  },
  identityApiVersion: {
    env: ["OS_IDENTITY_API_VERSION"],
    cloud: ["identity_api_version"],
    isNotInStack: true,
  },
  passcode: { env: ["OS_PASSCODE"], cloud: ["auth.passcode"], isNotInStack: true, secret: true },
  systemScope: { env: ["OS_SYSTEM_SCOPE"], cloud: ["auth.system_scope"], isNotInStack: true },
  trustId: { env: ["OS_TRUST_ID"], cloud: ["auth.trust_id"], isNotInStack: true },
} satisfies Record<string, Spelling>;

/** The project of the login. */
const PROJECT = {
  projectId: { env: ["OS_PROJECT_ID", "OS_TENANT_ID"], cloud: ["auth.project_id"] },
  projectName: { env: ["OS_PROJECT_NAME", "OS_TENANT_NAME"], cloud: ["auth.project_name"] },
  projectDomainId: { env: ["OS_PROJECT_DOMAIN_ID"], cloud: ["auth.project_domain_id"] },
  projectDomainName: { env: ["OS_PROJECT_DOMAIN_NAME"], cloud: ["auth.project_domain_name"] },
} satisfies Record<string, Spelling>;

const ENDPOINT = {
  endpoint: {
    env: ["OS_NETWORK_ENDPOINT_OVERRIDE", "OS_ENDPOINT_OVERRIDE"],
    cloud: ["network_endpoint_override", "endpoint_override"],
  },
} satisfies Record<string, Spelling>;

const CERTIFICATE = {
  cert: { env: ["OS_CERT"], cloud: ["cert"] },
  key: { env: ["OS_KEY"], cloud: ["key"] },
} satisfies Record<string, Spelling>;

const OTHER = {
  region: { env: ["OS_REGION_NAME"], cloud: ["region_name", "regions.0.name", "regions.0"] },
  interface: { env: ["OS_INTERFACE", "OS_ENDPOINT_TYPE"], cloud: ["interface", "endpoint_type"] },
  cacert: { env: ["OS_CACERT"], cloud: ["cacert"] },
  insecure: { env: ["OS_INSECURE"], cloud: ["insecure"] },
  verify: { env: [], cloud: ["verify"], isNotInStack: true },
  dialect: { env: [], cloud: ["vpnaas.dialect"] },
  onDrift: { env: [], cloud: [] },
  preflight: { env: [], cloud: [] },
  maxConcurrency: { env: [], cloud: [] },
  logLevel: { env: [], cloud: [] },
} satisfies Record<string, Spelling>;

const ALL = { ...IDENTITY, ...PROJECT, ...ENDPOINT, ...CERTIFICATE, ...OTHER };

/** The name of a setting, as it follows `vpnaas:` in the stack configuration. */
export type Name = keyof typeof ALL;

/** The settings that share an order of sources. */
export type Group = "identity" | "project" | "endpoint" | "certificate" | "other";

/** The names of every setting in each source. */
export const SPELLINGS: Readonly<Record<Name, Spelling>> = ALL;

/** All names, in the order for display. */
export const NAMES = Object.keys(ALL) as readonly Name[];

export function groupOf(name: Name): Group {
  if (name in IDENTITY) return "identity";
  if (name in PROJECT) return "project";
  if (name in ENDPOINT) return "endpoint";
  return name in CERTIFICATE ? "certificate" : "other";
}
