import type { Line } from "./model";
import { SERVER_TITLES } from "./servers";
import { grouped } from "../cli/drift/render/phrases";
import { LINE_TITLES, type Row } from "./summary";

/** Sizes in the units of the picture. */
const PANEL = { width: 128, height: 170, gap: 18 };
const MARGIN = { left: 62, top: 84, right: 14, bottom: 40, row: 80 };
const RADIUS = 4;

/** An empty program does not depend on the number of connections, and only hundreds are measured compressed. */
type Drawn = Exclude<Line, "empty" | "compressed">;

/** Colors that stay apart for the color-blind, each in a light and in a dark scheme. */
const COLORS: Readonly<Record<Drawn, readonly [light: string, dark: string]>> = {
  ours: ["#0550ae", "#79c0ff"],
  plugin: ["#8250df", "#d2a8ff"],
  unchecked: ["#0a7d6c", "#56d4b8"],
  terraform: ["#b35900", "#ffa657"],
  bare: ["#6e7781", "#8b949e"],
};

/** The order in which lines are drawn: the most important one is on top. */
const DRAWN: readonly Drawn[] = ["bare", "terraform", "unchecked", "plugin", "ours"];

/** A value of an axis, and where it stands in a panel. */
interface Scale {
  readonly ticks: readonly number[];
  readonly at: (value: number) => number;
}

/**
 * Wall time against the number of connections, both logarithmic, as a picture that needs nothing
 * else: a panel for each server and workload, which share their axes. A hollow mark is a run that
 * did not complete all of its work.
 */
export function plotOf(rows: readonly Row[]): string {
  const servers = [...grouped(rows, ({ server }) => server)];
  const titles = [...new Set(rows.map(({ title }) => title))];
  const x = logarithmic([...new Set(rows.map(({ size }) => size))], 0, PANEL.width, 0.12);
  const y = logarithmic(decadesOf(rows.flatMap(secondsOf)), PANEL.height, 0, 0);
  const width = MARGIN.left + titles.length * (PANEL.width + PANEL.gap) + MARGIN.right - PANEL.gap;
  const pitch = PANEL.height + MARGIN.row;
  const height = MARGIN.top + servers.length * pitch - MARGIN.row + MARGIN.bottom;
  const panels = servers.flatMap(([server, here], row) =>
    titles.map((title, column) => {
      const left = MARGIN.left + column * (PANEL.width + PANEL.gap);
      const name = column === 0 ? text(0, -26, SERVER_TITLES[server], "server") : "";
      const some = here.filter((one) => one.title === title);
      const labels = column === 0 ? secondLabels(y) : "";
      const body = name + text(0, -8, title, "title") + axes(x, y) + labels + marks(some, x, y);
      return `<g transform="translate(${left} ${MARGIN.top + row * pitch})">${body}</g>`;
    }),
  );
  const legend = DRAWN.toReversed().map((line, i) => legendOf(line, MARGIN.left + i * 170));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>Seconds against the number of connections</title>`,
    `<style>${STYLE}</style>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    ...legend,
    ...panels,
    "</svg>\n",
  ].join("\n");
}

function secondsOf({ cells, limit }: Row): number[] {
  const all = Object.values(cells).map(({ seconds }) => seconds);
  return limit === undefined ? all : [...all, limit];
}

/** Powers of ten around all values; smaller ones are drawn as a hundredth of a second. */
function decadesOf(values: readonly number[]): number[] {
  const floor = Math.floor(Math.log10(Math.max(0.01, Math.min(...values))));
  const ceiling = Math.max(floor + 1, Math.ceil(Math.log10(Math.max(...values))));
  return Array.from({ length: ceiling - floor + 1 }, (_, i) => 10 ** (floor + i));
}

function logarithmic(ticks: number[], from: number, to: number, inset: number): Scale {
  const [low, high] = [Math.log(Math.min(...ticks)), Math.log(Math.max(...ticks))];
  const span = high - low || 1;
  const share = (value: number) => Math.max(0, (Math.log(value) - low) / span);
  return {
    ticks,
    at: (value) => round(from + (to - from) * (inset + share(value) * (1 - 2 * inset))),
  };
}

function axes(x: Scale, y: Scale): string {
  const across = y.ticks.map((tick) => `<path class="grid" d="M0 ${y.at(tick)}H${PANEL.width}"/>`);
  const below = x.ticks.map((tick) =>
    text(x.at(tick), PANEL.height + 16, tick.toLocaleString("en"), "tick middle"),
  );
  return [...across, ...below].join("");
}

function secondLabels(y: Scale): string {
  return y.ticks.map((tick) => text(-8, y.at(tick) + 4, `${tick} s`, "tick end")).join("");
}

function marks(rows: readonly Row[], x: Scale, y: Scale): string {
  return DRAWN.map((line) => {
    const points = rows.flatMap(({ size, cells, limit }) => {
      const { seconds, isWhole } = cells[line] ?? {};
      const value = line === "bare" ? limit : seconds;
      if (value === undefined) return [];
      return [{ left: x.at(size), top: y.at(value), isWhole: isWhole ?? true }];
    });
    const path = points.map(({ left, top }) => `${left} ${top}`).join("L");
    const dots = points.map(({ left, top, isWhole }) => dot(left, top, line, isWhole));
    return points.length === 0 ? "" : `<path class="line ${line}" d="M${path}"/>${dots.join("")}`;
  }).join("");
}

function dot(left: number, top: number, line: Drawn, isWhole: boolean): string {
  const kind = `${line} ${isWhole ? "full" : "hollow"}`;
  return `<circle class="${kind}" cx="${left}" cy="${top}" r="${RADIUS}"/>`;
}

function legendOf(line: Drawn, left: number): string {
  const title = line === "bare" ? "limit" : LINE_TITLES[line];
  const sample = `<path class="line ${line}" d="M${left} 24h28"/>${dot(left + 14, 24, line, true)}`;
  return sample + text(left + 36, 28, title, "title");
}

function text(left: number, top: number, words: string, kind: string): string {
  return `<text class="${kind}" x="${left}" y="${top}">${words}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

const STYLE = [
  "text{font:12px system-ui,sans-serif;fill:var(--ink)}",
  ".server{font-weight:600;font-size:14px}.tick{fill:var(--soft)}",
  ".middle{text-anchor:middle}.end{text-anchor:end}",
  ".paper{fill:var(--paper)}.grid{stroke:var(--grid)}",
  ".line{fill:none;stroke-width:2}.line.bare{stroke-dasharray:4 3}",
  ".line.unchecked{stroke-dasharray:8 2}",
  ...DRAWN.flatMap((line) => [
    `.line.${line}{stroke:var(--${line})}`,
    `.${line}.full{fill:var(--${line})}`,
    `.${line}.hollow{fill:var(--paper);stroke:var(--${line});stroke-width:2}`,
  ]),
  `:root{--paper:#fff;--ink:#1f2328;--soft:#59636e;--grid:#d8dee4;${colors(0)}}`,
  `@media(prefers-color-scheme:dark){:root{--paper:#0d1117;--ink:#e6edf3;--soft:#9198a1;--grid:#30363d;${colors(1)}}}`,
].join("");

function colors(scheme: 0 | 1): string {
  return DRAWN.map((line) => `--${line}:${COLORS[line][scheme]};`).join("");
}
