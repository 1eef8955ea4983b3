import {
  wasListed,
  type Report,
  type ReportedObject,
  type ReportedResource,
} from "../../provider/drift/report";
import { told } from "../../provider/lifecycle/drift";
import { plainText } from "../../provider/plainText";
import { called, inCloud, WORDS } from "./words";

/**
 * What changed from a report to a later one of the same stacks: a line for each problem, resource
 * and unmanaged object, none where nothing did. While a collection cannot be listed nothing is said
 * of what it has unmanaged. No text of the cloud can steer a terminal.
 */
export function changesBetween(before: Report, after: Report): string[] {
  const lacks =
    ({ problems }: Report) =>
    (problem: string) =>
      !problems.includes(problem);
  return [
    ...after.problems.filter(lacks(before)).map((problem) => `problem: ${problem}`),
    ...before.problems.filter(lacks(after)).map((problem) => `problem ended: ${problem}`),
    ...resourceChanges(before, after),
    ...unmanagedChanges(before, after),
  ].map(plainText);
}

function resourceChanges(before: Report, after: Report): string[] {
  const pairs = pairsOf(before.resources, after.resources, ({ stack, urn }) => `${stack} ${urn}`);
  return pairs.flatMap(([was, is]) => {
    const one = (is ?? was)!;
    const name = `${called(after, one)}, ${inCloud({ id: one.id, name: one.cloudName })}`;
    return line(name, [...verdictNews(was, is), ...statusNews(was, is)]);
  });
}

function unmanagedChanges(before: Report, after: Report): string[] {
  const key = ({ endpoint, kind, id }: ReportedObject) => `${endpoint} ${kind} ${id}`;
  return pairsOf(before.unmanaged, after.unmanaged, key).flatMap(([was, is]) => {
    const one = (is ?? was)!;
    const name = `${one.kind} ${inCloud(one)} at ${one.endpoint}`;
    if (was && is) return line(name, statusNews(was, is));
    if (!wasListed(was ? after : before, one)) return [];
    return line(
      name,
      is ? ["newly unmanaged", ...statusNews(was, is)] : ["not unmanaged any more"],
    );
  });
}

/** What has the same key before and after, in the order of what is there now. */
function pairsOf<T>(before: readonly T[], after: readonly T[], keyOf: (one: T) => string) {
  const [old, now] = [before, after].map((all) => new Map(all.map((one) => [keyOf(one), one])));
  return [...new Set([...now!.keys(), ...old!.keys()])].map(
    (key) => [old!.get(key), now!.get(key)] as const,
  );
}

function line(name: string, news: readonly string[]): string[] {
  return news.length === 0 ? [] : [`${name}: ${news.join("; ")}`];
}

function verdictNews(
  was: ReportedResource | undefined,
  is: ReportedResource | undefined,
): string[] {
  if (!is) return ["not in the stack any more"];
  const differences = is.differences.map(told);
  if (!was) return ["new in the stack", WORDS[is.verdict], ...differences];
  if (was.verdict === is.verdict) {
    const isSame = differences.join() === was.differences.map(told).join();
    return isSame ? [] : ["drifted in another way", ...differences];
  }
  const back = was.verdict === "gone" && is.verdict !== "notRead" ? ["there again"] : [];
  const word = is.verdict === "inStep" ? "in step again" : WORDS[is.verdict];
  const isSaid = is.verdict === "failed" && is.status !== was.status;
  return [...back, ...(isSaid ? [] : [word]), ...differences];
}

function statusNews(
  was: { status?: string } | undefined,
  is: { status?: string } | undefined,
): string[] {
  if (is?.status === undefined || is.status === was?.status) return [];
  return [was?.status === undefined ? is.status : `${was.status} -> ${is.status}`];
}
