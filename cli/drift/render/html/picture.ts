import type { TunnelFindings } from "../../../../provider/diagnose/driftFindings";
import type { Report, Tunnel } from "../../../../provider/drift/report";
import { count, grouped } from "../phrases";
import { diagnosisOf } from "./diagnosis";
import { folded, html, type Markup } from "./markup";
import { chips, needsAttention, tunnelMarks, VERDICTS, worst, type Mark } from "./marks";
import { cloudsOf, type DrawnCloud, type Site } from "./sites";

/** The number of tunnels and sites in order that are drawn; the others are folded. */
const CALM = { tunnels: 3, sites: 6 };

/** The number of networks of an end that are drawn; the others are folded. */
const NETWORKS = 4;

/** Links to other parts of the page. */
interface Links {
  /** The row of a resource that is not in step. */
  row(of: { endpoint?: string; id: string }): string | undefined;
  /** The site that has a public address. */
  site(address: string): Site | undefined;
  /** The findings of `diagnose`. */
  readonly findings: TunnelFindings;
}

/**
 * The sites by cloud, with their tunnels as lines to the peers. Those that need attention come first;
 * others are folded beyond {@link CALM}. `row` returns the anchor of a resource's details, if any.
 */
export function picture(
  report: Report,
  { row, findings }: Pick<Links, "row" | "findings">,
): Markup {
  const clouds = cloudsOf(report);
  if (clouds.length === 0) return html`<p>There is no tunnel, and no VPN service.</p>`;
  const sites = new Map(
    clouds.flatMap((cloud) => cloud.sites).map((site) => [site.address, site] as const),
  );
  const links: Links = { row, findings, site: (address) => sites.get(address) };
  return html`${legend(report)} ${clouds.map((cloud, index) => cloudBox(cloud, index, links))}`;
}

function legend({ tunnels, resources }: Report): Markup {
  const gone = resources.some(({ verdict }) => verdict === "gone") ? [VERDICTS.gone] : [];
  const marks = [...gone, ...tunnels.flatMap(tunnelMarks)];
  const byWord = new Map(marks.map((mark) => [mark.word, mark]));
  return html`<ul class="legend" aria-label="Lines">
    ${[...byWord.values()].map((mark) => html`<li>${line(mark)} ${mark.word}</li> `)}
  </ul>`;
}

function cloudBox(cloud: DrawnCloud, index: number, links: Links): Markup {
  const heading = `cloud-${index + 1}`;
  const urgent = cloud.sites.filter(isUrgent);
  const calm = cloud.sites.filter((site) => !isUrgent(site));
  const available = Math.max(0, CALM.sites - urgent.length);
  const rest = calm.slice(available);
  return html`<section class="cloud" aria-labelledby="${heading}">
    <h3 id="${heading}"><span class="kind">Cloud</span> ${cloud.title}</h3>
    ${cloud.endpoint !== undefined && html`<p class="endpoint"><code>${cloud.endpoint}</code></p>`}
    ${cloud.missing.length > 0 && missingBox(cloud, links)}
    ${[...urgent, ...calm.slice(0, available)].map((site) => siteBox(site, links))}
    ${
      rest.length > 0 &&
      folded(
        `✓ ${count(rest.length, "more site")}: all in order`,
        rest.map((site) => siteBox(site, links)),
      )
    }
  </section>`;
}

function isUrgent({ marks, tunnels }: Site): boolean {
  return needsAttention([...marks, ...tunnels.flatMap(tunnelMarks)]);
}

function siteBox(site: Site, links: Links): Markup {
  const { anchor, name, serviceId, address, subnets, marks, tunnels } = site;
  const isCalm = (tunnel: Tunnel) => !needsAttention(tunnelMarks(tunnel));
  const calm = tunnels.filter(isCalm);
  const drawn = [...tunnels.filter((one) => !isCalm(one)), ...calm.slice(0, CALM.tunnels)];
  const rest = calm.slice(CALM.tunnels);
  const row = links.row({ ...site, id: serviceId });
  return html`<article class="site" id="${anchor}" aria-labelledby="${anchor}-name">
    <div class="end here">
      <div>
        <h4 id="${anchor}-name">
          ${row === undefined ? name : html`<a href="#${row}">${name}</a>`}
        </h4>
        ${needsAttention(marks) && chips(marks)}
        <p class="address">${address ?? "public address unknown"}</p>
        ${networks(subnets, "subnets unknown")}
      </div>
    </div>
    <div class="lines">
      ${tunnels.length === 0 && html`<p class="faint">no tunnels</p>`}
      ${drawn.length > 0 && list(drawn.map((one) => tunnelLine(one, links)))}
      ${rest.length > 0 && folded(counted(rest), list(rest.map((one) => tunnelLine(one, links))))}
    </div>
  </article>`;
}

/** For example `✓ 36 more ACTIVE · ○ 1 more DOWN, switched off`. */
function counted(tunnels: readonly Tunnel[]): string {
  return [...grouped(tunnels, (one) => worst(tunnelMarks(one)))]
    .map(([{ word, symbol }, ones]) => `${symbol} ${ones.length} more ${word}`)
    .join(" · ");
}

function tunnelLine(tunnel: Tunnel, links: Links): Markup {
  const { peerAddress, peerCidrs } = tunnel;
  const site = peerAddress === undefined ? undefined : links.site(peerAddress);
  return connection(
    tunnel.name || tunnel.id.slice(0, 8),
    links.row(tunnel),
    tunnelMarks(tunnel),
    html`<p class="address">${peerAddress ?? "peer address unknown"}</p>
      ${site && html`<p>site <a href="#${site.anchor}">${site.name}</a></p>`}
      ${networks(peerCidrs, "networks unknown")} ${diagnosisOf(tunnel, links.findings)}`,
  );
}

function missingBox({ missing }: DrawnCloud, links: Links): Markup {
  return html`<div class="site">
    <div class="end here">
      <h4>Gone</h4>
      <p>in the state, but no longer in the cloud</p>
    </div>
    <div class="lines">
      ${list(
        missing.map((one) =>
          connection(
            one.name,
            links.row(one),
            [VERDICTS.gone],
            html`<p class="faint">no tunnel</p>`,
          ),
        ),
      )}
    </div>
  </div>`;
}

function connection(
  name: string,
  row: string | undefined,
  marks: readonly Mark[],
  peer: Markup,
): Markup {
  const mark = worst(marks);
  return html`<li class="tunnel">
    <div class="link">
      <span class="name">${row === undefined ? name : html`<a href="#${row}">${name}</a>`}</span>
      ${line(mark)} ${chips(marks)}
    </div>
    <div class="end peer ${mark.tone}">${peer}</div>
  </li> `;
}

function line({ line: pattern, tone, symbol }: Mark): Markup {
  return html`<span class="line ${pattern} ${tone}" aria-hidden="true"
    ><span>${symbol}</span></span
  >`;
}

function networks(names: readonly string[], none: string): Markup {
  if (names.length === 0) return html`<p class="faint">${none}</p>`;
  const items = names.map((one) => html`<li><code>${one}</code></li>`);
  const rest = items.slice(NETWORKS);
  return html`${list(items.slice(0, NETWORKS))}
  ${rest.length > 0 && folded(`${rest.length} more`, list(rest))}`;
}

function list(items: readonly Markup[]): Markup {
  return html`<ul>
    ${items}
  </ul>`;
}
