import { spawnSync } from "node:child_process";

import { version } from "../../package.json";
import type { Call } from "./calls";
import type { Outcome } from "./cell";
import type { Fate } from "./fate";
import { titleOf } from "./places";
import { CROWD_OPERATIONS, type Operation, OPERATIONS } from "./operations";

/** The number of outcomes of each fate. */
type Count = Readonly<Record<Fate, number>>;

function count(outcomes: readonly Outcome[]): Count {
  const of = (fate: Fate): number => outcomes.filter((one) => one.fate === fate).length;
  return {
    "at once": of("at once"),
    "next run": of("next run"),
    late: of("late"),
    lost: of("lost"),
    doubled: of("doubled"),
    leaked: of("leaked"),
    "not met": of("not met"),
    "not tried": of("not tried"),
  };
}

/** The first line of the figures: when they were taken, and of which code. */
export function origin(): string {
  const commit = spawnSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" });
  const code = commit.status === 0 ? `commit ${commit.stdout.trim()}` : `version ${version}`;
  return `Taken on ${new Date().toISOString().slice(0, 10)} with ${code}.`;
}

/** The last line of the matrix; `leaks` are those in the output of the processes. */
export function totals(outcomes: readonly Outcome[], leaks: number): string {
  const { late, lost, doubled, leaked } = count(outcomes);
  return `${outcomes.length} cells: ${lost} lost, ${doubled} doubled, ${leaked + leaks} leaked, ${late} late`;
}

/** The tables of one resource, then those of many, with the cells tried, survived at once and survived by the next run. */
export function tables(outcomes: readonly Outcome[]): string {
  const [alone, crowds] = [1, 2].map((least) =>
    outcomes.filter(({ cell }) => (least === 1) === (cell.place.count === 1)),
  ) as [Outcome[], Outcome[]];
  return [
    "### One resource",
    ...tablesOf(alone, OPERATIONS),
    "### Many resources at once",
    table(["resources", "tried", "at once", "by the next run"], byPlace(crowds)),
    ...tablesOf(crowds, CROWD_OPERATIONS),
  ].join("\n\n");
}

/** A table of faults by operation, and a table of calls. */
function tablesOf(outcomes: readonly Outcome[], operations: readonly Operation[]): string[] {
  const faults = [...new Set(outcomes.map(({ cell }) => cell.fault.name))];
  const names = operations.map(({ name }) => name);
  const byFault = faults.map((fault) => {
    const row = outcomes.filter(({ cell }) => cell.fault.name === fault);
    const cells = names.map((name) =>
      shortly(row.filter(({ cell }) => cell.operation.name === name)),
    );
    return [fault, ...cells, shortly(row)];
  });
  const all = names.map((name) =>
    shortly(outcomes.filter(({ cell }) => cell.operation.name === name)),
  );
  const byCall = inRows(outcomes, ({ cell }) => describe(cell.call)).sort((one, other) =>
    one[0]!.localeCompare(other[0]!),
  );
  return [
    table(["fault", ...names, "all"], [...byFault, ["all", ...all, shortly(outcomes)]]),
    table(["call", "tried", "at once", "by the next run"], byCall),
  ];
}

const byPlace = (outcomes: readonly Outcome[]): string[][] =>
  inRows(outcomes, ({ cell }) => titleOf(cell.place));

/** A row for each title, with the counts of its outcomes. */
function inRows(outcomes: readonly Outcome[], titleIn: (one: Outcome) => string): string[][] {
  return [...new Set(outcomes.map(titleIn))].map((title) => {
    const row = outcomes.filter((one) => titleIn(one) === title);
    const { "at once": atOnce, "next run": next } = count(row);
    return [title, String(row.length), String(atOnce), String(next)];
  });
}

/** The numbers of cells tried, survived at once and survived by the next run, with the failures if any. */
function shortly(outcomes: readonly Outcome[]): string {
  const { "at once": atOnce, "next run": next } = count(outcomes);
  if (outcomes.length === 0) return "";
  const bad = outcomes.length - atOnce - next;
  return `${outcomes.length} / ${atOnce} / ${next}${bad === 0 ? "" : ` (${bad} not)`}`;
}

/** The purpose of a call, regardless of the operation. */
function describe({ name, about, method }: Call): string {
  if (about === "login") return "login";
  if (about === "many") return name.replace(/ after.*/, "");
  if (about === "other") return name.replace(/ after.*| \(\d+\)/g, "");
  if (about === "collection") return method === "GET" ? "list" : method;
  if (method !== "GET") return method;
  if (name.startsWith("GET after DELETE")) return "GET until it is gone";
  return name.startsWith("GET after") ? "GET while waiting" : "GET";
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]!.length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}
