import { renewFigures } from "../../scripts/figures";
import { leaksIn, type Outcome } from "./cell";
import { Elsewhere } from "./faultList";
import { allCells, IS_WHOLE, quickPart, tryCells } from "./matrix";
import { OPERATIONS } from "./operations";
import { Processes } from "./processes";
import { tables, totals } from "./report";
import { PLACES } from "./world";

/** Regular expression of the cells to try, such as `VpnService .k5. update: PUT: 503`; all without it. */
const ONLY = new RegExp(process.env["VPNAAS_FAULTS_ONLY"] ?? "");

const MINUTES = 60_000;

let outcomes: readonly Outcome[] = [];
let printedLeaks: readonly string[] = [];

beforeAll(async () => {
  const processes = await Processes.start();
  const elsewhere = new Elsewhere();
  await elsewhere.open();
  try {
    const all = await allCells(processes, elsewhere);
    const cells = (IS_WHOLE ? all : quickPart(all)).filter((cell) => ONLY.test(titleOf({ cell })));
    let done = 0;
    outcomes = await tryCells(processes, elsewhere, cells, (outcome) => {
      done += 1;
      for (const line of bad([outcome])) process.stdout.write(`${line}\n`);
      if (done % 500 === 0) process.stdout.write(`${done} of ${cells.length} cells tried\n`);
    });
    printedLeaks = leaksIn(processes.output);
  } finally {
    await elsewhere.close();
    await processes.stop();
  }
}, 30 * MINUTES);

afterAll(() => {
  const text = [tables(outcomes), totals(outcomes, printedLeaks.length)].join("\n\n");
  process.stdout.write(
    `\nFaults: tried / survived at once / survived by the next run\n\n${text}\n`,
  );
  if (process.env["VPNAAS_FAULTS_MARKDOWN"] === "1" && IS_WHOLE) renewFigures("faults", text);
});

function titleOf({ cell }: Pick<Outcome, "cell">): string {
  const { place, operation, call, fault } = cell;
  return `${place.kind} (${place.dialect}) ${operation.name}: ${call.name}: ${fault.name}`;
}

/** Cells that ended otherwise than well, as a person wants to read them. */
function bad(some: readonly Outcome[]): string[] {
  return some
    .filter(({ fate }) => fate !== "at once" && fate !== "next run")
    .map((one) => [`${one.fate}: ${titleOf(one)}`, one.why ?? "", ...one.errors].join("\n      "));
}

describe.each(PLACES)("faults of $kind ($dialect)", (place) => {
  it.each(OPERATIONS)("leave one object, as state and program have it: $name", ({ name }) => {
    const some = outcomes.filter(
      ({ cell }) => cell.place === place && cell.operation.name === name,
    );
    expect(bad(some)).toEqual([]);
    if (ONLY.source === "(?:)") expect(some.length).toBeGreaterThan(0);
  });
});

it("are enough", () => {
  if (ONLY.source === "(?:)") expect(outcomes.length).toBeGreaterThanOrEqual(400);
});

it("make nobody print a secret", () => {
  expect(printedLeaks).toEqual([]);
});
