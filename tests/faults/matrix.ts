import { type Cell, learnCalls, type Outcome, tryCell } from "./cell";
import { type Elsewhere, faultList } from "./faultList";
import { OPERATIONS } from "./operations";
import type { Processes } from "./processes";
import { PLACES } from "./world";

/** Whether every cell is tried, or the quick part alone. */
export const IS_WHOLE = process.env["VPNAAS_FAULTS"] === "whole";

/** How many cells are tried at once, and how many of those that mostly wait. */
const AT_ONCE = 24;
const WAITING_AT_ONCE = 48;

/** The least time-out that ends an operation; a busy machine gets twice what its slowest one takes. */
const TIMEOUT_SECONDS = 4;

/** The quick part has each cell of a change of a connection, and of the rest each so-many-th. */
const EACH = 20;

/** Every cell that makes sense: the calls are those that each operation makes where nothing goes wrong. */
export async function allCells(processes: Processes, elsewhere: Elsewhere): Promise<Cell[]> {
  const pairs = PLACES.flatMap((place) => OPERATIONS.map((operation) => ({ place, operation })));
  const learned = await pooled(pairs, AT_ONCE, (pair, number) =>
    learnCalls(processes, pair, number),
  );
  const slowest = Math.max(...learned.map(({ seconds }) => seconds));
  const faults = faultList(elsewhere, {
    maintenance: IS_WHOLE ? 30 : 3,
    timeout: Math.max(TIMEOUT_SECONDS, Math.ceil(slowest * 2)),
  });
  return pairs.flatMap((pair, index) =>
    learned[index]!.calls.flatMap((call) =>
      faults
        .filter((fault) => fault.hits(call, pair))
        .map((fault): Cell => ({ ...pair, call, fault })),
    ),
  );
}

/** The part of all cells that every run of the tests has time for. */
export function quickPart(cells: readonly Cell[]): Cell[] {
  const isChange = ({ place, call }: Cell): boolean =>
    place.kind === "IpsecSiteConnection" &&
    place.dialect === "neutron" &&
    call.method !== "GET" &&
    call.about !== "login";
  const rest = cells.filter((cell) => !isChange(cell) && cell.fault.waits !== true);
  return [...cells.filter(isChange), ...rest.filter((_cell, index) => index % EACH === 0)];
}

/** Tries all cells; `tell` hears of each. */
export async function tryCells(
  processes: Processes,
  elsewhere: Elsewhere,
  cells: readonly Cell[],
  tell: (outcome: Outcome) => void,
): Promise<Outcome[]> {
  const numbered = cells.map((cell, index) => ({ cell, number: 1_000 + index }));
  const attempt = async ({ cell, number }: (typeof numbered)[number]): Promise<Outcome> => {
    const outcome = await tryCell(processes, elsewhere, cell, number);
    tell(outcome);
    return outcome;
  };
  const waits = ({ cell }: { cell: Cell }): boolean => cell.fault.waits === true;
  const parts = await Promise.all([
    pooled(numbered.filter(waits), WAITING_AT_ONCE, attempt),
    pooled(
      numbered.filter((one) => !waits(one)),
      AT_ONCE,
      attempt,
    ),
  ]);
  return parts.flat().sort((one, other) => one.number - other.number);
}

/** Does something with each of some items, so many at a time; the results are in order. */
async function pooled<Item, Result>(
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
