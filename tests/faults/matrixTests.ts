import { renewFigures } from "../../scripts/figures";
import type { DoorName } from "../support/harness/doors";
import { leaksIn, type Outcome } from "./cell";
import { Elsewhere } from "./elsewhere";
import { allCells, IS_WHOLE, LEAST_CELLS, placesOf, quickPart, tryCells } from "./matrix";
import { operationsOn } from "./operations";
import { Processes } from "./processes";
import { origin, tables, totals } from "./report";
import { type Place, titleOf as placeTitle } from "./places";

/** Regular expression of the cells to try, such as `VpnService .k5. update: PUT: 503`; all by default. */
const ONLY = new RegExp(process.env["VPNAAS_FAULTS_ONLY"] ?? "");

const MINUTES = 60_000;
/** The quick part samples the cells of many resources, so that some operations may have none. */
const hasCells = ({ count }: Place): boolean => IS_WHOLE || count === 1;

function isUnmet({ fate, cell }: Outcome): boolean {
  return fate === "not met" && cell.place.count > 1;
}

function titleOf({ cell }: Pick<Outcome, "cell">): string {
  const { place, operation, call, fault } = cell;
  return `${placeTitle(place)} ${operation.name}: ${call.name}: ${fault.name}`;
}

/** Failed cells in a readable form. */
function bad(some: readonly Outcome[]): string[] {
  return some
    .filter((one) => !["at once", "next run"].includes(one.fate) && !isUnmet(one))
    .map((one) => [`${one.fate}: ${titleOf(one)}`, one.why ?? "", ...one.errors].join("\n      "));
}

/** The tests of the matrix through a door; the same for each door. */
export function faultMatrix(door: DoorName): void {
  const places = placesOf(door);
  /** The outcomes of all cells whose call came. */
  let outcomes: readonly Outcome[] = [];
  /** Cells of many resources whose call did not come. */
  let unmet: readonly Outcome[] = [];
  let printedLeaks: readonly string[] = [];

  beforeAll(async () => {
    const processes = await Processes.start(door);
    const elsewhere = new Elsewhere();
    await elsewhere.open();
    try {
      const all = await allCells(processes, elsewhere, places);
      const cells = (IS_WHOLE ? all : quickPart(all, door)).filter((cell) =>
        ONLY.test(titleOf({ cell })),
      );
      let done = 0;
      const ended = await tryCells(processes, elsewhere, cells, (outcome) => {
        done += 1;
        for (const line of bad([outcome])) process.stdout.write(`${line}\n`);
        if (done % 250 === 0) process.stdout.write(`${done} of ${cells.length} cells tried\n`);
      });
      outcomes = ended.filter((one) => !isUnmet(one));
      unmet = ended.filter(isUnmet);
      printedLeaks = leaksIn(processes.output);
    } finally {
      await elsewhere.close();
      await processes.stop();
    }
  }, 120 * MINUTES);

  afterAll(() => {
    const text = [origin(), tables(outcomes), totals(outcomes, printedLeaks.length)].join("\n\n");
    process.stdout.write(
      `\nFaults through the ${door} door: tried / survived at once / survived by the next run\n\n${text}\n\n${unmet.length} cells whose call did not come\n`,
    );
    if (process.env["VPNAAS_FAULTS_MARKDOWN"] === "1" && IS_WHOLE)
      renewFigures("evidence/faults", text, door === "plugin" ? "plugin" : undefined);
  });

  describe.each(places.map((place) => ({ title: placeTitle(place), place })))(
    "faults of $title",
    ({ place }) => {
      it.each(operationsOn(place))(
        "$name: every cell ends with equal state, program and cloud",
        ({ name }) => {
          const some = outcomes.filter(
            ({ cell }) => cell.place === place && cell.operation.name === name,
          );
          expect(bad(some)).toEqual([]);
          if (ONLY.source === "(?:)" && hasCells(place)) expect(some.length).toBeGreaterThan(0);
        },
      );
    },
  );

  it("the matrix tries enough cells", () => {
    if (ONLY.source === "(?:)") expect(outcomes.length).toBeGreaterThanOrEqual(LEAST_CELLS[door]);
    const crowd = outcomes.filter(({ cell }) => cell.place.count > 1);
    // A rare call that came in the run without faults leads to several cells of a sample.
    expect(unmet.length).toBeLessThanOrEqual(Math.max(5, crowd.length / 10));
  });

  it("the provider processes print no secret", () => {
    expect(printedLeaks).toEqual([]);
  });
}
