import { setTimeout as sleep } from "node:timers/promises";

import { inOrder } from "../harness/kinds";
import { ref, type Program } from "../harness/resources";
import type { Stage } from "../harness/stage";
import { steps, tunnel } from "./family";

const NAMES = Array.from({ length: 50 }, (_, i) => `tunnel${i + 1}`);

/** A stack as large as a company's; prints the duration of its operations. */
export function fiftyScenarios(stage: Stage): void {
  afterEach(() => stage.leave());

  it("fifty tunnels are created, changed in one up, and destroyed", async () => {
    const { cloud, program } = stage;
    const took: string[] = [];
    const timed = async (title: string, run: () => Promise<unknown>) => {
      const begin = Date.now();
      await run();
      took.push(`${title} ${((Date.now() - begin) / 1_000).toFixed(1)} s`);
    };
    const declared = (lifetime: number, endpoints: readonly string[]) =>
      fifty(cloud.fixture, lifetime, endpoints);
    const settled = async () => {
      for (;;) {
        const { IpsecSiteConnection: all = [] } = await cloud.objects();
        const statuses = all.map(({ status }) => String(status));
        if (!statuses.some((status) => status.startsWith("PENDING"))) return statuses;
        await sleep(200);
      }
    };

    const made = await program.changesDuring(() =>
      timed("up", () => program.up(declared(3_600, ["10.2.0.0/24"]))),
    );
    expect(count(made)).toEqual({
      "POST VpnService": 1,
      "POST IkePolicy": 1,
      "POST IpsecPolicy": 1,
      "POST EndpointGroup": 2,
      "POST IpsecSiteConnection": 50,
    });
    await timed("up again", () => program.stack.up(["--expect-no-changes"]));
    expect(await settled()).toEqual(NAMES.map(() => "ACTIVE"));
    await timed("preview --refresh", () =>
      program.stack.preview(["--refresh", "--expect-no-changes"]),
    );

    const renewed = await program.changesDuring(() =>
      timed("up with another IKE policy", () => program.up(declared(7_200, ["10.2.0.0/24"]))),
    );
    expect(count(renewed)).toEqual({
      "POST IkePolicy": 1,
      "DELETE IpsecSiteConnection": 50,
      "POST IpsecSiteConnection": 50,
      "DELETE IkePolicy": 1,
    });

    const ids = inOrder((await cloud.objects()).IpsecSiteConnection!.map(({ id }) => id));
    const pointed = await program.changesDuring(() =>
      timed("up with another group", () => program.up(declared(7_200, ["10.3.0.0/24"]))),
    );
    expect(count(pointed)).toEqual({
      "POST EndpointGroup": 1,
      "PUT IpsecSiteConnection": 50,
      "DELETE EndpointGroup": 1,
    });
    expect(inOrder((await cloud.objects()).IpsecSiteConnection!.map(({ id }) => id))).toEqual(ids);
    await program.stack.up(["--expect-no-changes"]);
    expect(await settled()).toEqual(NAMES.map(() => "ACTIVE"));

    await timed("destroy", () => program.stack.destroy());
    expect(await cloud.objects()).toEqual({});
    process.stdout.write(`50 tunnels: ${took.join(", ")}\n`);
  }, 600_000);
}

function fifty(
  fixture: { readonly routerId: string; readonly subnetId: string },
  lifetime: number,
  endpoints: readonly string[],
): Program {
  const tunnels = NAMES.map((name, i) => [
    name,
    tunnel(
      {
        localEpGroupId: ref("local.id"),
        peerEpGroupId: ref("peer.id"),
        waitFor: "accepted",
      },
      i + 1,
    ),
  ]);
  return {
    service: { kind: "VpnService", args: { routerId: fixture.routerId } },
    ike: { kind: "IkePolicy", args: { lifetime: { value: lifetime } } },
    ipsec: { kind: "IpsecPolicy" },
    local: { kind: "EndpointGroup", args: { type: "subnet", endpoints: [fixture.subnetId] } },
    peer: { kind: "EndpointGroup", args: { type: "cidr", endpoints } },
    ...(Object.fromEntries(tunnels) as Program),
  };
}

/** The number of times that each step was done. */
function count(changes: Parameters<typeof steps>[0]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const step of steps(changes)) counts[step] = (counts[step] ?? 0) + 1;
  return counts;
}
