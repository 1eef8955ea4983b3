/** Where a setting can stand, the first name that is set wins. */
interface Spelling {
  readonly env: readonly string[];
  /** Keys below a cloud of clouds.yaml. */
  readonly cloud: readonly string[];
  /** Whether it is no key of the stack configuration. */
  readonly notInStack?: true;
  readonly secret?: true;
}

/** Who logs in, and where. With a named cloud all of it stands in the cloud's entry. */
const IDENTITY = {
  authType: { env: ["OS_AUTH_TYPE"], cloud: ["auth_type"] },
  authUrl: { env: ["OS_AUTH_URL"], cloud: ["auth.auth_url"] },
  username: { env: ["OS_USERNAME"], cloud: ["auth.username"] },
  userId: { env: ["OS_USER_ID", "OS_USERID"], cloud: ["auth.user_id"] },
  userDomainId: { env: ["OS_USER_DOMAIN_ID"], cloud: ["auth.user_domain_id"] },
  userDomainName: { env: ["OS_USER_DOMAIN_NAME"], cloud: ["auth.user_domain_name"] },
  domainId: { env: ["OS_DOMAIN_ID"], cloud: ["auth.domain_id"], notInStack: true },
  domainName: { env: ["OS_DOMAIN_NAME"], cloud: ["auth.domain_name"], notInStack: true },
  defaultDomain: { env: ["OS_DEFAULT_DOMAIN"], cloud: ["auth.default_domain"], notInStack: true },
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
    notInStack: true,
  },
  passcode: { env: ["OS_PASSCODE"], cloud: ["auth.passcode"], notInStack: true, secret: true },
  systemScope: { env: ["OS_SYSTEM_SCOPE"], cloud: ["auth.system_scope"], notInStack: true },
  trustId: { env: ["OS_TRUST_ID"], cloud: ["auth.trust_id"], notInStack: true },
} satisfies Record<string, Spelling>;

/** The project that the login acts in. */
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
  verify: { env: [], cloud: ["verify"], notInStack: true },
  dialect: { env: [], cloud: ["vpnaas.dialect"] },
  onDrift: { env: [], cloud: [] },
  maxConcurrency: { env: [], cloud: [] },
  logLevel: { env: [], cloud: [] },
} satisfies Record<string, Spelling>;

const ALL = { ...IDENTITY, ...PROJECT, ...ENDPOINT, ...CERTIFICATE, ...OTHER };

/** The name of a setting, as the stack configuration has it after `vpnaas:`. */
export type Name = keyof typeof ALL;

/** Which settings are found by the same order of places. */
export type Group = "identity" | "project" | "endpoint" | "certificate" | "other";

/** How every setting is spelled where. */
export const SPELLINGS: Readonly<Record<Name, Spelling>> = ALL;

/** Every name, in the order in which a person would want to read them. */
export const NAMES = Object.keys(ALL) as readonly Name[];

/** The group of a setting. */
export function groupOf(name: Name): Group {
  if (name in IDENTITY) return "identity";
  if (name in PROJECT) return "project";
  if (name in ENDPOINT) return "endpoint";
  return name in CERTIFICATE ? "certificate" : "other";
}
