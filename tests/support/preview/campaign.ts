import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { startSimulator, type RecordedRequest, type Simulator } from "../../../simulator";
import { cloudOf, loginOf, type Cloud } from "../harness/cloud";
import { killAt, momentOf } from "../harness/killedAt";
import { ResourceStack, type Program } from "../harness/resources";
import type { Deployment, StateResource } from "../harness/stack";
import { allChanges, newSite } from "./changes";
import { CLOUD_STATES, PENDING_MS, type Objects, type Scene } from "./cloudStates";
import { differencesOf, type Difference, type Pair } from "./comparison";
import { Random } from "./random";
import { ALL_SLOTS, EMPTY, nameIn, programOf, withoutAdopt, type Site, type Slot } from "./site";
import { errorsOfLog, stepsOfJson, stepsOfLog } from "./steps";

/** One change of one site, whose preview is compared with its `up`. */
export interface Transition {
  readonly site: Site;
  readonly change: string;
  readonly cloud: string;
}

/** A preview and the `up` that followed it: one transition of every site. */
export interface Run {
  readonly number: number;
  readonly hasRefresh: boolean;
  /** Whether an `up` of the same program was killed before. */
  readonly followsKill: boolean;
  readonly transitions: readonly Transition[];
  readonly pair: Pair;
  readonly differences: readonly Difference[];
}

/** Percentage of runs that follow a killed one. */
const KILLED = 8;

/** A stack whose program changes from run to run, on one simulator. */
export class Campaign {
  private sites: readonly Site[];
  private mustRefresh = false;

  private constructor(
    private readonly sim: Simulator,
    private readonly cloud: Cloud,
    private readonly program: ResourceStack,
    private readonly seed: string,
    sites: number,
  ) {
    this.sites = Array.from({ length: sites }, () => EMPTY);
  }

  /** `sites` share each run, since the engine takes longer to start than to change them. */
  static async open(seed: string, sites: number): Promise<Campaign> {
    const sim = await startSimulator({ pendingMs: PENDING_MS });
    const cloud = await cloudOf(sim);
    const program = await ResourceStack.make(cloud);
    program.stack.setEnv({ ...loginOf(cloud), PULUMI_DEBUG_COMMANDS: "true" });
    // Without a compiler a run starts faster.
    program.stack.write(
      "Pulumi.yaml",
      "name: resources\nruntime: { name: nodejs, options: { typescript: false } }\n",
    );
    return new Campaign(sim, cloud, program, seed, sites);
  }

  async close(): Promise<void> {
    await this.program.dispose();
    await this.cloud.stop();
  }

  /** Changes every site, and compares the preview of all with the `up` that follows. */
  async run(number: number): Promise<Run> {
    const cleanUps: (() => Promise<unknown>)[] = [];
    try {
      return await this.runOf(number, (one) => void cleanUps.push(one));
    } finally {
      for (const cleanUp of cleanUps) await cleanUp().catch(() => undefined);
    }
  }

  private async runOf(number: number, afterwards: Scene["afterwards"]): Promise<Run> {
    const random = new Random(`${this.seed} ${number}`);
    const transitions: Transition[] = [];
    for (const [index, before] of this.sites.entries()) {
      transitions.push(await this.transition(random, before, index, afterwards));
    }
    this.sites = transitions.map(({ site }) => site);
    const parts = this.sites.map((site, index) => programOf(site, index, this.cloud));
    this.program.write(Object.assign({}, ...parts) as Program);
    const isKilled = number > 0 && random.chance(KILLED) && (await this.kill(number));
    const hasRefresh = this.mustRefresh || random.chance(50);
    const pair = await this.compare(hasRefresh ? ["--refresh"] : []);
    this.mustRefresh = pair.errors.up.length > 0;
    const half = { cloud: "half-created: a run was killed" };
    const labeled = (one: Transition) =>
      isKilled && one.cloud === CLOUD_STATES[0]!.title ? { ...one, ...half } : one;
    return {
      number,
      hasRefresh,
      followsKill: isKilled,
      transitions: transitions.map(labeled),
      pair,
      differences: differencesOf(pair),
    };
  }

  private async transition(
    random: Random,
    before: Site,
    index: number,
    afterwards: Scene["afterwards"],
  ): Promise<Transition> {
    const { cloud, sim } = this;
    const { subnetId, secondSubnetId } = cloud.fixture;
    const isFirst = Object.keys(before.declared).length === 0;
    const change = random.pick(allChanges([subnetId, secondSubnetId]));
    const changed = isFirst ? newSite(random) : change.apply(withoutAdopt(before), random);
    const state = random.pick(CLOUD_STATES);
    const scene = { cloud, sim, random, objects: this.objectsOf(index), afterwards };
    const site = await state.apply(scene, changed);
    return {
      site: site ?? changed,
      change: isFirst ? "a program begins" : change.title,
      cloud: site === undefined ? CLOUD_STATES[0]!.title : state.title,
    };
  }

  private async compare(flags: readonly string[]): Promise<Pair> {
    const { stack } = this.program;
    const begin = this.sim.requests.length;
    const preview = await stack.preview([...flags, "--json", "--event-log", "preview.log"], {
      expect: "any",
    });
    const middle = this.sim.requests.length;
    await stack.up([...flags, "--continue-on-error", "--event-log", "up.log"], { expect: "any" });
    const logs = { preview: this.logOf("preview.log"), up: this.logOf("up.log") };
    return {
      preview: stepsOfLog(logs.preview),
      previewJson: stepsOfJson(preview.stdout),
      up: stepsOfLog(logs.up),
      sent: { preview: this.changesSince(begin, middle), up: this.changesSince(middle) },
      errors: { preview: errorsOfLog(logs.preview), up: errorsOfLog(logs.up) },
      adopted: this.adoptedIds(),
    };
  }

  /** Kills an `up` at a random request, and ends its lock; false if it has no request to be killed at. */
  private async kill(number: number): Promise<boolean> {
    const scene = { sim: this.sim, program: this.program };
    const killed = await killAt(scene, "up", momentOf(`${this.seed} ${number}`, 3)).then(
      () => true,
      () => false,
    );
    await this.program.stack.run(["cancel", "--yes", "--stack", "test"], { expect: "any" });
    return killed;
  }

  private changesSince(begin: number, end?: number): RecordedRequest[] {
    return this.sim.requests
      .slice(begin, end)
      .filter(({ method, path }) => method !== "GET" && path.includes("/vpn/"));
  }

  private adoptedIds(): ReadonlySet<string> {
    const ids = this.sites.flatMap(({ declared }) =>
      Object.values(declared).map(({ adopt }) => adopt as string | undefined),
    );
    return new Set(ids.filter((id) => id !== undefined));
  }

  private logOf(file: string): string {
    return readFileSync(join(this.program.stack.directory, file), "utf8");
  }

  /** The objects of a site in the state; empty before the first run. */
  private objectsOf(index: number): Objects {
    const ids = new Map(this.state().map(({ urn, id }) => [urn.split("::").at(-1), id]));
    const entries = ALL_SLOTS.filter((slot) => slot !== "ready").map((slot): [Slot, unknown] => [
      slot,
      ids.get(nameIn(index, slot)),
    ]);
    return new Map(entries.filter((one): one is [Slot, string] => typeof one[1] === "string"));
  }

  private state(): StateResource[] {
    const root = dirname(this.program.stack.directory);
    const text = readFileSync(join(root, "state/.pulumi/stacks/resources/test.json"), "utf8");
    const { checkpoint } = JSON.parse(text) as {
      checkpoint: { latest?: Deployment["deployment"] };
    };
    return checkpoint.latest?.resources ?? [];
  }
}
