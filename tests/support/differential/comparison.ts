import { isBeyondSimulator, REFUSALS, UNKNOWABLES } from "./differences";
import type { CaseResults } from "./campaign";
import { isAccepted, type CaseResult } from "./requests";

/** A summary of the results of many cases. */
export interface Comparison {
  /** `1000 bodies: 400 accepted by both, 500 refused by both, 100 deliberate differences (...)`. */
  readonly totals: string;
  /** The number of bodies that both accepted, and that both refused. */
  readonly accepted: number;
  readonly refused: number;
  /** The disagreements that no difference explains, in a readable form. */
  readonly unexplained: readonly string[];
}

/** Compares the check's verdicts with those of a cloud. */
export function compare(results: readonly CaseResult[]): Comparison {
  const met = new Map<string, number>();
  const unexplained: string[] = [];
  const both = { accept: 0, refuse: 0 };
  for (const one of results) {
    const [accepts, takes] = [one.failures.length === 0, isAccepted(one.answer)];
    const id = accepts === takes ? undefined : differenceIn(one);
    if (id !== undefined) met.set(id, (met.get(id) ?? 0) + 1);
    else if (accepts && takes && one.answer.altered.length === 0) both.accept += 1;
    else if (!accepts && !takes && isFaultSeen(one)) both.refuse += 1;
    else unexplained.push(describeResult(one));
  }
  const counts = [...met].sort(([, a], [, b]) => b - a);
  const deliberate = counts.reduce((sum, [, count]) => sum + count, 0);
  const byReason = counts.map(([id, count]) => `${id} ${count}`).join(", ");
  return {
    totals:
      `${results.length} bodies: ${both.accept} accepted by both, ${both.refuse} refused by both, ` +
      `${deliberate} deliberate differences (${byReason}), ${unexplained.length} unexplained`,
    accepted: both.accept,
    refused: both.refuse,
    unexplained,
  };
}

/** The cases that exactly one of a Neutron and the simulator accepted, in a readable form. */
export function disagreements(live: CaseResults, simulated: CaseResults): string[] {
  return live.flatMap((result, i) => {
    const twin = simulated[i];
    if (result === undefined || twin === undefined) return [];
    if (isAccepted(result.answer) === isAccepted(twin.answer) || isBeyondSimulator(result))
      return [];
    return [`${describeResult(result)}\n  ${shortened(`simulator: ${answerOf(twin)}`)}`];
  });
}

/** Id of the difference that explains a disagreement; of several, that of the first failure. */
function differenceIn(result: CaseResult): string | undefined {
  const { failures } = result;
  if (failures.length === 0) return UNKNOWABLES.find(({ tells }) => tells(result))?.id;
  const reasons = failures.map((failure) =>
    REFUSALS.find(({ explains }) => explains(failure, result)),
  );
  return reasons.includes(undefined) ? undefined : reasons[0]?.id;
}

/** Whether the check refuses the attribute that the server names; true if the server names none. */
function isFaultSeen({ failures, answer }: CaseResult): boolean {
  const [, named] = /^Invalid input for (\w+)\./.exec(answer.message) ?? [];
  if (named === undefined) return true;
  return failures.some(({ property }) => letters(property) === letters(named));
}

/** `vpnServiceId` and `vpnservice_id` are the same property. */
function letters(name: string): string {
  return name.replaceAll("_", "").toLowerCase();
}

/** The result of a case in a readable form. */
function describeResult({ lane, verb, body, failures, answer }: CaseResult): string {
  const said = failures.map(({ at, reason }) => `${at}: ${reason}`).join("; ") || "nothing";
  const lines = [
    `${verb} ${lane.kind} ${JSON.stringify(body)}`,
    `check: ${said}`,
    `cloud: ${answerOf({ answer })}`,
  ];
  return lines.map((line) => shortened(line)).join("\n  ");
}

function answerOf({ answer }: Pick<CaseResult, "answer">): string {
  return [answer.status, answer.type, answer.message, ...answer.altered].join(" ");
}

/** Replaces a run of equal characters by one of them and their number. */
function shortened(text: string): string {
  const counted = text.replace(
    /(.)\1{15,}/gu,
    (run, one: string) => `${one}<${run.length / one.length} times>`,
  );
  return counted.length > 900 ? `${counted.slice(0, 900)}...` : counted;
}
