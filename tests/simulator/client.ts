import { startSimulator, type Simulator, type SimulatorOptions } from "../../simulator";

const running: Simulator[] = [];

/** Starts a simulator that {@link stopAll} ends. */
export async function start(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator({ pendingMs: 20, ...options });
  running.push(simulator);
  return simulator;
}

/** Stops all simulators that {@link start} started; for `afterEach`. */
export async function stopAll(): Promise<void> {
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()));
}

/** A response, with the parts that tests check. */
export interface Reply {
  status: number;
  headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- bodies of many shapes
  body: any;
  /** Type of a NeutronError, undefined without one. */
  type: string | undefined;
}

/** Sends one request and parses its response. */
export async function send(
  method: string,
  url: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(url, {
    method,
    headers,
    ...(body === undefined ? {} : { body: text }),
  });
  const answered = await response.text();
  const isJson = response.headers.get("content-type") === "application/json";
  const parsed = isJson && answered ? JSON.parse(answered) : answered;
  return {
    status: response.status,
    headers: response.headers,
    body: parsed,
    type: parsed?.NeutronError?.type,
  };
}

const domain = { name: "Default" };

/** Body of a password login, unscoped without `project`. */
export const passwordLogin = (name: string, password: string, project?: string) => ({
  auth: {
    identity: { methods: ["password"], password: { user: { name, domain, password } } },
    ...(project === undefined ? {} : { scope: { project: { name: project, domain } } }),
  },
});

/** Endpoints of type network in the body of a login. */
export function networkEndpoints({ token }: Reply["body"]): { name?: string; url: string }[] {
  const catalog: { type: string; endpoints: { name?: string; url: string }[] }[] = token.catalog;
  return catalog.filter(({ type }) => type === "network").flatMap(({ endpoints }) => endpoints);
}

/** The VPN API as one user sees it; paths begin after `/v2.0/`. */
export class Client {
  private constructor(
    private readonly simulator: Simulator,
    readonly token: string,
    readonly userId: string,
  ) {}

  static async login(
    simulator: Simulator,
    name = "lab-user",
    password = "lab-user-pass",
    project = "lab",
  ): Promise<Client> {
    const login = passwordLogin(name, password, project);
    const reply = await send("POST", `${simulator.identityUrl}/auth/tokens`, login);
    return new Client(
      simulator,
      reply.headers.get("x-subject-token") ?? "",
      String(reply.body.token?.user.id),
    );
  }

  request(method: string, path: string, body?: unknown): Promise<Reply> {
    const headers = { "X-Auth-Token": this.token };
    return send(method, `${this.simulator.endpoint}/v2.0/${path}`, body, headers);
  }

  get = (path: string) => this.request("GET", path);
  post = (path: string, body: unknown) => this.request("POST", path, body);
  put = (path: string, body: unknown) => this.request("PUT", path, body);
  delete = (path: string) => this.request("DELETE", path);

  /** Creates a VPN service on the fixture's first subnet and both policies; returns a body for connections. */
  async prepare(service: object = { subnet_id: this.simulator.fixture.subnetId }) {
    const vpnservice = { router_id: this.simulator.fixture.routerId, ...service };
    const made = [
      await this.post("vpn/vpnservices", { vpnservice }),
      await this.post("vpn/ikepolicies", { ikepolicy: {} }),
      await this.post("vpn/ipsecpolicies", { ipsecpolicy: {} }),
    ];
    return {
      vpnservice_id: String(made[0]?.body.vpnservice.id),
      ikepolicy_id: String(made[1]?.body.ikepolicy.id),
      ipsecpolicy_id: String(made[2]?.body.ipsecpolicy.id),
      peer_address: "198.51.100.7",
      peer_id: "198.51.100.7",
      psk: "not-a-secret",
    };
  }

  connect = (attributes: object) =>
    this.post("vpn/ipsec-site-connections", { ipsec_site_connection: attributes });

  change = (id: string, attributes: object) =>
    this.put(`vpn/ipsec-site-connections/${id}`, { ipsec_site_connection: attributes });

  /** Status of a connection once it is neither of these; fails after two seconds. */
  async statusAfter(id: string, ...passing: string[]): Promise<string> {
    for (const end = Date.now() + 2000; Date.now() < end;) {
      const { body } = await this.get(`vpn/ipsec-site-connections/${id}`);
      const status: string = body.ipsec_site_connection.status;
      if (!passing.includes(status)) {
        return status;
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error(`still ${passing.join(" or ")}`);
  }
}
