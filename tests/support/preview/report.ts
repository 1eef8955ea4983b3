import { table } from "../../../scripts/figures";
import type { Run } from "./campaign";
import { EXPLANATIONS, judged, type Judged } from "./explanations";

/** The figures of a campaign in Markdown, with the seed that repeats it. */
export function reportOf(runs: readonly Run[], seed: string): string {
  const all = runs.flatMap(judged);
  const transitions = runs.flatMap((run) => run.transitions.map((one) => ({ ...one, run })));
  const rowsOf = (titleOf: (one: (typeof transitions)[number]) => string) =>
    [...new Set(transitions.map(titleOf))].sort().map((title) => {
      const those = transitions.filter((one) => titleOf(one) === title);
      const refreshed = those.filter(({ run }) => run.hasRefresh).length;
      return [title, those.length, refreshed];
    });
  return [
    totalsOf(runs),
    table(
      ["change of the program", "transitions", "with `--refresh`"],
      rowsOf((one) => one.change),
    ),
    table(
      ["state of the cloud", "transitions", "with `--refresh`"],
      rowsOf((one) => one.cloud),
    ),
    table(
      ["explained difference", "times"],
      EXPLANATIONS.map((explanation) => [
        explanation.title,
        all.filter((one) => one.explanation === explanation).length,
      ]),
    ),
    EXPLANATIONS.map(({ title, reason }) => `- **${title}**: ${reason}`).join("\n"),
    `Repeated by \`VPNAAS_SEED=${seed} npm run test:preview\`.`,
  ].join("\n\n");
}

/** The last line of a campaign. */
export function totalsOf(runs: readonly Run[]): string {
  const transitions = runs.flatMap((run) => run.transitions).length;
  const steps = runs.flatMap(({ pair }) => pair.up).length;
  const requests = runs.flatMap(({ pair }) => pair.sent.up).length;
  const all = runs.flatMap(judged);
  const open = unexplained(all).length;
  return (
    `${transitions} transitions in ${runs.length} runs, ${steps} steps and ${requests} changing requests: ` +
    `${open} unexplained differences, ${all.length - open} explained.`
  );
}

/** The differences that no explanation fits, in a readable form. */
export function unexplained(all: readonly Judged[]): string[] {
  return all
    .filter(({ explanation }) => explanation === undefined)
    .map(
      ({ difference: { resource, kind, announced, done } }) =>
        `${kind} ${resource}: the preview announced ${announced}; up did ${done}`,
    );
}
