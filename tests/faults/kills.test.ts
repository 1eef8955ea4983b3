import { type Kill, killsOf, tryKill } from "./kills";
import { IS_WHOLE, pooled } from "./matrix";
import { Processes } from "./processes";

const SEED = process.env["VPNAAS_SEED"] ?? "20261128";

/** The number of kills of each operation. */
const EACH = IS_WHOLE ? 12 : 1;
const AT_ONCE = 3;

const describeKill = ({ operation, seed, at }: Kill): string =>
  `${operation.name} at request ${at.change}, ${at.isDone ? "done" : "not done"} (${seed})`;

it("twenty connections whose run is killed are complete after the next run", async () => {
  const kills = killsOf(SEED, EACH);
  const processes = await Processes.start("dynamic");
  try {
    const ends = await pooled(kills, AT_ONCE, (kill, number) => tryKill(processes, kill, number));
    const lines = kills.map((kill, i) => `${ends[i]!.fate}: ${describeKill(kill)}`);
    process.stdout.write(`Kills while lists are shared, seed ${SEED}\n${lines.join("\n")}\n`);
    const bad = ends.flatMap(({ fate, why }, i) =>
      fate === "next run" ? [] : [`${lines[i]!}: ${why ?? ""}`],
    );
    expect(bad).toEqual([]);
  } finally {
    await processes.stop();
  }
}, 1_200_000);
