import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";

import { startSimulator, type Simulator } from "../../../../simulator";
import { api, login, type Api } from "../api";
import { ALL_KINDS, inOrder, KINDS, shownBy } from "../kinds";
import { ProviderProcess } from "../providerProcess";
import { randomFaults, senderOf, type RandomFaults } from "./faults";
import { PROBE, PROBE_TEXT, probed, samplesIn, type Sample } from "./memory";
import { SoakProgram } from "./program";

/** Options of a soak test. */
export interface SoakOptions {
  readonly connections: number;
  /** The duration in which rounds begin; at least one runs, and the last one runs to its end. */
  readonly seconds: number;
  readonly tokenSeconds: number;
  /** Milliseconds before each response of the cloud. */
  readonly latencyMs: number;
  /** Milliseconds between two samples of the provider's memory. */
  readonly sampleMs: number;
  /** Share of the requests that fail. */
  readonly faults: number;
  /** The seed of the random numbers. */
  readonly seed: number;
  /** Receives lines of progress. */
  readonly log: (line: string) => void;
}

/** The result of a soak test. */
export interface SoakReport {
  readonly rounds: number;
  /** The error messages that a user would have read. */
  readonly errors: readonly string[];
  /** Differences between state and cloud at the end, and changes of a preview. */
  readonly disagreements: readonly string[];
  /** Whether a pre-shared key or the password was printed. */
  readonly isLeaked: boolean;
  /** The number of arrived requests of the provider, by method. */
  readonly requests: Readonly<Record<string, number>>;
  readonly logins: number;
  /** The number of requests with an expired token. */
  readonly expired: number;
  /** The number of changes to PENDING_UPDATE by another client. */
  readonly flaps: number;
  readonly faults: Readonly<Record<string, number>>;
  /** The number of printed lines about retries. */
  readonly retries: number;
  readonly samples: readonly Sample[];
}

const USER = { name: "lab-user", password: "lab-user-pass" };
const PENDING_MS = 300;
const FLAPS_A_SECOND = 40;
/** Properties local to program and state, which no cloud shows. */
const LOCAL = ["endpoint", "timeouts", "waitFor", "cloud", "adopt", "peerAddress"];

/**
 * Creates a program of many connections in a simulated cloud with faults and changing statuses, then
 * refreshes, edits and updates it in rounds, like the engine, with one provider process (and one for
 * deletions); finally destroys half of the connections, and compares state and cloud.
 */
export async function soak(options: SoakOptions): Promise<SoakReport> {
  const { latencyMs, tokenSeconds, log } = options;
  const folder = mkdtempSync(join(tmpdir(), "vpnaas-soak-"));
  const samples = join(folder, "samples");
  const sim = await startSimulator({
    latencyMs,
    tokenSeconds,
    pendingMs: PENDING_MS,
    pendingOnUpdate: true,
  });
  const random = randomFrom(options.seed);
  const faults = randomFaults(sim, { user: USER.name, share: options.faults, random });
  const traffic = countTraffic(sim);
  const config = {
    "vpnaas:authUrl": sim.identityUrl,
    "vpnaas:username": USER.name,
    "vpnaas:password": USER.password,
    "vpnaas:projectName": "lab",
    "vpnaas:dialect": "neutron",
  };
  const measured = await ProviderProcess.start({
    config,
    files: { [PROBE]: PROBE_TEXT },
    env: probed(samples, options.sampleMs),
    answerMs: 120_000,
  });
  const deleting = await ProviderProcess.start({ config, answerMs: 120_000 });
  const provider = withDeletesBy(deleting, measured);
  const others = flap(sim, random);
  try {
    const program = new SoakProgram(options.connections, sim.fixture, random);
    const errors: string[] = [];
    const rounds = await play(program, { provider, faults, errors, log }, options.seconds);
    log("the end");
    await others.stop();
    faults.isOn = false;
    await sleep(3 * PENDING_MS);
    const disagreements = await compare(program, provider, asAdmin(sim));
    traffic.stop();
    const lines = [measured, deleting].flatMap(({ stdout, stderr }) => [...stdout, ...stderr]);
    const isLeaked = /canary|lab-user-pass/.test(measured.output + deleting.output);
    const retries = lines.filter((line) => line.includes("retry: ")).length;
    return {
      rounds,
      errors,
      disagreements,
      isLeaked,
      retries,
      requests: traffic.requests,
      logins: traffic.logins,
      expired: traffic.expired,
      flaps: others.count,
      faults: faults.counts,
      samples: samplesIn(samples),
    };
  } finally {
    await others.stop();
    traffic.stop();
    await measured.stop();
    await deleting.stop();
    await sim.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A process that serves many runs, with another one for its deletions. The engine starts one for each
 * run, and a provider does not delete an object that the same process has compared and kept.
 */
function withDeletesBy(deleting: ProviderProcess, provider: ProviderProcess): ProviderProcess {
  const remove: ProviderProcess["delete"] = (...args) => deleting.delete(...args);
  return Object.create(provider, { delete: { value: remove } }) as ProviderProcess;
}

interface Stage {
  readonly provider: ProviderProcess;
  readonly faults: RandomFaults;
  readonly errors: string[];
  readonly log: (line: string) => void;
}

async function play(
  program: SoakProgram,
  { provider, faults, errors, log }: Stage,
  seconds: number,
): Promise<number> {
  const begin = Date.now();
  const run = async (title: string, operation: () => Promise<string[]>): Promise<void> => {
    // Between two runs there is no POST that a closing connection could lose.
    await faults.refuse();
    const said = await operation();
    errors.push(...said.map((error) => `${title}: ${error}`));
    log(`${((Date.now() - begin) / 1_000).toFixed(0)} s: ${title}, ${said.length} errors`);
  };
  await run("up", () => program.up(provider));
  let round = 0;
  do {
    round += 1;
    await run(`refresh ${round}`, () => program.refresh(provider));
    program.edit();
    await run(`up ${round}`, () => program.up(provider));
  } while (Date.now() - begin < seconds * 1_000);
  await run("destroy of a half", () => program.destroy(provider, 0.5));
  return round;
}

/** Counts the provider's requests and removes them, since the simulator would keep them forever. */
function countTraffic(sim: Simulator) {
  const traffic = { requests: {} as Record<string, number>, logins: 0, expired: 0 };
  const count = (patienceMs: number): void => {
    // A request without a status is under way, unless its connection was reset.
    const under = sim.requests.findIndex(
      ({ status, at }) => status === 0 && Date.now() - at < patienceMs,
    );
    for (const request of sim.requests.splice(0, under < 0 ? sim.requests.length : under)) {
      const { method, path, status } = request;
      const sender = senderOf(request);
      if (sender === undefined && status === 401) traffic.expired += 1;
      if (sender !== undefined && sender !== USER.name) continue;
      traffic.requests[method] = (traffic.requests[method] ?? 0) + 1;
      if (path.endsWith("/auth/tokens") && status === 201) traffic.logins += 1;
    }
  };
  const timer = setInterval(() => count(5_000), 1_000);
  return Object.assign(traffic, {
    stop() {
      clearInterval(timer);
      count(0);
    },
  });
}

/** The raw API with the login of an admin. */
function asAdmin({ endpoint, identityUrl }: Simulator): Api {
  return api(endpoint, () => login(identityUrl, "admin", "lab-admin-pass", "admin"));
}

/** Sends PUTs without changes as another client, so that statuses of connections change. */
function flap(sim: Simulator, random: () => number) {
  const { path, key } = KINDS.IpsecSiteConnection;
  let isEnded = false;
  const others = { count: 0, stop };
  const flapForASecond = async (): Promise<void> => {
    const admin = asAdmin(sim);
    const all = await admin.list(path);
    for (let i = 0; i < FLAPS_A_SECOND && !isEnded; i += 1) {
      await sleep(1_000 / FLAPS_A_SECOND);
      const one = all[Math.floor(random() * all.length)];
      if (one === undefined) continue;
      const body = { [key]: { admin_state_up: one["admin_state_up"] } };
      const { status } = await admin.send("PUT", `${path}/${one.id}`, body);
      if (status === 200) others.count += 1;
    }
  };
  const run = async (): Promise<void> => {
    while (!isEnded) {
      sim.behavior.settlesTo = random() < 0.7 ? "ACTIVE" : "DOWN";
      // The cloud may refuse connections at this moment.
      await flapForASecond().catch(() => sleep(100));
    }
  };
  const running = run();
  async function stop(): Promise<void> {
    isEnded = true;
    await running;
  }
  return others;
}

/** Compares every object and property with the state before and after a refresh; then runs a preview. */
async function compare(
  program: SoakProgram,
  provider: ProviderProcess,
  admin: Api,
): Promise<string[]> {
  // Another client has changed statuses in between.
  const left = await differences(program, admin, [...LOCAL, "status"]);
  const refreshed = await program.refresh(provider);
  const read = await differences(program, admin, LOCAL);
  return [...left, ...refreshed, ...read, ...(await program.pending(provider))];
}

async function differences(
  program: SoakProgram,
  admin: Api,
  local: readonly string[],
): Promise<string[]> {
  const found: string[] = [];
  for (const kind of ALL_KINDS) {
    const cloud = new Map((await admin.list(KINDS[kind].path)).map((one) => [one.id, one]));
    for (const { id, engine } of program.all.filter((one) => one.kind === kind)) {
      const object = cloud.get(id);
      cloud.delete(id);
      if (object === undefined) {
        found.push(`${kind} ${id} is in the state alone`);
        continue;
      }
      const { __provider: _text, ...outputs } = engine.current!.outputs;
      const shown = shownBy(object);
      for (const name of new Set([...Object.keys(outputs), ...Object.keys(shown)])) {
        const [state, now] = [inOrder(outputs[name]), shown[name]];
        if (!local.includes(name) && !isDeepStrictEqual(state, now)) {
          found.push(`${kind} ${id}: ${name} is ${JSON.stringify([state, now])}`);
        }
      }
    }
    for (const id of cloud.keys()) found.push(`${kind} ${id} is in the cloud alone`);
  }
  return found;
}

/** A generator of random numbers from 0 up to 1 with a seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
