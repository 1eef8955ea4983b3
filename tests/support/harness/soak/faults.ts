import { setTimeout as sleep } from "node:timers/promises";

import type { Answer, FaultRule, RecordedRequest, Simulator } from "../../../../simulator";

/** Random faults, which tests can switch on and off. */
export interface RandomFaults {
  /** The number of occurrences of each fault. */
  readonly counts: Readonly<Record<string, number>>;
  /** Whether the faults are on; initially true. */
  isOn: boolean;
  /** Refuses every connection for a moment; resolves when it begins. */
  refuse(): Promise<void>;
}

/** A refusal by the cloud or by a gateway in front of it. */
const refusal = (status: number): Answer => ({ status, body: "<html>not now</html>" });

/** A fault with its requests; all requests by default. */
interface Fault {
  readonly rule: Pick<FaultRule, "answer" | "onRequest">;
  readonly isFor?: (request: RecordedRequest) => boolean;
}

/** Whether a request creates an object. Only a person can decide whether a lost POST created one, so faults that lose requests exclude these. */
const makes = ({ method, path }: RecordedRequest): boolean =>
  method === "POST" && path.includes("/vpn/");

const FAULTS: Readonly<Record<string, Fault>> = {
  "reset before it arrived": { rule: { answer: "reset-before" }, isFor: (one) => !makes(one) },
  "reset after it was done": { rule: { answer: "reset-after" } },
  "cut in the middle": { rule: { answer: "cut" } },
  "500": { rule: { answer: refusal(500) }, isFor: (one) => !makes(one) },
  "502 after it was done": { rule: { answer: () => refusal(502) } },
  "503": { rule: { answer: refusal(503) } },
  "504 after it was done": { rule: { answer: () => refusal(504) } },
  "429 with Retry-After": { rule: { answer: { status: 429, headers: { "Retry-After": "1" } } } },
  "slow by a second": { rule: { onRequest: () => sleep(1_000) } },
};

/** The most failures of the same request in a row; the provider survives three. */
const IN_A_ROW = 2;
const REFUSED_MS = 200;

/**
 * Lets a share of the requests of a user fail, each by a fault chosen at random, but never the same
 * request more than twice in a row.
 * @param random returns numbers from 0 up to 1
 */
export function randomFaults(
  sim: Simulator,
  { user, share, random }: { user: string; share: number; random: () => number },
): RandomFaults {
  const counts: Record<string, number> = { "connections refused for 200 ms": 0 };
  const drawn = new WeakMap<RecordedRequest, string | undefined>();
  const row = new Map<string, number>();
  const draw = (request: RecordedRequest): string | undefined => {
    const key = `${request.method} ${request.path} ${request.query} ${nameIn(request)}`;
    const before = row.get(key) ?? 0;
    row.delete(key);
    if (!faults.isOn || senderOf(request) !== user) return undefined;
    if (random() >= share || before === IN_A_ROW) return undefined;
    const fitting = Object.keys(FAULTS).filter((name) => FAULTS[name]!.isFor?.(request) ?? true);
    row.set(key, before + 1);
    return fitting[Math.floor(random() * fitting.length)];
  };
  const drawOnce = (request: RecordedRequest): string | undefined => {
    if (!drawn.has(request)) drawn.set(request, draw(request));
    return drawn.get(request);
  };
  for (const [name, { rule }] of Object.entries(FAULTS)) {
    counts[name] = 0;
    sim.script({
      ...rule,
      times: Infinity,
      when: (request) => {
        const isIt = drawOnce(request) === name;
        if (isIt) counts[name] = counts[name]! + 1;
        return isIt;
      },
    });
  }
  const faults: RandomFaults = {
    counts,
    isOn: true,
    async refuse() {
      const comeBack = sim.goAway();
      counts["connections refused for 200 ms"]! += 1;
      // The client needs time to notice the closing of its idle connections, or it writes into one of them.
      await sleep(50);
      void sleep(REFUSED_MS - 50).then(comeBack);
    },
  };
  return faults;
}

interface Body {
  readonly auth?: { identity: { password: { user: { name: string } } } };
}

/** The user of a request, or the user in the body of a login. */
export function senderOf({ user, body }: RecordedRequest): string | undefined {
  return user ?? (body as Body | null)?.auth?.identity.password.user.name;
}

/** The name in a body, which distinguishes the POSTs of a collection. */
function nameIn({ body }: RecordedRequest): string {
  const [envelope] = Object.values((body ?? {}) as Record<string, { name?: string } | null>);
  return envelope?.name ?? "";
}
