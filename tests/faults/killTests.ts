import type { DoorName } from "../support/harness/doors";
import { type CallFilter, type Kill, killsAtCalls, randomKills, tryKill } from "./kills";
import { IS_WHOLE, pooled, sampleOf } from "./matrix";
import { type Place, PLACES } from "./places";
import { Processes } from "./processes";

const SEED = process.env["VPNAAS_SEED"] ?? "20261128";

const AT_ONCE = 3;

/**
 * The number of random kills of each operation, the share of these kills, and whether runs on one resource are killed
 * at their calls.
 */
interface Part {
  readonly random: number;
  readonly oneOfEvery: number;
  readonly atCalls: boolean;
}

/** The quick part of a door. The engine is killed at each call of the dynamic door (tests/engine/crashes). */
const QUICK: Readonly<Record<DoorName, Part>> = {
  dynamic: { random: 1, oneOfEvery: 2, atCalls: false },
  plugin: { random: 0, oneOfEvery: 1, atCalls: true },
};
const WHOLE: Part = { random: 12, oneOfEvery: 1, atCalls: true };

/** The quick part loses the response of each change of a connection; the whole has every call of each kind. */
const isTried: CallFilter = ({ method, about }, isDone) =>
  IS_WHOLE || (isDone && method !== "GET" && about !== "login");

const MINUTES = 60_000;

const isConnection = ({ kind, dialect }: Place): boolean =>
  kind === "IpsecSiteConnection" && dialect === "neutron";

/** The tests of killed runs through a door; the same for each door. */
export function killedRuns(door: DoorName): void {
  const { random, oneOfEvery, atCalls } = IS_WHOLE ? WHOLE : QUICK[door];
  let processes: Processes;
  /** The number of kills so far; each has a cloud of its own. */
  let tried = 0;

  beforeAll(async () => {
    processes = await Processes.start(door);
  });

  afterAll(() => processes.stop());

  /** Tries kills and expects that the next run completes each killed one. */
  async function expectRecovery(title: string, kills: readonly Kill[]): Promise<void> {
    const ends = await pooled(kills, AT_ONCE, (kill) =>
      tryKill(processes, kill, 1_000 + (tried += 1)),
    );
    const lines = kills.map((kill, i) => `${ends[i]!.fate}: ${kill.title}`);
    process.stdout.write(`${title} through the ${door} door\n${lines.join("\n")}\n`);
    const bad = ends.flatMap(({ fate, why }, i) =>
      fate === "next run" ? [] : [`${lines[i]!}: ${why ?? ""}`],
    );
    expect(bad).toEqual([]);
  }

  if (random > 0) {
    it(
      "twenty connections whose run is killed are complete after the next run",
      () =>
        expectRecovery(
          `Kills while lists are shared, seed ${SEED},`,
          sampleOf(oneOfEvery, randomKills(SEED, random)),
        ),
      20 * MINUTES,
    );
  }

  if (atCalls) {
    it(
      "one resource whose run is killed at a call is complete after the next run",
      async () => {
        const places = IS_WHOLE ? PLACES : PLACES.filter(isConnection);
        const kills = await killsAtCalls(processes, places, isTried);
        await expectRecovery(`${kills.length} kills at a call`, kills);
      },
      40 * MINUTES,
    );
  }
}
