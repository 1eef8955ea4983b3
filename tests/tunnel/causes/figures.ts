import { renewFigures } from "../../../scripts/figures";
import type { Version } from "./cases";
import type { Opener } from "./scene";

/** The findings of `diagnose` on a cause. */
export interface CauseRow {
  readonly title: string;
  readonly version: Version;
  readonly opener: Opener;
  readonly status: string;
  readonly byFile: readonly string[];
  readonly byLog: readonly string[];
  readonly probed: string;
}

/** The rows of the page docs/evidence/tunnels.md. */
export class TunnelFigures {
  private readonly causes: CauseRow[] = [];
  private readonly rotations: (readonly [order: string, sent: number, lost: number])[] = [];

  addCause(row: CauseRow): void {
    this.causes.push(row);
  }

  addRotation(
    order: string,
    { sent, lost }: { readonly sent: number; readonly lost: number },
  ): void {
    this.rotations.push([order, sent, lost]);
  }

  /** Writes the figures into their page, if the environment asks for it and nothing is missing. */
  renew(): void {
    if (process.env["VPNAAS_TUNNEL_MARKDOWN"] !== "1") return;
    if (this.causes.length === 0 || this.rotations.length === 0) return;
    renewFigures("evidence/tunnels", `${this.causeTable()}\n\n${this.rotationTable()}`);
  }

  private causeTable(): string {
    const titles = [...new Set(this.causes.map(({ title }) => title))];
    const rows = titles.map((title) => [
      title,
      this.cell(title, "cloud", ({ status }) => status),
      this.cell(title, "cloud", ({ byFile }) => names(byFile)),
      this.cell(title, "cloud", ({ byLog }) => names(byLog)),
      this.cell(title, "office", ({ byLog }) => names(byLog)),
      this.cell(title, "cloud", ({ probed }) => probed),
    ]);
    const head = ["cause at the peer", "status", "by the peer's file", "by its log"];
    return markdown([...head, "by its log, opened by the peer", "probe"], rows);
  }

  /** The value for IKE v1, followed by that for IKE v2 if it differs. */
  private cell(title: string, opener: Opener, valueOf: (row: CauseRow) => string): string {
    const values = this.causes
      .filter((row) => row.title === title && row.opener === opener)
      .map((row) => [row.version, valueOf(row)] as const);
    const distinct = new Set(values.map(([, value]) => value));
    if (distinct.size === 1) return values[0]![1];
    return values.map(([version, value]) => `${version}: ${value}`).join("; ");
  }

  private rotationTable(): string {
    const rows = this.rotations.map((row) => row.map(String));
    return markdown(["rotation", "pings", "lost"], rows);
  }
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function names(all: readonly string[]): string {
  return all.join(", ") || "-";
}
