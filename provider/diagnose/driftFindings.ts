import type { CloudProject } from "../drift/clouds";
import type { Inventory } from "../drift/inventory";
import type { Report, Tunnel } from "../drift/report";
import type { HeldResource } from "../drift/stackState";
import { VpnaasError } from "../errors";
import { diagnosedCloud, readCloudEnd, type DiagnosedCloud } from "./cloudEnd";
import { findCloudPeer } from "./cloudPeer";
import { diagnose } from "./diagnose";
import type { Finding } from "./finding";

/** The findings about tunnels of a report, without those that agree. */
export type TunnelFindings = ReadonlyMap<Tunnel, readonly Finding[]>;

/** The number of tunnels that are diagnosed, since each of them costs requests. */
const MOST = 20;

/**
 * The findings by the API alone about the tunnels of a report that are switched on and not ACTIVE, the first
 * {@link MOST}. The peer is searched in the clouds of the report. A tunnel that cannot be read has no entry.
 */
export async function driftFindings(
  { tunnels }: Pick<Report, "tunnels">,
  { cloudProjects, stacks }: Pick<Inventory, "cloudProjects" | "stacks">,
): Promise<TunnelFindings> {
  const clouds = new Map(
    cloudProjects.map(({ cloudProject }) => [cloudProject, diagnosedCloud(cloudProject)] as const),
  );
  const held = stacks.flatMap(({ resources }) => resources);
  const inTrouble = tunnels.filter(
    ({ status, adminStateUp, verdict }) =>
      status !== "ACTIVE" && adminStateUp && verdict !== "gone",
  );
  const entries = await Promise.all(
    inTrouble.slice(0, MOST).map(async (tunnel) => {
      const secrets = held.filter(({ id }) => id === tunnel.id).flatMap(secretsOf);
      const findings = await findingsOn(tunnel, clouds, secrets);
      return findings === undefined ? [] : [[tunnel, findings] as const];
    }),
  );
  return new Map(entries.flat());
}

async function findingsOn(
  { id, endpoint }: Tunnel,
  clouds: ReadonlyMap<CloudProject, DiagnosedCloud>,
  secrets: readonly string[],
): Promise<readonly Finding[] | undefined> {
  const own = [...clouds].find(([project]) => project.endpoint === endpoint)?.[1];
  if (own === undefined) return undefined;
  try {
    const end = await readCloudEnd(own, id);
    const searched = [own, ...[...clouds.values()].filter((one) => one !== own)];
    const { peer, problems } = await findCloudPeer(
      end,
      searched.map((cloud) => ({ name: undefined, open: () => Promise.resolve(cloud) })),
    );
    const { findings } = diagnose(end, { cloudPeer: peer, searchProblems: problems, secrets });
    return findings.filter(({ verdict }) => verdict !== "ok");
  } catch (error) {
    if (!VpnaasError.isInstance(error)) throw error;
    return undefined;
  }
}

/** The strings in the outputs of a resource that its state keeps secret. */
export function secretsOf({ outputs, secret }: Pick<HeldResource, "outputs" | "secret">): string[] {
  return [...secret].flatMap((property) => stringsIn(outputs[property]));
}

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
