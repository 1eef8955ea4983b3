import { renewFigures } from "../../scripts/figures";
import { isWhole } from "../support/harness/campaigns";
import { describeWithEngine } from "../support/harness/requires";
import { CELLS, QUICK, type Cell } from "./cells";
import { packed } from "./machine";
import { runCell } from "./project";

/** Two installations of a hundred megabytes, on a busy machine. */
const LONGEST_MS = 600_000;

const titled = (isWhole("PACKAGE") ? CELLS : QUICK).map((cell): [string, Cell] => [
  titleOf(cell),
  cell,
]);

function titleOf({ node, pulumi, typescript, manager, program, place }: Cell): string {
  return `${program} on Node ${node}, SDK ${pulumi}, TypeScript ${typescript}, ${place} by ${manager}`;
}

describeWithEngine("the packed package, installed into an empty project", () => {
  const lines: string[] = [];
  let tarball: string;

  beforeAll(async () => {
    tarball = await packed();
  }, LONGEST_MS);

  afterAll(() => {
    if (isWhole("PACKAGE") && lines.length === CELLS.length) writeTable(lines);
  });

  it.each(titled)(
    "works as %s",
    async (title, cell) => {
      const started = Date.now();
      const outcome = await runCell(cell, tarball).catch((error: unknown) => {
        console.error(`${title}: failed`);
        throw error;
      });
      expect(outcome).toEqual({
        exported: { externalIp: "203.0.113.10", lookupErrors: 5, texts: "v2 tunnel cidr static" },
        made: {
          VpnService: 2,
          IkePolicy: 1,
          IpsecPolicy: 1,
          EndpointGroup: 2,
          IpsecSiteConnection: 2,
        },
        left: {},
      });
      const seconds = ((Date.now() - started) / 1000).toFixed(0);
      process.stderr.write(`package: ${title}: ${seconds} s\n`);
      lines.push(`| ${Object.values(cell).join(" | ")} |`);
    },
    LONGEST_MS,
  );
});

/** Renews the table of the page; called only if every cell has passed. */
function writeTable(lines: readonly string[]): void {
  const table = [
    "| Node.js | `@pulumi/pulumi` | TypeScript | installed by | program | package |",
    "| --- | --- | --- | --- | --- | --- |",
    ...lines,
  ].join("\n");
  renewFigures("evidence/compatibility", table);
}
