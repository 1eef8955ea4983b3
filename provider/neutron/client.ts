import type { Session } from "../identity/session";
import { NotFoundError } from "../errors";
import type { Answer, Request, Transport } from "../http/transport";
import type { Secrets } from "../http/redact";
import { isPassing, isUndone, repeated, type RepeatRoom } from "../wait/repeat";
import { type Glimpse, Watcher, type Watched } from "../wait/watcher";
import { faultOf } from "./faults";
import { type Page, pageOf, strange } from "./lists";
import { Reads } from "./reads";
import { statusQuery } from "./statusQuery";

/** Where objects of a kind live in the API. */
export interface Collection {
  /** For messages: `IpsecSiteConnection`. */
  readonly kind: string;
  readonly collection: string;
  readonly envelope: string;
  readonly listEnvelope: string;
  /** Attributes whose values are never repeated in a message. */
  readonly secretAttributes: readonly string[];
}

/** An object as the API has it. */
export type WireObject = Readonly<Record<string, unknown>> & { readonly id: string };

/** A body: an object under the key of its kind. */
type Envelope = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const REQUEST_MS = 60_000;
/** What a request gets that begins at its deadline: enough for a last look. */
const LAST_REQUEST_MS = 2_000;

/** What all clients of one cloud have in common, by collection. */
interface Shared {
  readonly reads: Map<string, Reads>;
  readonly watchers: Map<string, Watcher>;
}

/**
 * The VPNaaS API of one cloud. Answers are unwrapped, `project_id` is there whichever of its two
 * names a cloud uses. A 401 is answered with one new login and the same request. A GET is repeated
 * while the server or the network fails (see {@link repeated}); anything else only where it was
 * certainly not done: it never arrived, or 413 or 429 came. GETs that are under way at the same time
 * become lists (see {@link Reads}).
 *
 * All calls throw ApiError (by meaning, see `faults.ts`) and TransportError.
 */
export class NeutronClient {
  private constructor(
    /** The network endpoint, without version. */
    readonly endpoint: string,
    private readonly session: Session,
    private readonly transport: Transport,
    private readonly room: RepeatRoom,
    /** Secrets of everything that was sent, received or told, for clean messages. */
    readonly secrets: Secrets,
    private readonly shared: Shared = { reads: new Map(), watchers: new Map() },
    private readonly deadline = Infinity,
  ) {}

  /**
   * This client with a deadline (milliseconds since the epoch): no request lasts beyond it, but for
   * two seconds that a last look may take, and none is repeated after it.
   */
  within(deadline: number): NeutronClient {
    const { endpoint, session, transport, room, secrets, shared } = this;
    return new NeutronClient(endpoint, session, transport, room, secrets, shared, deadline);
  }

  /** Logs in, where the endpoint has to come from the catalog. */
  static async open(
    session: Session,
    transport: Transport,
    room: RepeatRoom,
  ): Promise<NeutronClient> {
    return new NeutronClient(await session.endpoint(), session, transport, room, transport.secrets);
  }

  async create(
    place: Collection,
    body: Readonly<Record<string, unknown>>,
    label: string,
  ): Promise<WireObject> {
    this.keepSecrets(place, body);
    const answer = await this.call("POST", path(place), `create ${place.kind} ${label}`, {
      [place.envelope]: body,
    });
    return this.unwrap(place, answer);
  }

  /** `attempts`: 1 for a look that is followed by others anyway. */
  get(place: Collection, id: string, attempts?: 1): Promise<WireObject> {
    return this.read(place, id, (reads) => reads.read(id, this.deadline), attempts);
  }

  /** The same as it was within the last second or so, for who reads many in a row. */
  getRecent(place: Collection, id: string): Promise<WireObject> {
    return this.read(place, id, (reads) => reads.readRecent(id, this.deadline));
  }

  /** Watches objects of a kind for all that wait for one. */
  watcher(place: Collection): Watcher {
    const { watchers } = this.shared;
    const held =
      watchers.get(place.collection) ??
      new Watcher(this.room, (watched, by) => this.within(by).statuses(place, watched));
    watchers.set(place.collection, held);
    return held;
  }

  /** Every object that the login sees and that has these values; the server's filter is not trusted. */
  async list(
    place: Collection,
    filter: Readonly<Record<string, string>> = {},
  ): Promise<WireObject[]> {
    const objects = new Map<string, WireObject>();
    const query = new URLSearchParams(filter);
    for await (const { rows } of this.pages(place, query)) {
      for (const object of this.unwrapRows(place, rows)) objects.set(object.id, object);
    }
    return [...objects.values()].filter((one) =>
      Object.entries(filter).every(([name, value]) => String(one[name]) === value),
    );
  }

  async update(
    place: Collection,
    id: string,
    body: Readonly<Record<string, unknown>>,
  ): Promise<WireObject> {
    this.keepSecrets(place, body);
    const answer = await this.call("PUT", path(place, id), `update ${place.kind} ${id}`, {
      [place.envelope]: body,
    });
    return this.unwrap(place, answer);
  }

  async remove(place: Collection, id: string): Promise<void> {
    await this.call("DELETE", path(place, id), `delete ${place.kind} ${id}`);
  }

  /** Whether the cloud has an extension, by its alias, such as `vpnaas`. */
  async hasExtension(alias: string): Promise<boolean> {
    try {
      await this.call("GET", `/v2.0/extensions/${alias}`, `learn of the extension ${alias}`);
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
    const known = await this.session.projectId();
    if (known !== undefined) return known;
    try {
      const answer = await this.call("GET", "/v2.0/quotas/tenant", "learn the login's project");
      const { tenant } = answer.body as { tenant?: { tenant_id?: string } };
      return tenant?.tenant_id ?? this.session.claimedProjectId;
    } catch (error) {
      if (!NotFoundError.isInstance(error)) throw error;
      return this.session.claimedProjectId;
    }
  }

  private async statuses(place: Collection, watched: readonly Watched[]): Promise<Glimpse> {
    const statuses = new Map<string, string>();
    let requests = 0;
    for await (const { rows } of this.pages(place, statusQuery(watched), 1)) {
      requests += 1;
      for (const { id, status } of rows) {
        if (typeof status === "string") statuses.set(id, status);
      }
    }
    return { statuses, requests };
  }

  /** A read that goes together with others is its first attempt; it is repeated alone. */
  private read(
    place: Collection,
    id: string,
    together: (reads: Reads) => Promise<WireObject>,
    attempts?: 1,
  ): Promise<WireObject> {
    let attempt = 0;
    return this.repeated("GET", attempts, () => {
      attempt += 1;
      return attempt === 1 ? together(this.readsOf(place)) : this.readAlone(place, id);
    });
  }

  private readsOf(place: Collection): Reads {
    const { reads } = this.shared;
    const held =
      reads.get(place.collection) ??
      new Reads({
        get: (id, by) => this.within(by).readAlone(place, id),
        list: async (query, by) => {
          const { rows, next } = await this.within(by).page(place, query.toString());
          return { rows: this.unwrapRows(place, rows), next };
        },
        now: () => this.room.clock.now(),
      });
    reads.set(place.collection, held);
    return held;
  }

  private async readAlone(place: Collection, id: string): Promise<WireObject> {
    const intent = `read ${place.kind} ${id}`;
    return this.unwrap(place, await this.callOnce("GET", path(place, id), intent));
  }

  /** The pages of a list; `attempts` for each. */
  private async *pages(
    place: Collection,
    first: URLSearchParams,
    attempts?: 1,
  ): AsyncGenerator<Page> {
    const asked = new Set<string>();
    let query: string | undefined = first.toString();
    // A server that knows no pages answers the same one for ever.
    while (query !== undefined && !asked.has(query)) {
      asked.add(query);
      const at: string = query;
      const page: Page = await this.repeated("GET", attempts, () => this.page(place, at));
      yield page;
      query = page.next;
    }
  }

  private async page(place: Collection, query: string): Promise<Page> {
    const at = query === "" ? path(place) : `${path(place)}?${query}`;
    return pageOf(place, await this.callOnce("GET", at, `list every ${place.kind}`));
  }

  private unwrap(place: Collection, answer: Answer): WireObject {
    const object = (answer.body as Record<string, WireObject> | undefined)?.[place.envelope];
    if (typeof object?.id !== "string") throw strange(place, place.envelope);
    this.keepSecrets(place, object);
    return normalize(object);
  }

  private unwrapRows(place: Collection, rows: readonly WireObject[]): WireObject[] {
    for (const row of rows) this.keepSecrets(place, row);
    return rows.map(normalize);
  }

  private keepSecrets(place: Collection, object: Readonly<Record<string, unknown>>): void {
    for (const attribute of place.secretAttributes) this.secrets.keep(object[attribute]);
  }

  private async call(
    method: Request["method"],
    at: string,
    intent: string,
    body?: Envelope,
  ): Promise<Answer> {
    try {
      return await this.repeated(method, undefined, () => this.callOnce(method, at, intent, body));
    } finally {
      if (method !== "GET") for (const reads of this.shared.reads.values()) reads.forget();
    }
  }

  private repeated<T>(
    method: Request["method"],
    attempts: 1 | undefined,
    operation: () => Promise<T>,
  ): Promise<T> {
    const after = method === "GET" ? isPassing : isUndone;
    const repetition = { deadline: this.deadline, after, ...(attempts && { attempts }) };
    return repeated(this.room, repetition, operation);
  }

  private async callOnce(
    method: Request["method"],
    at: string,
    intent: string,
    body?: Envelope,
  ): Promise<Answer> {
    const left = Math.max(LAST_REQUEST_MS, this.deadline - this.room.clock.now());
    const timeoutMs = Math.min(REQUEST_MS, left);
    const request = { method, url: `${this.endpoint}${at}`, timeoutMs, ...(body && { body }) };
    let token = await this.session.authorize();
    let answer = await this.transport.send({ ...request, headers: tokenHeader(token) });
    if (answer.status === 401) {
      const renewed = await this.session.renew(token);
      if (renewed !== undefined) {
        token = renewed;
        answer = await this.transport.send({ ...request, headers: tokenHeader(token) });
      }
    }
    if (answer.status >= 200 && answer.status < 300) return answer;
    throw faultOf(answer, {
      ...{ method, path: at.split("?")[0]!, intent },
      ...{ secrets: this.secrets, readFrom: this.session.source },
    });
  }
}

function path(place: Collection, id?: string): string {
  const base = `/v2.0/vpn/${place.collection}`;
  return id === undefined ? base : `${base}/${encodeURIComponent(id)}`;
}

function tokenHeader(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { "X-Auth-Token": token };
}

/** K5 knows `tenant_id` only; upstream sends both names. */
function normalize(object: WireObject): WireObject {
  return { ...object, project_id: object["project_id"] ?? object["tenant_id"] };
}
