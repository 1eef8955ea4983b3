/** The raw APIs, for tests' own requests to the simulator and to the live server. */

/** A response with any status. */
export interface ApiAnswer {
  readonly status: number;
  /** Parsed JSON, the string if it is not JSON, undefined if it is empty. */
  readonly body: unknown;
}

/** An object of the API without its envelope. */
export type ApiObject = Record<string, unknown> & { id: string };

/**
 * The network API of one cloud with one token. Paths begin after the version, for example
 * `/vpn/ikepolicies`. Every call except `send` throws an Error with the response if its status is not 2xx.
 */
export interface Api {
  /** The object of a path such as `/vpn/ikepolicies/ID`, without its envelope. */
  get(path: string): Promise<ApiObject>;
  /** Every object of a collection. */
  list(path: string): Promise<ApiObject[]>;
  /** Sends `{"ikepolicy": {...}}` and returns the new object without its envelope. */
  post(path: string, body: Readonly<Record<string, unknown>>): Promise<ApiObject>;
  /** Sends `{"ikepolicy": {...}}` and returns the changed object without its envelope. */
  put(path: string, body: Readonly<Record<string, unknown>>): Promise<ApiObject>;
  delete(path: string): Promise<void>;
  /** Sends any request; a refusal does not throw. */
  send(method: string, path: string, body?: unknown): Promise<ApiAnswer>;
}

/** The ids that a connection refers to, by the names of its inputs. */
export interface Parents {
  readonly vpnServiceId: string;
  readonly ikePolicyId: string;
  readonly ipsecPolicyId: string;
}

/**
 * Logs in with a password; user and project are in the domain `default`.
 * @param identityUrl Keystone's URL, ending in `/v3`
 * @returns a token
 * @throws Error with Keystone's response if the login fails
 */
export async function login(
  identityUrl: string,
  user = "lab-user",
  password = "lab-user-pass",
  project = "lab",
): Promise<string> {
  const domain = { id: "default" };
  const response = await fetch(`${identityUrl}/auth/tokens`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      auth: {
        identity: { methods: ["password"], password: { user: { name: user, password, domain } } },
        scope: { project: { name: project, domain } },
      },
    }),
  });
  const token = response.headers.get("x-subject-token");
  if (token === null) throw new Error(`${user} cannot log in: ${await response.text()}`);
  return token;
}

/**
 * The network API at an endpoint (without `/v2.0`) with a token, or with a login that is repeated
 * if its token is refused.
 */
export function api(endpoint: string, token: string | (() => Promise<string>)): Api {
  let current = typeof token === "string" ? Promise.resolve(token) : token();
  const sendOnce: Api["send"] = async (method, path, body) => {
    const response = await fetch(`${endpoint}/v2.0${path}`, {
      method,
      headers: { "X-Auth-Token": await current, "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: parsed(await response.text()) };
  };
  const send: Api["send"] = async (method, path, body) => {
    const answer = await sendOnce(method, path, body);
    if (answer.status !== 401 || typeof token === "string") return answer;
    current = token();
    return sendOnce(method, path, body);
  };
  const held = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await send(method, path, body);
    if (answer.status < 200 || answer.status > 299) {
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    const [inner] = Object.values((answer.body ?? {}) as Record<string, unknown>);
    return inner;
  };
  return {
    send,
    get: async (path) => (await held("GET", path)) as ApiObject,
    list: async (path) => (await held("GET", path)) as ApiObject[],
    post: async (path, body) => (await held("POST", path, body)) as ApiObject,
    put: async (path, body) => (await held("PUT", path, body)) as ApiObject,
    delete: async (path) => {
      await held("DELETE", path);
    },
  };
}

/**
 * Creates a VPN service and both policies, all with the server's defaults. The service is on the
 * fixture's second router if there is one, since K5 accepts one service per router.
 */
export async function makeParents(
  cloud: Pick<Api, "post">,
  fixture: {
    readonly routerId: string;
    readonly subnetId: string;
    readonly secondRouterId?: string;
    readonly thirdSubnetId?: string;
  },
): Promise<Parents> {
  const router_id = fixture.secondRouterId ?? fixture.routerId;
  const subnet_id = fixture.thirdSubnetId ?? fixture.subnetId;
  const [service, ikePolicy, ipsecPolicy] = await Promise.all([
    cloud.post("/vpn/vpnservices", {
      vpnservice: { name: "service", router_id, subnet_id },
    }),
    cloud.post("/vpn/ikepolicies", { ikepolicy: { name: "ike" } }),
    cloud.post("/vpn/ipsecpolicies", { ipsecpolicy: { name: "ipsec" } }),
  ]);
  return { vpnServiceId: service.id, ikePolicyId: ikePolicy.id, ipsecPolicyId: ipsecPolicy.id };
}

function parsed(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
