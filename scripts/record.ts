/**
 * Plays every topic of tests/fixtures/recorded/exchanges against the live Neutron and writes
 * tests/fixtures/recorded/<topic>.json. Run by `npx tsx scripts/record.ts [topic...]`.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { prepareNeutron, startNeutron } from "../tests/support/harness/neutron";
import { topics } from "../tests/fixtures/recorded/exchanges";
import { masked } from "../tests/fixtures/recorded/placeholders";
import { Play, type Step, isOrdered } from "../tests/fixtures/recorded/play";

/** The JSON text of a topic's file: one line for a request, one for its answer. */
async function record(steps: readonly Step[]): Promise<string> {
  const neutron = await startNeutron();
  try {
    const play = new Play(neutron);
    const lines: string[] = [];
    for (const step of steps) {
      const { status, body } = await play.send(step);
      const answer = { status, body: masked(body, play.names, isOrdered(step)) };
      lines.push(`{"step": ${JSON.stringify(step)},\n "answer": ${JSON.stringify(answer)}}`);
    }
    return `[\n${lines.join(",\n")}\n]\n`;
  } finally {
    await neutron.stop();
  }
}

async function main(wanted: readonly string[]): Promise<void> {
  await prepareNeutron(console.log);
  for (const [topic, steps] of Object.entries(topics)) {
    if (wanted.length > 0 && !wanted.includes(topic)) continue;
    const started = Date.now();
    writeFileSync(
      join(__dirname, "..", "tests", "fixtures", "recorded", `${topic}.json`),
      await record(steps),
    );
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    console.log(`${topic}: ${steps.length} exchanges in ${seconds} s`);
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
