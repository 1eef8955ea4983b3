/**
 * The page's style sheet. Tones and line patterns are classes that `marks.ts` names. Every text color
 * has a contrast of at least 4.5 to its background, in the light and the dark scheme.
 */
export const style = `
:root {
  color-scheme: light;
  --ground: #ffffff; --raised: #f6f7f9; --edge: #d5dae1; --text: #1b2026; --faint: #59636e;
  --accent: #0b5cad; --on-tone: #ffffff;
  --good: #1b7a3d; --warn: #8f5b00; --bad: #b42318; --quiet: #59636e;
  --good-ground: #eaf6ee; --warn-ground: #fdf3dc; --bad-ground: #fdeceb; --quiet-ground: #f0f2f4;
  --warn-line: #c27c00;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --ground: #14171b; --raised: #1c2127; --edge: #363d46; --text: #e5e8ec; --faint: #a3adb8;
    --accent: #7fb8f5; --on-tone: #14171b;
    --good: #63cf8c; --warn: #f0bb52; --bad: #ff938a; --quiet: #a3adb8;
    --good-ground: #17291d; --warn-ground: #2d2411; --bad-ground: #331b1a; --quiet-ground: #23292f;
    --warn-line: #f0bb52;
  }
}
.good { --tone: var(--good); --tone-line: var(--good); --tone-ground: var(--good-ground); }
.warn { --tone: var(--warn); --tone-line: var(--warn-line); --tone-ground: var(--warn-ground); }
.bad { --tone: var(--bad); --tone-line: var(--bad); --tone-ground: var(--bad-ground); }
.quiet { --tone: var(--quiet); --tone-line: var(--quiet); --tone-ground: var(--quiet-ground); }

* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
  overflow-wrap: anywhere;
}
header, main, footer { max-width: 72rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2rem; }
footer { padding-bottom: 3rem; }
section { margin: 2.5rem 0; }
h1, h2, h3, h4, p, ul, dl, dd { margin: 0; padding: 0; }
h1 { font-size: 1.75rem; line-height: 1.2; letter-spacing: -0.01em; }
h2 { font-size: 1.25rem; margin-bottom: 0.75rem; }
h3 { font-size: 1.05rem; }
h4 { font-size: 1rem; }
ul { list-style: none; }
.sentences { list-style: disc; padding-left: 1.25rem; }
code, pre, .address { font: 0.875em/1.5 ui-monospace, "SF Mono", Consolas, "DejaVu Sans Mono", monospace; }
pre { margin: 0.5rem 0 0; white-space: pre-wrap; }
a { color: var(--accent); text-underline-offset: 0.15em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
:target { scroll-margin-top: 1rem; outline: 2px solid var(--accent); outline-offset: 4px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 0.5rem; padding: 0.5rem 1rem; background: var(--ground); }
.faint { color: var(--faint); }
.name { font-weight: 600; }
summary { cursor: pointer; color: var(--accent); width: fit-content; }
details > :not(summary) { margin-top: 0.5rem; }

.headline { font-size: 1.125rem; font-weight: 600; color: var(--tone); margin-top: 0.5rem; }
.subject { color: var(--faint); margin-top: 0.25rem; }
#problems {
  border: 1px solid var(--bad); border-left-width: 6px; border-radius: 6px;
  background: var(--bad-ground); padding: 1rem 1.25rem;
}
.summary { display: flex; flex-wrap: wrap; gap: 1.5rem 2.5rem; }
.summary h3 { font-size: 0.875rem; font-weight: 600; color: var(--faint); margin-bottom: 0.5rem; }
.tiles { display: flex; flex-wrap: wrap; gap: 0.5rem; }
.tiles li {
  min-width: 6.5rem; padding: 0.5rem 0.75rem; border-radius: 6px;
  border: 1px solid var(--edge); border-top: 4px solid var(--tone-line); background: var(--tone-ground);
}
.tiles .none { border-top-color: var(--edge); background: none; color: var(--faint); }
.tiles .count { display: block; font-size: 1.625rem; line-height: 1.2; font-weight: 600; }
.tiles .word { color: var(--tone); font-size: 0.9375rem; white-space: nowrap; }
.tiles .none .word { color: var(--faint); }

.chips { display: inline-flex; flex-wrap: wrap; gap: 0.25rem; }
.chip {
  padding: 0 0.5rem; border: 1px solid var(--tone-line); border-radius: 1rem; font-size: 0.8125rem;
  font-weight: 600; color: var(--tone); background: var(--tone-ground); white-space: nowrap;
}

.legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; font-size: 0.875rem; color: var(--faint); }
.legend li { display: flex; align-items: center; gap: 0.5rem; }
.legend .line { width: 4rem; }
.cloud {
  margin: 1.25rem 0; padding: 1.25rem; background: var(--raised);
  border: 1px solid var(--edge); border-radius: 10px;
}
.cloud .kind { font-weight: 400; color: var(--faint); }
.endpoint { color: var(--faint); }
.site { display: grid; grid-template-columns: 14rem minmax(0, 1fr); margin-top: 1.25rem; }
.end {
  padding: 0.625rem 0.875rem; background: var(--ground); font-size: 0.875rem;
  border: 1px solid var(--edge); border-radius: 6px;
}
.end code { font-size: 0.75rem; }
.address { font-weight: 600; font-size: 0.9375rem; }
.here { border-right: 5px solid var(--quiet); border-radius: 6px 0 0 6px; }
.lines { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.75rem; align-content: start; }
.lines > details, .lines > p { margin-left: 1rem; }
.lines > details > ul { margin-left: -1rem; }
.lines ul { display: grid; gap: 0.75rem; }
.end ul { display: flex; flex-wrap: wrap; gap: 0 0.75rem; }
.here > div { position: sticky; top: 1rem; }
.tunnel { display: grid; grid-template-columns: minmax(0, 1fr) 15rem; align-items: center; }
.peer { border-left: 5px solid var(--tone-line); border-radius: 0 6px 6px 0; }
.link { text-align: center; }
.link .name, .link .chips { padding: 0 0.75rem; }
.link .chips { justify-content: center; }
.line { display: flex; align-items: center; color: var(--tone-line); }
.line::before, .line::after { content: ""; flex: 1; border-top: 3px solid; }
.line > span {
  width: 1.375rem; height: 1.375rem; border-radius: 50%; background: var(--tone); color: var(--on-tone);
  font: 700 0.8125rem/1.375rem system-ui, sans-serif; text-align: center;
}
.dashed::before, .dashed::after { border-top-style: dashed; }
.dotted::before, .dotted::after { border-top-style: dotted; }
.double::before, .double::after { border-top: 6px double; }
.thick::before, .thick::after { border-top-width: 6px; }
.missing::before, .missing::after { flex: 0 0 12%; }
.missing { justify-content: space-between; }

table + table { margin-top: 1.5rem; }
table { width: 100%; border-collapse: collapse; font-size: 0.9375rem; }
caption { text-align: left; color: var(--faint); padding-bottom: 0.5rem; }
th, td { text-align: left; vertical-align: top; padding: 0.5rem 1rem 0.5rem 0; font-weight: 400; }
thead th { overflow-wrap: normal; font-size: 0.875rem; font-weight: 600; color: var(--faint); }
tr { border-bottom: 1px solid var(--edge); }
tbody > tr > th { min-width: 9rem; }
tbody > tr > th .faint { display: block; font-size: 0.8125rem; }
td details { margin-top: 0.25rem; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.25rem 1rem; font-size: 0.875rem; }
dt { color: var(--faint); }

@media screen and (max-width: 44rem) {
  header, main, footer { padding-left: 1rem; padding-right: 1rem; }
  .cloud { padding: 0.75rem; }
  .site, .tunnel { grid-template-columns: minmax(0, 1fr); }
  .here { border-right: 1px solid var(--edge); border-left: 5px solid var(--quiet); border-radius: 0 6px 0 0; }
  .lines { border-left: 5px solid var(--quiet); padding-top: 0.75rem; }
  .peer { margin-left: 1.5rem; border-radius: 6px; }
  .link { padding-bottom: 0.375rem; }
  thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  table, tbody, tr, tbody th, td, caption { display: block; }
  th, td { padding: 0.25rem 0; }
  td[data-column]::before { content: attr(data-column) ": "; color: var(--faint); font-size: 0.8125rem; }
  tr { padding: 0.375rem 0; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: 0.375rem; }
}

@media print {
  :root { font-size: 10pt; }
  header, main, footer { max-width: none; padding: 0; }
  section { margin: 1.25rem 0; }
  * { print-color-adjust: exact; }
  .skip { display: none; }
  a { color: inherit; }
  .tiles li, .tunnel, .here, thead, tr, summary { break-inside: avoid; }
  h2, h3, h4, caption, summary { break-after: avoid; }
  .cloud { background: none; }
  .site { grid-template-columns: 11rem minmax(0, 1fr); }
  .tunnel { grid-template-columns: minmax(0, 1fr) 12rem; }
  details::details-content { content-visibility: visible; display: block; block-size: auto; }
}
`;
