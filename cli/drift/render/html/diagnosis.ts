import type { TunnelFindings } from "../../../../provider/diagnose/driftFindings";
import { findingText } from "../../../../provider/diagnose/finding";
import type { Tunnel } from "../../../../provider/drift/report";
import { folded, html, sentence, type Markup } from "./markup";

/** The findings of `pulumi-vpnaas diagnose` for a tunnel with the command for more; undefined without any. */
export function diagnosisOf(tunnel: Tunnel, findings: TunnelFindings): Markup | undefined {
  const found = findings.get(tunnel);
  if (found === undefined || found.length === 0) return undefined;
  const command =
    tunnel.verdict === "unmanaged"
      ? `pulumi-vpnaas diagnose --connection ${tunnel.id}`
      : `pulumi-vpnaas diagnose ${tunnel.name}`;
  return folded(
    `Why is it ${tunnel.status}?`,
    html`<ul class="sentences">
        ${found.map((one) => html`<li>${sentence(findingText(one))}</li> `)}
      </ul>
      <p>With the peer's files: <code>${command} --peer-config FILE</code></p>`,
  );
}
