import {
  wasListed,
  type Report,
  type ReportedObject,
  type ReportedResource,
} from "../../../provider/drift/report";
import { describeDifference } from "../../../provider/model/drift";
import { escapeControlCharacters } from "../../../provider/controlCharacters";
import { keyOf, unreadStacks } from "./baseline";
import { inCloud, resourceTitle, WORDS } from "../render/phrases";

/**
 * The changes between the known facts and a later report of the same stacks: a line for each changed
 * problem, resource and unmanaged object. Unread resources are covered by the problem alone, and a
 * lasting problem is not a change. Control characters are escaped.
 */
export function changesBetween(known: Report, after: Report): string[] {
  return [
    ...problemsBeyond(known, after).map((problem) => `problem: ${problem}`),
    ...problemsBeyond(after, known).map((problem) => `problem ended: ${problem}`),
    ...resourceChanges(known, after),
    ...unmanagedChanges(known, after),
  ].map(escapeControlCharacters);
}

/** The problems that the other report lacks. */
function problemsBeyond(other: Report, { problems }: Report): string[] {
  const others = new Set(other.problems.map(lastingPart));
  return problems.filter((problem) => !others.has(lastingPart(problem)));
}

/** Ids of requests, times and durations, which differ in every report. */
const VARYING =
  /(?<=\brequest id )\S+|\breq-[\w-]+|\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b|\b\d{4}-\d\d-\d\d[T ]\S+|\b\d\d:\d\d:\d\d\S*|\b\d+(?:\.\d+)?(?= ?(?:m?s|seconds?|minutes?)\b)/gi;

function lastingPart(problem: string): string {
  return problem.replace(VARYING, "");
}

function resourceChanges(known: Report, after: Report): string[] {
  const pairs = pairsOf(known.resources, after.resources, keyOf);
  const unread = unreadStacks(known, after);
  const readNow = unreadStacks(after, known);
  return pairs.flatMap(([was, is]) => {
    const one = (is ?? was)!;
    const isFirst = was ? was.verdict === "notRead" : readNow.has(one.stack);
    const isUnread = is ? is.verdict === "notRead" : unread.has(one.stack);
    if (isUnread && (was || isFirst)) return [];
    const name = `${resourceTitle(after, one)}, ${inCloud({ id: one.id, name: one.cloudName })}`;
    return line(
      name,
      is && isFirst ? firstNews(is) : [...verdictNews(was, is), ...statusNews(was, is)],
    );
  });
}

/** The findings about a resource that is read for the first time; empty if it is in step. */
function firstNews({ verdict, differences, status }: ReportedResource): string[] {
  const words = verdict === "inStep" ? [] : [WORDS[verdict]];
  const isWell = status === undefined || ["ACTIVE", ...words].includes(status);
  return [...words, ...differences.map(describeDifference), ...(isWell ? [] : [status])];
}

function unmanagedChanges(known: Report, after: Report): string[] {
  if (unreadStacks(known, after).size > 0) return [];
  const key = ({ endpoint, kind, id }: ReportedObject) => `${endpoint} ${kind} ${id}`;
  return pairsOf(known.unmanaged, after.unmanaged, key).flatMap(([was, is]) => {
    const one = (is ?? was)!;
    const name = `${one.kind} ${inCloud(one)} at ${one.endpoint}`;
    if (was && is) return line(name, statusNews(was, is));
    if (!wasListed(was ? after : known, one)) return [];
    return line(name, is ? ["newly unmanaged", ...statusNews(was, is)] : ["no longer unmanaged"]);
  });
}

/** Pairs of items with the same key before and after, in the order of the later list. */
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
  if (!is) return ["no longer in the stack"];
  const differences = is.differences.map(describeDifference);
  if (!was) return ["new in the stack", WORDS[is.verdict], ...differences];
  if (was.verdict === is.verdict) {
    const isSame = differences.join() === was.differences.map(describeDifference).join();
    return isSame ? [] : ["drifted in another way", ...differences];
  }
  const back = was.verdict === "gone" ? ["exists again"] : [];
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
