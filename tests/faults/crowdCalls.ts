import type { RecordedRequest } from "../../simulator";
import { KINDS } from "../support/harness/kinds";
import { type Call, nameIn, type Names } from "./calls";
import type { Place } from "./places";

/**
 * Names the calls of an operation on many objects at once. The order of their requests varies, so a call
 * is the first request with its method, its form of a list, and the earlier change of its objects. The
 * first and the last change are separate calls.
 */
export class CrowdCallNames implements Names {
  private readonly calls = new Map<string, Call>();
  private readonly changes = new Map<string, number>();
  /** The last method that changed each object: by id, and by name for a POST. */
  private readonly lastChanges = new Map<string, string>();
  private readonly own: RegExp;
  private readonly count: number;
  private requests = 0;

  constructor(
    { kind, count }: Place,
    /** Ids of the objects that exist before the operation; it has created all others. */
    private readonly before: ReadonlySet<string>,
  ) {
    this.own = new RegExp(`${KINDS[kind].path}(?:/([^/]+))?$`);
    this.count = count;
  }

  /** The call that the next request of the operation belongs to. */
  next(request: RecordedRequest): Call {
    const before = this.requests;
    this.requests += 1;
    const { name, about } = this.read(request);
    const call = this.calls.get(name) ?? { name, about, method: request.method, before };
    this.calls.set(name, call);
    return call;
  }

  private read({ method, path, query, body }: RecordedRequest): Pick<Call, "name" | "about"> {
    const own = this.own.exec(path);
    if (path.endsWith("/auth/tokens")) return { name: "login", about: "login" };
    if (own === null) {
      const name = path.includes("/vpn/")
        ? "list of users"
        : `${method} ${path.split("/").at(-1)!}`;
      return { name, about: "other" };
    }
    const [, id] = own;
    if (method !== "GET") return this.change(method, id ?? nameIn(body));
    if (id !== undefined) return { name: `GET${this.after([id])}`, about: "object" };
    return this.list(new URLSearchParams(query));
  }

  private change(method: string, object: string): Pick<Call, "name" | "about"> {
    this.lastChanges.set(object, method);
    const count = (this.changes.get(method) ?? 0) + 1;
    this.changes.set(method, count);
    const about = method === "POST" ? "collection" : "object";
    if (count === 1) return { name: method, about };
    return { name: count === this.count ? `last ${method}` : `other ${method}`, about };
  }

  private list(query: URLSearchParams): Pick<Call, "name" | "about"> {
    const [ids, names] = [query.getAll("id"), query.getAll("name")];
    const page = query.has("marker") ? "next page of " : "";
    const what = query.has("fields")
      ? "list of statuses"
      : ids.length > 0
        ? "list by ids"
        : undefined;
    if (what !== undefined) return { name: `${page}${what}${this.after(ids)}`, about: "many" };
    const change = names.map((name) => this.lastChanges.get(name)).find((one) => one !== undefined);
    const after = change === undefined ? "" : ` after ${change}`;
    if (names.length === 1) return { name: `${page}list by name${after}`, about: "collection" };
    const shape = names.length > 1 ? "list by names" : "list of all";
    return { name: `${page}${shape}${after}`, about: "many" };
  }

  /** The suffix with the earlier change of one of the objects. */
  private after(ids: readonly string[]): string {
    const changes = ids.map(
      (id) => this.lastChanges.get(id) ?? (this.before.has(id) ? undefined : "POST"),
    );
    const last = changes.find((one) => one !== undefined);
    return last === undefined ? "" : ` after ${last}`;
  }
}
