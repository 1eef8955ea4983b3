import { setTimeout as sleep } from "node:timers/promises";

import type { Answer } from "../../simulator";
import { conflict, page, refused, soon, withStatus } from "./answers";
import type { Call } from "./calls";
import type { Elsewhere } from "./elsewhere";
import { emptied, LIST_FAULTS, pagesWithLostMarker } from "./listFaults";
import type { Injected, World } from "./world";

/** A fault that the tests inject. */
export interface Fault {
  /** Its name in the table. */
  readonly name: string;
  /** Whether the fault is meaningful at a call of a place. */
  hits(call: Call, world: Pick<World, "place">): boolean;
  /** The timeouts of the operation with the fault at a call, in seconds. */
  timeout(call: Call): number;
  /** Whether its cells mostly wait: no timeout of an operation ends them, or the cloud is in maintenance. */
  readonly waits?: true;
  /** Injects the fault; {@link World.calm} ends it. */
  strike(world: World, call: Call): void;
}

/** A timeout that no cell reaches, in seconds. */
export const LONG = 600;

const long = (): number => LONG;

const isApi = ({ about }: Call): boolean => about !== "login";
const anywhere = (): boolean => true;

function fault(
  name: string,
  happens: Injected | ((world: World) => Injected),
  { hits = anywhere, timeout = long, ...rest }: Partial<Omit<Fault, "name" | "strike">> = {},
): Fault {
  return {
    name,
    hits,
    timeout,
    ...rest,
    strike(world, call) {
      world.inject(call, typeof happens === "function" ? happens(world) : happens);
    },
  };
}

/** Durations in seconds. */
export interface Times {
  readonly maintenance: number;
  /** The timeout of an operation that ends by its timeout. */
  readonly timeout: number;
}

/** Every fault, in the order of the table. */
export function faultList(elsewhere: Elsewhere, times: Times): readonly Fault[] {
  const short = (): number => times.timeout;
  const SHORT = { timeout: short };
  const LENGTHY = { ...SHORT, waits: true } as const;
  /** A change that is not executed and not refused is awaited until the timeout. */
  const SHORT_CHANGE = { timeout: (call: Call) => (call.method === "GET" ? long() : short()) };
  return [
    {
      name: "connection refused for a moment",
      hits: anywhere,
      timeout: long,
      strike: (world, call) => world.refuseFrom(call, 700),
    },
    {
      name: "connection refused from then on",
      hits: anywhere,
      ...SHORT,
      strike: (world, call) => world.refuseFrom(call),
    },
    fault("reset before it arrives", { answer: "reset-before" }, SHORT_CHANGE),
    fault("reset after it is done", { answer: "reset-after" }),
    fault(
      "reset after it is done, then refused",
      (world) => ({ answer: "reset-after", onRequest: () => world.goAway() }),
      SHORT,
    ),
    fault("silence before it is done", { answer: "silence-before" }, LENGTHY),
    fault("silence after it is done", { answer: "silence" }, LENGTHY),
    fault("answer cut in the middle", { answer: "cut" }),
    fault("answer that is no JSON", {
      answer: ({ status, body }) => ({
        status: status === 204 ? 200 : status,
        body: `${JSON.stringify(body ?? {}).slice(0, 20)}...`,
      }),
    }),
    fault("page of a proxy with status 200", { answer: page(200, "Please log in") }, SHORT_CHANGE),
    fault("redirect to another host", ({ number }) => ({
      answer: { status: 307, headers: { Location: `${elsewhere.url}/${number}/` } },
    })),
    fault(
      "401 once: the token was revoked",
      ({ sim }) => ({ onRequest: () => sim.revokeTokens() }),
      { hits: isApi },
    ),
    fault("401 from then on", { answer: refused(401), lasts: true }),
    fault("403", { answer: refused(403) }),
    fault(
      "404 of its own: it is gone",
      (world) => ({
        onRequest: async ({ path }) => {
          await world.aside(() => world.api.send("DELETE", path.split("/v2.0")[1]!));
        },
      }),
      { hits: ({ about }) => about === "object" },
    ),
    fault("404 without a type", { answer: refused(404) }),
    fault("404 as a page", { answer: page(404, "404 Not Found") }),
    fault("409: it is in use", ({ place }) => ({ answer: conflict(place, "InUse") }), {
      hits: ({ method }) => method === "PUT" || method === "DELETE",
    }),
    fault("409: beyond the quota", ({ place }) => ({ answer: conflict(place, "OverQuota") }), {
      hits: ({ method, about }) => method === "POST" && about === "collection",
    }),
    ...[413, 429].flatMap((status) => [
      fault(`${status}, Retry-After in seconds`, { answer: refused(status, "1") }),
      fault(`${status}, Retry-After as a date`, () => ({ answer: refused(status, soon()) })),
      fault(`${status} alone`, { answer: refused(status) }),
    ]),
    fault("500", { answer: refused(500) }),
    fault("500 from then on", { answer: refused(500), lasts: true }, SHORT),
    fault("502", { answer: page(502, "Bad Gateway") }, SHORT_CHANGE),
    fault("503", { answer: page(503, "Service Unavailable") }),
    fault("503 from then on", { answer: refused(503), lasts: true }, LENGTHY),
    fault("answer that takes 3 seconds", {
      answer: async (usual) => {
        await sleep(3_000);
        return usual;
      },
    }),
    ...Object.entries(LIST_FAULTS).map(([name, { answer, hides }]) =>
      fault(
        name,
        { answer },
        // A name that a list hides looks unused; no server is known to hide one.
        {
          hits: (call) =>
            call.about === "many" && !(hides === true && call.name.startsWith("list by names")),
        },
      ),
    ),
    {
      name: "list whose next page is empty: its marker was deleted",
      hits: ({ about }) => about === "many",
      timeout: long,
      strike: (world, call) => {
        const { answer, emptyAfter } = pagesWithLostMarker();
        world.inject(call, { answer });
        world.interrupt({ when: emptyAfter, answer: emptied });
      },
    },
    fault("504, and it is done all the same", { answer: () => page(504, "Gateway Time-out") }),
    status("status ERROR", ["ERROR"], SHORT),
    status("status PENDING_* that never ends", ["PENDING_CREATE"], SHORT),
    status("status that flaps", ["DOWN", "PENDING_UPDATE", "BUILD", "ACTIVE"], SHORT),
    fault(
      "maintenance: 503 for everything",
      () => {
        let begun: number | undefined;
        const isOver = (): boolean =>
          Date.now() - (begun ??= Date.now()) > times.maintenance * 1_000;
        return { lasts: true, isOver, answer: page(503, "Down for maintenance") };
      },
      times.maintenance > 10 ? { waits: true } : {},
    ),
  ];
}

/** Statuses that the cloud shows from the call on instead of the real ones. */
function status(name: string, shown: readonly string[], time: Pick<Fault, "timeout">): Fault {
  return fault(
    name,
    () => {
      let looks = -1;
      const answer = (usual: Answer): Answer => {
        looks += 1;
        return withStatus(usual, shown[looks % shown.length]!);
      };
      return { lasts: true, answer };
    },
    {
      ...time,
      hits: ({ about, method }, { place: { kind } }) =>
        (kind === "IpsecSiteConnection" || kind === "VpnService") &&
        about !== "login" &&
        about !== "other" &&
        method !== "DELETE",
    },
  );
}
