import type { Session } from "../identity/session";
import { NotFoundError, TransportError } from "../errors";
import type { Answer, Request, Transport } from "../http/transport";
import type { Secrets } from "../http/redact";
import { isPassing, isUndone, repeated, type RepeatRoom } from "../wait/repeat";
import { faultOf } from "./faults";

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

/**
 * The VPNaaS API of one cloud. Answers are unwrapped, `project_id` is there whichever of its two
 * names a cloud uses. A 401 is answered with one new login and the same request. A GET is repeated
 * while the server or the network fails (see {@link repeated}); anything else only where it was
 * certainly not done: it never arrived, or 413 or 429 came.
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
    private readonly deadline = Infinity,
  ) {}

  /**
   * This client with a deadline (milliseconds since the epoch): no request lasts beyond it, but for
   * two seconds that a last look may take, and none is repeated after it.
   */
  within(deadline: number): NeutronClient {
    const { endpoint, session, transport, room, secrets } = this;
    return new NeutronClient(endpoint, session, transport, room, secrets, deadline);
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
  async get(place: Collection, id: string, attempts?: 1): Promise<WireObject> {
    return this.unwrap(
      place,
      await this.call("GET", path(place, id), `read ${place.kind} ${id}`, undefined, attempts),
    );
  }

  /** Every object that the login sees and that has these values; the server's filter is not trusted. */
  async list(
    place: Collection,
    filter: Readonly<Record<string, string>> = {},
  ): Promise<WireObject[]> {
    const objects = new Map<string, WireObject>();
    const asked = new Set<string>();
    let query: string | undefined = new URLSearchParams(filter).toString();
    // A full page links to a next one even when nothing follows, and a server that knows no pages
    // answers the same one for ever.
    while (query !== undefined && !asked.has(query)) {
      asked.add(query);
      const at = query === "" ? path(place) : `${path(place)}?${query}`;
      const answer = await this.call("GET", at, `list every ${place.kind}`);
      const page = unwrapList(place, answer);
      for (const object of page) {
        this.keepSecrets(place, object);
        objects.set(object.id, object);
      }
      query = page.length === 0 ? undefined : nextPage(place, answer);
    }
    return [...objects.values()]
      .map(normalize)
      .filter((one) =>
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

  private unwrap(place: Collection, answer: Answer): WireObject {
    const object = (answer.body as Record<string, WireObject> | undefined)?.[place.envelope];
    if (typeof object?.id !== "string") throw strange(place, place.envelope);
    this.keepSecrets(place, object);
    return normalize(object);
  }

  private keepSecrets(place: Collection, object: Readonly<Record<string, unknown>>): void {
    for (const attribute of place.secretAttributes) this.secrets.keep(object[attribute]);
  }

  private async call(
    method: Request["method"],
    at: string,
    intent: string,
    body?: Envelope,
    attempts?: 1,
  ): Promise<Answer> {
    const after = method === "GET" ? isPassing : isUndone;
    const repetition = { deadline: this.deadline, after, ...(attempts && { attempts }) };
    return repeated(this.room, repetition, () => this.callOnce(method, at, intent, body));
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

function unwrapList(place: Collection, answer: Answer): WireObject[] {
  const objects = (answer.body as Record<string, unknown> | undefined)?.[place.listEnvelope];
  if (Array.isArray(objects) && objects.every(isObject)) return objects;
  throw strange(place, place.listEnvelope);
}

function isObject(value: unknown): value is WireObject {
  return typeof value === "object" && value !== null && "id" in value;
}

/** The query of the next page, from the links beside a list. */
function nextPage(place: Collection, answer: Answer): string | undefined {
  const links = (answer.body as Record<string, unknown>)[`${place.listEnvelope}_links`];
  if (!Array.isArray(links)) return undefined;
  const next = (links as { rel?: string; href?: string }[]).find(({ rel }) => rel === "next");
  return next?.href?.split("?")[1];
}

/** For example a proxy's page with status 200. */
function strange(place: Collection, missing: string): TransportError {
  return new TransportError(
    `The answer to a request about ${place.kind} is not one of this API: no "${missing}" in it. Check the endpoint and the proxy settings.`,
    true,
  );
}

/** K5 knows `tenant_id` only; upstream sends both names. */
function normalize(object: WireObject): WireObject {
  return { ...object, project_id: object["project_id"] ?? object["tenant_id"] };
}
