import { renewFigures } from "../../../scripts/figures";
import type { Version } from "./cases";

/** The findings of `diagnose` on a cause. */
export interface CauseRow {
  readonly title: string;
  readonly version: Version;
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
    const rows = titles.flatMap((title) => {
      const [v1, v2] = (["v1", "v2"] as const).map((version) =>
        this.causes.find((one) => one.title === title && one.version === version),
      );
      const both = (of: (row: CauseRow) => string) => {
        const [one, other] = [v1, v2].map((row) => (row === undefined ? "-" : of(row)));
        return one === other ? one! : `${one!}; v2: ${other!}`;
      };
      const names = (all: readonly string[]) => all.join(", ") || "-";
      return [
        [
          title,
          both(({ status }) => status),
          both(({ byFile }) => names(byFile)),
          both(({ byLog }) => names(byLog)),
          both(({ probed }) => probed),
        ],
      ];
    });
    return markdown(
      ["cause at the peer", "status", "by the peer's file", "by its log", "probe"],
      rows,
    );
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
