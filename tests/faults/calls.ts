import type { RecordedRequest } from "../../simulator";
import type { Kind } from "../support/harness/kinds";
import { KINDS } from "../support/harness/kinds";

/** One call of an operation; all polls of a wait are one call, since their number varies. */
export interface Call {
  /** Unique in its operation, for example `GET after POST`, `list of users` or `login`. */
  readonly name: string;
  /**
   * The target of the call: the login, the kind's own collection, one object of it, several of them at
   * once, or another path.
   */
  readonly about: "login" | "collection" | "object" | "many" | "other";
  readonly method: string;
  /** The number of the operation's requests before the first one of this call. */
  readonly before: number;
}

/** Names the calls of one operation, request by request. */
export interface Names {
  /** The call that the next request of the operation belongs to. */
  next(request: RecordedRequest): Call;
}

/** Names the calls of an operation on one object of a kind. */
export class CallNames implements Names {
  private readonly met = new Map<string, number>();
  private readonly own: RegExp;
  private last: { purpose: string; call: Call } | undefined;
  private change = "";
  private requests = 0;

  constructor(kind: Kind) {
    this.own = new RegExp(`${KINDS[kind].path}(/[^/]+)?$`);
  }

  /** The call that the next request of the operation belongs to. */
  next(request: RecordedRequest): Call {
    const before = this.requests;
    this.requests += 1;
    const { purpose, about } = this.read(request);
    const isWait = purpose.startsWith("GET after");
    if (isWait && this.last?.purpose === purpose) return this.last.call;
    const count = (this.met.get(purpose) ?? 0) + 1;
    this.met.set(purpose, count);
    const name = count === 1 ? purpose : `${purpose} (${count})`;
    const call = { name, about, method: request.method, before };
    this.last = { purpose, call };
    return call;
  }

  private read({ method, path }: RecordedRequest): { purpose: string; about: Call["about"] } {
    const own = this.own.exec(path);
    const after = this.change === "" ? "" : ` after ${this.change}`;
    if (own !== null && method !== "GET") this.change = method;
    if (path.endsWith("/auth/tokens")) return { purpose: `login${after}`, about: "login" };
    if (own?.[1] !== undefined) return { purpose: `${method}${after}`, about: "object" };
    if (own !== null) {
      const what = method === "GET" ? "list" : method;
      return { purpose: `${what}${after}`, about: "collection" };
    }
    const what = path.includes("/vpn/") ? "list of users" : `${method} ${targetOf(path)}`;
    return { purpose: `${what}${after}`, about: "other" };
  }
}

/** The collection or the action at the end of a path, without an id. */
function targetOf(path: string): string {
  const parts = path.split("/").filter((part) => !/^[0-9a-f-]{36}$/.test(part));
  return parts.at(-1)!;
}

/** The object's name in a body; empty without a name. */
export function nameIn(body: unknown): string {
  const [object] = Object.values((body ?? {}) as Record<string, { name?: string }>);
  return object?.name ?? "";
}
