import type { Session } from "../identity/session";
import { NotFoundError } from "../errors";
import type { Answer, Transport } from "../http/transport";
import type { Secrets } from "../http/redact";
import type { RetryEnvironment } from "../wait/retry";
import type { StatusPoller } from "../wait/statusPoller";
import { Api, pathOf, type Call } from "./api";
import type { Collection, WireObject } from "./collection";
import { SharedLoaders } from "./sharedLoaders";
import { WriteCounter } from "./writeCounter";

export type { Collection, WireObject } from "./collection";

/**
 * The VPNaaS API of one cloud; see {@link Api} for what every request promises. A GET is repeated while
 * the server or the network fails, anything else only where it was certainly not done. GETs that are
 * under way at the same time become lists (see `reads.ts`), and all waits of a kind are one watcher.
 *
 * All calls throw ApiError (by meaning, see `faults.ts`) and TransportError.
 */
export class NeutronClient {
  private constructor(
    private readonly api: Api,
    private readonly shared: SharedLoaders,
    private readonly deadline = Infinity,
  ) {}

  /** Logs in, where the endpoint has to come from the catalog. */
  static async open(
    session: Session,
    transport: Transport,
    room: RetryEnvironment,
    writes = new WriteCounter(),
  ): Promise<NeutronClient> {
    const api = new Api(await session.endpoint(), session, transport, room);
    return new NeutronClient(api, new SharedLoaders(api, writes));
  }

  /** The network endpoint, without version. */
  get endpoint(): string {
    return this.api.endpoint;
  }

  /** Secrets of everything that was sent, received or told, for clean messages. */
  get secrets(): Secrets {
    return this.api.secrets;
  }

  /**
   * This client with a deadline (a time of the clock): what changes something is not sent after it
   * (NotSentError), no request lasts beyond it, but for two seconds that a last look may take, and none is
   * repeated after it. The queue for a request and a login count.
   */
  within(deadline: number): NeutronClient {
    return new NeutronClient(this.api, this.shared, deadline);
  }

  async create(
    place: Collection,
    body: Readonly<Record<string, unknown>>,
    label: string,
  ): Promise<WireObject> {
    this.api.keepSecrets(place, body);
    const intent = `create ${place.kind} ${label}`;
    const answer = await this.write({
      method: "POST",
      at: pathOf(place),
      intent,
      body: { [place.envelope]: body },
    });
    return this.api.unwrap(place, answer, { intent });
  }

  /** `attempts`: 1 for a look that is followed by others anyway. */
  get(place: Collection, id: string, attempts?: 1): Promise<WireObject> {
    return this.togetherFirst(
      () => this.shared.reads(place).read(id, this.api.lookBy(this.deadline)),
      () => this.api.object(place, id, this.deadline),
      attempts,
    );
  }

  /** The same, by a single request that is not repeated: for what is expected to be gone. */
  getAlone(place: Collection, id: string): Promise<WireObject> {
    return this.api.object(place, id, this.deadline);
  }

  /** The same as it was within the last second or so, for who reads many in a row. */
  getRecent(place: Collection, id: string): Promise<WireObject> {
    return this.togetherFirst(
      () => this.shared.reads(place).readRecent(id, this.api.lookBy(this.deadline)),
      () => this.api.object(place, id, this.deadline),
    );
  }

  /** Every object that the login sees and that has these values; the server's filter is not trusted. */
  async list(
    place: Collection,
    filter: Readonly<Record<string, string>> = {},
  ): Promise<WireObject[]> {
    const objects = new Map<string, WireObject>();
    const query = new URLSearchParams(filter);
    for await (const { rows } of this.api.pages(place, query, { deadline: this.deadline })) {
      for (const object of rows) objects.set(object.id, object);
    }
    return [...objects.values()].filter((one) =>
      Object.entries(filter).every(([name, value]) => String(one[name]) === value),
    );
  }

  /**
   * {@link list} by name, for who asks for many: names that are asked for at the same time come from
   * one list. Relies on a server that takes several names as alternatives, as Neutron does.
   */
  listNamed(place: Collection, name: string): Promise<readonly WireObject[]> {
    return this.togetherFirst<readonly WireObject[]>(
      () => this.shared.names(place).load(name, this.api.lookBy(this.deadline)),
      () => this.shared.named(place, name, this.deadline),
    );
  }

  /** Watches the objects of a kind for all that wait for one. */
  poller(place: Collection): StatusPoller {
    return this.shared.poller(place);
  }

  async update(
    place: Collection,
    id: string,
    body: Readonly<Record<string, unknown>>,
  ): Promise<WireObject> {
    this.api.keepSecrets(place, body);
    const intent = `update ${place.kind} ${id}`;
    const answer = await this.write({
      method: "PUT",
      at: pathOf(place, id),
      intent,
      body: { [place.envelope]: body },
    });
    return this.api.unwrap(place, answer, { intent, id });
  }

  async remove(place: Collection, id: string): Promise<void> {
    const intent = `delete ${place.kind} ${id}`;
    await this.write({ method: "DELETE", at: pathOf(place, id), intent });
  }

  /** Whether the cloud has an extension, by its alias, such as `vpnaas`. */
  async hasExtension(alias: string): Promise<boolean> {
    try {
      const intent = `learn of the extension ${alias}`;
      await this.ask({ method: "GET", at: `/v2.0/extensions/${alias}`, intent });
      return true;
    } catch (error) {
      if (!NotFoundError.isInstance(error)) throw error;
      return false;
    }
  }

  /**
   * The project that this login acts in: Keystone's word; without Keystone Neutron's own (its quota
   * API tells the project of the caller); where that API is missing, what was configured. Undefined
   * where nobody tells.
   */
  async projectId(): Promise<string | undefined> {
    const known = await this.api.project(this.deadline);
    if (known !== undefined) return known;
    try {
      const intent = "learn the login's project";
      const answer = await this.ask({ method: "GET", at: "/v2.0/quotas/tenant", intent });
      const body = answer.body as { tenant?: { tenant_id?: unknown } | null } | null | undefined;
      const id = body?.tenant?.tenant_id;
      return typeof id === "string" ? id : this.api.session.claimedProjectId;
    } catch (error) {
      if (!NotFoundError.isInstance(error)) throw error;
      return this.api.session.claimedProjectId;
    }
  }

  private async write(call: Call): Promise<Answer> {
    try {
      return await this.ask(call);
    } finally {
      this.shared.writes.count += 1;
    }
  }

  private ask(call: Call): Promise<Answer> {
    const { api, deadline } = this;
    return api.repeated(call.method, { deadline }, () => api.send(call, { deadline }));
  }

  /** What goes together with others is the first attempt; then it is repeated alone. */
  private togetherFirst<T>(
    together: () => Promise<T>,
    alone: () => Promise<T>,
    attempts?: 1,
  ): Promise<T> {
    let attempt = 0;
    return this.api.repeated("GET", { deadline: this.deadline, attempts }, () => {
      attempt += 1;
      return attempt === 1 ? together() : alone();
    });
  }
}
