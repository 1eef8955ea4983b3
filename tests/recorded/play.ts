/** Plays single steps against a cloud; the recording and its replay both go through here. */

/** One request, as the lists in exchanges/ write it. Placeholders such as `{service}` are filled in. */
export interface Step {
  readonly note: string;
  /** Who asks; `{name}` is a token kept earlier. Default `member`. */
  readonly as?: keyof typeof people | "nobody" | `{${string}}`;
  /** Method and path, below the network service, or below Keystone if it starts with /v3. */
  readonly send: string;
  /** Sent as JSON, a string as it is. */
  readonly body?: unknown;
  /** The name for the id (of a login, the token) in the answer, for later placeholders. */
  readonly keep?: string;
  /** A connection and a status, `{connection} ACTIVE`: waits for it before the request is sent. */
  readonly until?: string;
}

/** What a step was answered. */
export interface StepAnswer {
  readonly status: number;
  /** Parsed JSON, the text if it is no JSON, null if it is empty. */
  readonly body: unknown;
}

/** A cloud that can be asked, the live Neutron or the simulator. */
export interface Cloud {
  readonly endpoint: string;
  readonly identityUrl: string;
  readonly fixture: {
    readonly projectId: string;
    readonly routerId: string;
    readonly subnetId: string;
    readonly secondSubnetId: string;
  };
}

const people = {
  member: { name: "lab-user", password: "lab-user-pass", project: "lab" },
  reader: { name: "lab-reader", password: "lab-reader-pass", project: "lab" },
  other: { name: "lab-other-user", password: "lab-other-pass", project: "lab-other" },
  admin: { name: "admin", password: "lab-admin-pass", project: "admin" },
};

/** The body of a login by password, for {@link Step.body}. */
export function passwordLogin(
  name: string,
  password: string,
  project?: Record<string, unknown>,
): unknown {
  const user = { name, password, domain: { id: "default" } };
  return {
    auth: {
      identity: { methods: ["password"], password: { user } },
      ...(project && { scope: { project } }),
    },
  };
}

/** One cloud and the names known so far. */
export class Play {
  /** Placeholder name to value; grows with {@link Step.keep}. */
  readonly names: Map<string, string>;
  private readonly tokens = new Map<string, string>();

  constructor(private readonly cloud: Cloud) {
    const { endpoint, identityUrl, fixture } = cloud;
    this.names = new Map([
      ["network", endpoint],
      ["identity", identityUrl],
      ["project", fixture.projectId],
      ["router", fixture.routerId],
      ["subnet", fixture.subnetId],
      ["second-subnet", fixture.secondSubnetId],
      // An id that nothing has.
      ["absent", "00000000-0000-4000-8000-000000000000"],
    ]);
  }

  /** Waits as the step says, sends it, and keeps the id it asks for. */
  async send(step: Step): Promise<StepAnswer> {
    if (step.until) await this.settled(step.until);
    const token = await this.tokenOf(step.as ?? "member");
    const { answer, id } = await this.ask(step.send, step.body, token);
    if (step.keep) {
      if (!id) throw new Error(`${step.note}: no id to keep in ${JSON.stringify(answer)}`);
      this.names.set(step.keep, id);
    }
    return answer;
  }

  private async ask(line: string, body: unknown, token: string | undefined) {
    const [method = "", path = ""] = this.fill(line).split(" ");
    const { endpoint, identityUrl } = this.cloud;
    const base = path.startsWith("/v3") ? identityUrl.replace(/\/v3$/, "") : endpoint;
    const response = await fetch(base + path, {
      method,
      headers: {
        Accept: "application/json",
        "Content-Type": "application/json",
        ...(token !== undefined && { "X-Auth-Token": token }),
      },
      ...(body !== undefined && {
        body: typeof body === "string" ? body : this.fill(JSON.stringify(body)),
      }),
    });
    const answer = { status: response.status, body: parsed(await response.text()) };
    return { answer, id: response.headers.get("x-subject-token") ?? idIn(answer.body) };
  }

  private fill(text: string): string {
    return text.replace(/\{([a-z][a-z0-9-]*)\}/g, (_, name: string) => {
      const value = this.names.get(name);
      if (value === undefined) throw new Error(`{${name}} is not known yet`);
      return value;
    });
  }

  private async tokenOf(who: NonNullable<Step["as"]>): Promise<string | undefined> {
    if (who === "nobody") return undefined;
    if (!(who in people)) return this.fill(who);
    const { name, password, project } = people[who as keyof typeof people];
    const scope = { name: project, domain: { id: "default" } };
    const known =
      this.tokens.get(who) ??
      (await this.ask("POST /v3/auth/tokens", passwordLogin(name, password, scope), undefined)).id;
    if (!known) throw new Error(`${name} cannot log in`);
    this.tokens.set(who, known);
    return known;
  }

  private async settled(until: string): Promise<void> {
    const [connection = "", status] = until.split(" ");
    const token = await this.tokenOf("member");
    for (const giveUp = Date.now() + 20_000; ; await new Promise((next) => setTimeout(next, 50))) {
      const path = `GET /v2.0/vpn/ipsec-site-connections/${connection}?fields=status`;
      const { answer } = await this.ask(path, undefined, token);
      const body = answer.body as { ipsec_site_connection?: { status?: string } } | null;
      if (body?.ipsec_site_connection?.status === status) return;
      if (Date.now() > giveUp) throw new Error(`${until}: but it is ${JSON.stringify(body)}`);
    }
  }
}

function parsed(text: string): unknown {
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The id of the one object, or of the only one of the list, that an answer holds. */
function idIn(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const [held] = Object.values(body).flat() as ({ id?: string } | undefined)[];
  return held?.id;
}

/** Whether the order of the list in the answer means something. */
export const isOrdered = (step: Step): boolean => step.send.includes("sort_key=");
