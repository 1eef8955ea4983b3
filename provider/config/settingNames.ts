/** The names of a setting in each source; the first name with a value wins. */
interface Spelling {
  readonly env: readonly string[];
  /** Keys of an entry of clouds.yaml. */
  readonly cloud: readonly string[];
  /** The key of @pulumi/openstack. */
  readonly openstack?: string;
  /** Whether the stack configuration lacks this key. */
  readonly isNotInStack?: true;
  readonly secret?: true;
}

/** The user and the Keystone URL. With a named cloud all of these come from its entry. */
const IDENTITY = {
  authType: { env: ["OS_AUTH_TYPE"], cloud: ["auth_type"] },
  authUrl: { env: ["OS_AUTH_URL"], cloud: ["auth.auth_url"], openstack: "authUrl" },
  username: { env: ["OS_USERNAME"], cloud: ["auth.username"], openstack: "userName" },
  userId: { env: ["OS_USER_ID", "OS_USERID"], cloud: ["auth.user_id"], openstack: "userId" },
  userDomainId: {
    env: ["OS_USER_DOMAIN_ID"],
    cloud: ["auth.user_domain_id"],
    openstack: "userDomainId",
  },
  userDomainName: {
    env: ["OS_USER_DOMAIN_NAME"],
    cloud: ["auth.user_domain_name"],
    openstack: "userDomainName",
  },
  domainId: {
    env: ["OS_DOMAIN_ID"],
    cloud: ["auth.domain_id"],
    openstack: "domainId",
    isNotInStack: true,
  },
  domainName: {
    env: ["OS_DOMAIN_NAME"],
    cloud: ["auth.domain_name"],
    openstack: "domainName",
    isNotInStack: true,
  },
  defaultDomain: {
    env: ["OS_DEFAULT_DOMAIN"],
    cloud: ["auth.default_domain"],
    openstack: "defaultDomain",
    isNotInStack: true,
  },
  password: { env: ["OS_PASSWORD"], cloud: ["auth.password"], openstack: "password", secret: true },
  token: {
    env: ["OS_TOKEN", "OS_AUTH_TOKEN"],
    cloud: ["auth.token"],
    openstack: "token",
    secret: true,
  },
  applicationCredentialId: {
    env: ["OS_APPLICATION_CREDENTIAL_ID"],
    cloud: ["auth.application_credential_id"],
    openstack: "applicationCredentialId",
  },
  applicationCredentialName: {
    env: ["OS_APPLICATION_CREDENTIAL_NAME"],
    cloud: ["auth.application_credential_name"],
    openstack: "applicationCredentialName",
  },
  applicationCredentialSecret: {
    env: ["OS_APPLICATION_CREDENTIAL_SECRET"],
    cloud: ["auth.application_credential_secret"],
    openstack: "applicationCredentialSecret",
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
  projectId: {
    env: ["OS_PROJECT_ID", "OS_TENANT_ID"],
    cloud: ["auth.project_id"],
    openstack: "tenantId",
  },
  projectName: {
    env: ["OS_PROJECT_NAME", "OS_TENANT_NAME"],
    cloud: ["auth.project_name"],
    openstack: "tenantName",
  },
  projectDomainId: {
    env: ["OS_PROJECT_DOMAIN_ID"],
    cloud: ["auth.project_domain_id"],
    openstack: "projectDomainId",
  },
  projectDomainName: {
    env: ["OS_PROJECT_DOMAIN_NAME"],
    cloud: ["auth.project_domain_name"],
    openstack: "projectDomainName",
  },
} satisfies Record<string, Spelling>;

const ENDPOINT = {
  endpoint: {
    env: ["OS_NETWORK_ENDPOINT_OVERRIDE", "OS_ENDPOINT_OVERRIDE"],
    cloud: ["network_endpoint_override", "endpoint_override"],
  },
} satisfies Record<string, Spelling>;

const CERTIFICATE = {
  cert: { env: ["OS_CERT"], cloud: ["cert"], openstack: "cert" },
  key: { env: ["OS_KEY"], cloud: ["key"], openstack: "key" },
} satisfies Record<string, Spelling>;

const OTHER = {
  region: {
    env: ["OS_REGION_NAME"],
    cloud: ["region_name", "regions.0.name", "regions.0"],
    openstack: "region",
  },
  interface: {
    env: ["OS_INTERFACE", "OS_ENDPOINT_TYPE"],
    cloud: ["interface", "endpoint_type"],
    openstack: "endpointType",
  },
  cacert: { env: ["OS_CACERT"], cloud: ["cacert"], openstack: "cacertFile" },
  insecure: { env: ["OS_INSECURE"], cloud: ["insecure"], openstack: "insecure" },
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
