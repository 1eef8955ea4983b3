import { isWhole } from "../support/harness/campaigns";
import type { DoorName } from "../support/harness/doors";
import type { Call } from "./calls";
import { type Cell, learnCalls, type Outcome, tryCell } from "./cell";
import type { Elsewhere } from "./elsewhere";
import { faultList, LONG } from "./faultList";
import { operationsOn } from "./operations";
import type { Processes } from "./processes";
import { CROWDS, type Place, PLACES } from "./places";

/** Whether all cells are tried instead of the quick part. */
export const IS_WHOLE = isWhole("FAULTS");

/** The number of concurrent cells, and of concurrent cells that mostly wait. */
const AT_ONCE = 24;
const WAITING_AT_ONCE = 48;
/** The same for cells of many resources. */
const CROWDS_AT_ONCE = 14;
const CROWDS_WAITING_AT_ONCE = 20;

/**
 * The minimal timeout that ends an operation, on one resource and on many; a busy machine gets twice the
 * duration of its slowest operation.
 */
const TIMEOUT_SECONDS = { one: 4, many: 10 };

/**
 * A sample has one of every N cells: of those of a change of a connection, and of the others by the number of resources.
 * Numbers without a common factor with that of the faults lead to every fault.
 */
interface Sample {
  readonly changes: number;
  readonly others: Readonly<Record<number, number>>;
}

/** The cells of the quick part. The handlers behind both doors are the same, so the plugin has few. */
const SAMPLES: Readonly<Record<DoorName, Sample>> = {
  dynamic: { changes: 5, others: { 1: 41, 3: 31 } },
  plugin: { changes: 11, others: { 1: 61, 3: 60, 20: 110 } },
};

/** The minimal number of cells of the quick part. */
export const LEAST_CELLS: Readonly<Record<DoorName, number>> = { dynamic: 120, plugin: 60 };

/** The most tries of a cell: with many resources or before a timeout, a call may not come by chance. */
const TRIES = 5;

/**
 * The places of the cells through a door. The quick part has connections of Neutron as the only crowds, and of the plugin
 * connections alone.
 */
export function placesOf(door: DoorName): readonly Place[] {
  const all = [...PLACES, ...CROWDS];
  const isQuick = ({ kind, dialect, count }: Place): boolean => {
    const isConnection = kind === "IpsecSiteConnection";
    if (count === 1) return isConnection || door === "dynamic";
    return isConnection && dialect === "neutron" && count in SAMPLES[door].others;
  };
  return IS_WHOLE ? all : all.filter(isQuick);
}

/** Every meaningful cell of some places; the calls are those of each operation without a fault. */
export async function allCells(
  processes: Processes,
  elsewhere: Elsewhere,
  places: readonly Place[],
): Promise<Cell[]> {
  const [alone, crowds] = [
    places.filter(({ count }) => count === 1),
    places.filter(({ count }) => count > 1),
  ];
  const cells = await cellsOn(alone, "one", processes, elsewhere);
  return [...cells, ...(await cellsOn(crowds, "many", processes, elsewhere))];
}

async function cellsOn(
  places: readonly Place[],
  count: "one" | "many",
  processes: Processes,
  elsewhere: Elsewhere,
): Promise<Cell[]> {
  const pairs = places.flatMap((place) =>
    operationsOn(place).map((operation) => ({ place, operation })),
  );
  const atOnce = count === "one" ? AT_ONCE : CROWDS_AT_ONCE;
  const learned = await pooled(pairs, atOnce, (pair, index) =>
    learnCalls(processes, pair, (count === "one" ? 0 : 500) + index),
  );
  const slowest = Math.max(...learned.map(({ seconds }) => seconds));
  const faults = faultList(elsewhere, {
    maintenance: IS_WHOLE ? 30 : 3,
    timeout: Math.max(TIMEOUT_SECONDS[count], Math.ceil(slowest * 2)),
  });
  return pairs.flatMap((pair, index) =>
    learned[index]!.calls.filter(
      (call) => pair.place.count === 1 || isTriedInCrowd(pair.place, call),
    ).flatMap((call) =>
      faults
        .filter((fault) => fault.hits(call, pair))
        .map((fault): Cell => ({ ...pair, call, fault })),
    ),
  );
}

/**
 * For many resources, only shared calls are tried. With three connections, the first read, which shows what a list must
 * have, the first change by each method and the first poll after it are tried as well.
 */
function isTriedInCrowd({ kind, dialect, count }: Place, { about, name }: Call): boolean {
  if (about === "many") return true;
  const isBasis = kind === "IpsecSiteConnection" && dialect === "neutron" && count === 3;
  return isBasis && /^(GET|(GET after )?(POST|PUT|DELETE))$/.test(name);
}

/** The cells of a quick run of the tests through a door. */
export function quickPart(cells: readonly Cell[], door: DoorName): Cell[] {
  const { changes, others } = SAMPLES[door];
  const isChange = ({ place, call }: Cell): boolean =>
    place.kind === "IpsecSiteConnection" &&
    place.dialect === "neutron" &&
    place.count === 1 &&
    call.method !== "GET" &&
    call.about !== "login";
  const rest = cells.filter((cell) => !isChange(cell) && cell.fault.waits !== true);
  const sampled = Object.entries(others).flatMap(([count, each]) =>
    sampleOf(
      each,
      rest.filter(({ place }) => place.count === Number(count)),
    ),
  );
  return [...sampleOf(changes, cells.filter(isChange)), ...sampled];
}

/** The first one of every N items. */
export function sampleOf<Item>(oneOfEvery: number, items: readonly Item[]): Item[] {
  return items.filter((_item, index) => index % oneOfEvery === 0);
}

/** Tries all cells; calls `tell` with each outcome. */
export async function tryCells(
  processes: Processes,
  elsewhere: Elsewhere,
  cells: readonly Cell[],
  tell: (outcome: Outcome) => void,
): Promise<Outcome[]> {
  const numbered = cells.map((cell, index) => ({ cell, number: 1_000 + index }));
  const attempt = async ({ cell, number }: (typeof numbered)[number]): Promise<Outcome> => {
    let outcome = await tryCell(processes, elsewhere, cell, number);
    for (let tries = 1; outcome.fate.startsWith("not ") && tries < TRIES; tries += 1) {
      outcome = await tryCell(processes, elsewhere, cell, number + tries * cells.length, tries);
    }
    tell(outcome);
    return outcome;
  };
  const pool = (atOnce: number, isIn: (cell: Cell) => boolean): Promise<Outcome[]> =>
    pooled(
      numbered.filter(({ cell }) => isIn(cell)),
      atOnce,
      attempt,
    );
  const isAlone = ({ place }: Cell): boolean => place.count === 1;
  const waits = ({ fault }: Cell): boolean => fault.waits === true;
  const isLong = ({ fault, call }: Cell): boolean => fault.timeout(call) === LONG;
  const parts = await Promise.all([
    pool(AT_ONCE, (cell) => isAlone(cell) && !waits(cell)),
    pool(WAITING_AT_ONCE, (cell) => isAlone(cell) && waits(cell)),
    pool(CROWDS_AT_ONCE, (cell) => !isAlone(cell) && isLong(cell)),
    pool(CROWDS_WAITING_AT_ONCE, (cell) => !isAlone(cell) && !isLong(cell)),
  ]);
  return parts.flat().sort((one, other) => one.number - other.number);
}

/** Runs a function for each item, at most `atOnce` at a time; the results are in order. */
export async function pooled<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  act: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      results[index] = await act(items[index]!, index);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}
