import {
  wasListed,
  type Report,
  type ReportedObject,
  type ReportedResource,
} from "../../../provider/drift/report";
import { describeDifference } from "../../../provider/model/drift";
import { escapeControlCharacters } from "../../../provider/controlCharacters";
import { keyOf, unreadStacks } from "./baseline";
import { called, inCloud, WORDS } from "../render/wording";

/**
 * What changed from what is known to a later report of the same stacks: a line for each problem,
 * resource and unmanaged object, none where nothing did. Of what could not be read the problem alone
 * tells, and a problem that lasts is none that came. No text of the cloud can steer a terminal.
 */
export function changesBetween(known: Report, after: Report): string[] {
  return [
    ...problemsBeyond(known, after).map((problem) => `problem: ${problem}`),
    ...problemsBeyond(after, known).map((problem) => `problem ended: ${problem}`),
    ...resourceChanges(known, after),
    ...unmanagedChanges(known, after),
  ].map(escapeControlCharacters);
}

/** The problems that another report does not have as well. */
function problemsBeyond(other: Report, { problems }: Report): string[] {
  const others = new Set(other.problems.map(lastingPart));
  return problems.filter((problem) => !others.has(lastingPart(problem)));
}

/** Ids of requests, times and durations, which are others at every look. */
const PASSING =
  /(?<=\brequest id )\S+|\breq-[\w-]+|\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b|\b\d{4}-\d\d-\d\d[T ]\S+|\b\d\d:\d\d:\d\d\S*|\b\d+(?:\.\d+)?(?= ?(?:m?s|seconds?|minutes?)\b)/gi;

function lastingPart(problem: string): string {
  return problem.replace(PASSING, "");
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
    const name = `${called(after, one)}, ${inCloud({ id: one.id, name: one.cloudName })}`;
    return line(
      name,
      is && isFirst ? firstNews(is) : [...verdictNews(was, is), ...statusNews(was, is)],
    );
  });
}

/** Of what is read for the first time only that is said which is not as it should be. */
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
  const differences = is.differences.map(describeDifference);
  if (!was) return ["new in the stack", WORDS[is.verdict], ...differences];
  if (was.verdict === is.verdict) {
    const isSame = differences.join() === was.differences.map(describeDifference).join();
    return isSame ? [] : ["drifted in another way", ...differences];
  }
  const back = was.verdict === "gone" ? ["there again"] : [];
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
