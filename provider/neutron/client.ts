import type { Session } from "../identity/session";
import { CanceledError } from "../errors";
import type { Answer, Transport } from "../http/transport";
import type { RetryEnvironment } from "../wait/retry";
import { withSignal } from "../wait/cancellation";
import type { StatusPoller } from "../wait/statusPoller";
import { Api, pathOf } from "./api";
import type { Collection, WireObject } from "./collection";
import { NetworkClient } from "./networkClient";
import type { Call, OperationLimits } from "./requestSender";
import { SharedLoaders } from "./sharedLoaders";
import { WriteCounter } from "./writeCounter";

export type { Collection, WireObject } from "./collection";

/**
 * The VPNaaS API of one cloud; {@link Api} documents the contract of every request. A GET is
 * retried after transient errors, any other request only if the server has certainly not acted on
 * it. GETs that are under way at the same time are batched into lists (see `objectLoader.ts`), and
 * all waits for objects of one type share a poller.
 *
 * All calls throw ApiError (a subclass by meaning, see `apiErrors.ts`) and TransportError.
 */
export class NeutronClient extends NetworkClient {
  private constructor(
    api: Api,
    private readonly shared: SharedLoaders,
    limits: OperationLimits = { deadline: Infinity },
  ) {
    super(api, limits);
  }

  /** Logs in if the endpoint has to come from the catalog. */
  static async open(
    session: Session,
    transport: Transport,
    environment: RetryEnvironment,
    writes = new WriteCounter(),
  ): Promise<NeutronClient> {
    const api = new Api(await session.endpoint(), session, transport, environment);
    return new NeutronClient(api, new SharedLoaders(api, writes));
  }

  /**
   * This client with other limits: a deadline (a time of the clock) and, if given, a signal that
   * cancels. After the deadline no change is sent (NotSentError), no request lasts beyond it, except
   * that a last read gets two seconds, and nothing is retried. The time in the queue and for a login
   * counts.
   *
   * After a cancellation nothing is sent or retried, and reads end at once (CanceledError); a login,
   * list or batch that others wait for as well continues for them. The response to a change that
   * was sent is awaited.
   */
  within(deadline: number, signal?: AbortSignal): NeutronClient {
    return new NeutronClient(this.api, this.shared, { deadline, signal });
  }

  async create(
    collection: Collection,
    body: Readonly<Record<string, unknown>>,
    label: string,
  ): Promise<WireObject> {
    this.api.keepSecrets(collection, body);
    const intent = `create ${collection.kind} ${label}`;
    const answer = await this.write({
      method: "POST",
      at: pathOf(collection),
      intent,
      body: { [collection.envelope]: body },
    });
    return this.api.unwrap(collection, answer, { intent });
  }

  /** `attempts`: 1 for a poll that others follow anyway. */
  get(collection: Collection, id: string, attempts?: 1): Promise<WireObject> {
    return this.batchedFirst(
      `read ${collection.kind} ${id}`,
      (deadline) => this.shared.objectLoader(collection).read(id, deadline),
      () => this.api.object(collection, id, this.limits),
      attempts,
    );
  }

  /**
   * Reads the object by a single request without retries: for objects that are expected to be
   * deleted.
   */
  getSingle(collection: Collection, id: string): Promise<WireObject> {
    return this.api.object(collection, id, this.limits);
  }

  /**
   * Reads the object; the result may be up to a second old. Use it for bulk reads such as a
   * refresh.
   */
  getRecent(collection: Collection, id: string): Promise<WireObject> {
    return this.batchedFirst(
      `read ${collection.kind} ${id}`,
      (deadline) => this.shared.objectLoader(collection).readRecent(id, deadline),
      () => this.api.object(collection, id, this.limits),
    );
  }

  /**
   * All visible objects with these values; the filter is also applied here, as the server may
   * ignore it.
   */
  async list(
    collection: Collection,
    filter: Readonly<Record<string, string>> = {},
  ): Promise<WireObject[]> {
    const objects = new Map<string, WireObject>();
    const query = new URLSearchParams(filter);
    for await (const { rows } of this.api.pages(collection, query, this.limits)) {
      for (const object of rows) objects.set(object.id, object);
    }
    return [...objects.values()].filter((one) =>
      Object.entries(filter).every(([name, value]) => String(one[name]) === value),
    );
  }

  /**
   * {@link list} by name for bulk lookups: names that are requested at the same time share a list.
   * Relies on a server that treats several names as alternatives, as Neutron does.
   */
  listNamed(collection: Collection, name: string): Promise<readonly WireObject[]> {
    return this.batchedFirst<readonly WireObject[]>(
      `list every ${collection.kind} ${name}`,
      (deadline) => this.shared.nameLoader(collection).load(name, deadline),
      () => this.shared.listByName(collection, name, this.limits),
    );
  }

  /** The poller that all waits for objects of this type share. */
  poller(collection: Collection): StatusPoller {
    return this.shared.poller(collection);
  }

  async update(
    collection: Collection,
    id: string,
    body: Readonly<Record<string, unknown>>,
  ): Promise<WireObject> {
    this.api.keepSecrets(collection, body);
    const intent = `update ${collection.kind} ${id}`;
    const answer = await this.write({
      method: "PUT",
      at: pathOf(collection, id),
      intent,
      body: { [collection.envelope]: body },
    });
    return this.api.unwrap(collection, answer, { intent, id });
  }

  async remove(collection: Collection, id: string): Promise<void> {
    const intent = `delete ${collection.kind} ${id}`;
    await this.write({ method: "DELETE", at: pathOf(collection, id), intent });
  }

  private async write(call: Call): Promise<Answer> {
    try {
      return await this.ask(call);
    } finally {
      this.shared.writes.count += 1;
    }
  }

  /** The first attempt is batched with others, until the deadline; retries are sent alone. */
  private batchedFirst<T>(
    intent: string,
    batched: (deadline: number) => Promise<T>,
    single: () => Promise<T>,
    attempts?: 1,
  ): Promise<T> {
    const { api, limits } = this;
    let attempt = 0;
    return api.retry("GET", { ...limits, attempts }, () => {
      attempt += 1;
      if (attempt > 1) return single();
      const load = () => batched(api.sender.readDeadline(limits.deadline));
      return withSignal(limits.signal, load, () => CanceledError.unanswered(intent));
    });
  }
}
