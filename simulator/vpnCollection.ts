import { randomUUID } from "node:crypto";
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import type { Attributes } from "./attributes";
import type { ApiRequest, Cloud } from "./cloud";
import type { VpnCollection } from "./collections";
import { ApiFault, methodNotAllowed, noSuchPath } from "./faultBodies";
import { answerList, pickFields } from "./lists";
import { readBody, type Values } from "./requestBody";
import type { Context } from "./rules/ruleSet";
import { isVisible, type Caller, type Row, type Tables, type VpnKind } from "./rows";
import type { Answer } from "./types";
import { isObject } from "./values";

/** The address that a name resolves to, or null; a literal address resolves to itself. */
async function addressOf(name: unknown): Promise<string | null> {
  if (typeof name !== "string" || name === "" || /\.invalid\.?$/i.test(name)) {
    return null;
  }
  if (isIP(name)) {
    return name;
  }
  return lookup(name, { verbatim: false }).then(
    ({ address }) => address,
    () => null,
  );
}

/** The answer to a POST repeats numbers that were sent as strings; later answers have numbers. */
const asSent = <R extends Row>(row: R, values: Values): R => {
  const objects = Object.entries(values).filter(([, value]) => isObject(value));
  const merged = objects.map(([name, value]) => [name, Object.assign({}, row[name], value)]);
  return { ...row, ...(Object.fromEntries(merged) as Partial<R>) };
};

/** Only members and admins may use the API, even to read. Source: neutron_vpnaas/policies. */
const mayUse = (caller: Caller): boolean => caller.member || caller.admin;

/** One collection of the VPN API. */
export class VpnCollectionApi<K extends VpnKind> {
  constructor(
    private readonly cloud: Cloud,
    private readonly kind: K,
    private readonly collection: VpnCollection<K>,
    private readonly attributes: Attributes,
  ) {}

  /**
   * Answers a request for the collection or, with an id, for one object.
   * @throws ApiFault
   */
  async answer(request: ApiRequest, id?: string): Promise<Answer> {
    const handlers =
      id === undefined
        ? { GET: () => this.list(request), POST: () => this.create(request) }
        : {
            GET: () => this.show(id, request),
            PUT: () => this.update(id, request),
            DELETE: () => this.remove(id, request),
          };
    const handler = new Map<string, () => Answer | Promise<Answer>>(Object.entries(handlers)).get(
      request.method,
    );
    if (!handler) {
      throw methodNotAllowed();
    }
    return handler();
  }

  private list(request: ApiRequest): Answer {
    const { caller } = request;
    const rows = this.cloud.store
      .all(this.kind)
      .filter((row) => mayUse(caller) && isVisible(caller, row));
    return answerList(this.collection.plural, rows, this.attributes, request, this.cloud);
  }

  private async create(request: ApiRequest): Promise<Answer> {
    const { rules } = this.collection;
    const values = this.read(request, "POST");
    if (!mayUse(request.caller)) {
      const rule = `rule:create_${this.kind}`;
      throw new ApiFault(403, "PolicyNotAuthorized", `${rule} is disallowed by policy`);
    }
    this.cloud.quotas.refuseExcess(this.kind, String(values["tenant_id"]));
    const context = await this.context(request, values);
    const made: Values = { ...rules.create(values, context), id: randomUUID() };
    const row = Object.fromEntries(
      Object.keys(this.attributes).map((name) => [name, made[name] ?? null]),
    ) as Tables[K];
    this.cloud.store.put(this.kind, row);
    rules.done?.(row, "POST", context);
    return this.one(201, asSent(row, values), new URLSearchParams());
  }

  private show(id: string, { caller, query }: ApiRequest): Answer {
    return this.one(200, this.find(id, caller), query);
  }

  private async update(id: string, request: ApiRequest): Promise<Answer> {
    const { rules } = this.collection;
    const changes = this.read(request, "PUT");
    const context = await this.context(request, changes);
    const row = this.find(id, request.caller);
    Object.assign(row, rules.update(row, changes, context));
    rules.done?.(row, "PUT", context);
    return this.one(200, row, new URLSearchParams());
  }

  private async remove(id: string, request: ApiRequest): Promise<Answer> {
    const { rules } = this.collection;
    const context = await this.context(request, {});
    const row = this.find(id, request.caller);
    rules.remove(row, context);
    this.cloud.store.remove(this.kind, id);
    rules.done?.(row, "DELETE", context);
    return { status: 204 };
  }

  /** A caller without read permission gets a 404 without a type, even for an object of its project. */
  private find(id: string, caller: Caller): Tables[K] {
    const row = this.cloud.store.find(this.kind, id, caller);
    if (!mayUse(caller)) {
      throw noSuchPath();
    }
    return row;
  }

  private one(status: number, row: Tables[K], query: URLSearchParams): Answer {
    const shown = this.cloud.dialect.show(row);
    return { status, body: { [this.kind]: pickFields(shown, query) } };
  }

  private read({ text, caller }: ApiRequest, verb: "POST" | "PUT"): Values {
    const { kind, attributes } = this;
    const { plural } = this.collection;
    const { projectId } = this.cloud.dialect;
    return readBody(text, verb, { kind, plural, attributes, projectId, caller });
  }

  private async context({ caller }: ApiRequest, values: Values): Promise<Context> {
    // Resolved before the rules run, so that no other request runs between their checks and the change.
    const address = "peer_address" in values ? await addressOf(values["peer_address"]) : null;
    const { store, agent, behavior, servicesPerRouter } = this.cloud;
    return { store, agent, behavior, servicesPerRouter, caller, address };
  }
}
