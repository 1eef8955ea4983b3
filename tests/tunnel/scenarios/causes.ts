import { writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Finding } from "../../../provider/diagnose/finding";
import { isWhole } from "../../support/harness/campaigns";
import { LOGGED_CAUSES } from "../../unit/support/loggedCauses";
import { casesFor, type TunnelCase, type Version } from "../causes/cases";
import type { TunnelFigures } from "../causes/figures";
import { CauseScene, type Opener } from "../causes/scene";
import { stableLog } from "../causes/stableLog";
import type { TunnelLab } from "../lab/lab";

const LOGS = join(__dirname, "..", "..", "fixtures", "peerLogs");

/** A run of all tests has the right tunnel of IKE v2 alone, opened by the cloud. */
const ENDS: readonly (readonly [Version, Opener])[] = isWhole("TUNNEL")
  ? [
      ["v1", "cloud"],
      ["v2", "cloud"],
      ["v1", "office"],
      ["v2", "office"],
    ]
  : [["v2", "cloud"]];
const isIncluded = ({ title }: TunnelCase) => isWhole("TUNNEL") || title === "right";

/** The 16 causes for each version of IKE as real tunnels, given to `pulumi-vpnaas diagnose`. */
export function causeScenarios(place: () => TunnelLab, figures: TunnelFigures): void {
  let scene: CauseScene;

  beforeAll(() => {
    scene = new CauseScene(place());
  });
  afterEach(() => place().reset());
  afterAll(() => {
    scene.dispose();
  });

  describe.each(ENDS)("IKE %s, opened by the %s", (version, opener) => {
    it.each(casesFor(version).filter(isIncluded))(
      "$title: diagnose finds it, and nothing else, by the peer's file and by its log",
      async (one) => {
        const { title, status, finding, isBlocked = false } = one;
        const { log, byFile, byLog, byBoth, probed } = await scene.observe(version, one, opener);
        if (process.env["VPNAAS_TUNNEL_MARKDOWN"] === "1")
          record(folderOf(version, opener), title, log);
        const found = {
          byFile: namesOf(byFile),
          byLog: problemsOf(byLog),
          byBoth: namesOf(byBoth),
          probed: probed.verdict,
        };
        figures.addCause({ title, version, opener, status, ...found });
        const expected = finding === undefined ? [] : [finding];
        expect(found).toEqual({
          byFile: expected,
          byLog: isBlocked ? ["status"] : loggedCauses(folderOf(version, opener), title),
          byBoth: expected,
          probed: isBlocked ? "problem" : "ok",
        });
      },
    );
  });
}

/** The folder of the logs in tests/fixtures/peerLogs. */
function folderOf(version: Version, opener: Opener): string {
  return `${opener === "cloud" ? "strongswan" : "strongswanOpening"}/${version}`;
}

function loggedCauses(folder: string, title: string): readonly string[] {
  return LOGGED_CAUSES[folder]![fileOf(title)] ?? [];
}

/** The findings about differences, as `verdict property`. */
function namesOf(findings: readonly Finding[]): string[] {
  return findings
    .filter(({ verdict }) => !["ok", "open"].includes(verdict))
    .map(({ verdict, property }) => `${verdict} ${property}`);
}

/** The problems as `property`, or `property: cloud / peer`. */
function problemsOf(findings: readonly Finding[]): string[] {
  return findings
    .filter(({ verdict }) => verdict === "problem")
    .map(({ property, cloud, peer }) =>
      peer === undefined ? property : `${property}: ${cloud!} / ${peer}`,
    );
}

function record(folder: string, title: string, log: string): void {
  const stable = stableLog(log);
  if (stable.trim() !== "") writeFileSync(join(LOGS, folder, `${fileOf(title)}.log`), stable);
}

function fileOf(title: string): string {
  return title.replaceAll(" ", "-");
}
