import type { Dialect } from "../../../provider/dialect";
import { driftIn, driftReport, untilSettled } from "../harness/drift";
import type { Args } from "../harness/kinds";
import type { Declared } from "../harness/resources";
import type { Stage } from "../harness/stage";
import { base, change, cidrs, grouped, groups, legacy } from "./driftFields";

/** Changes without a meaning, which are not drift; `dialect` is that of the stage. */
export function driftNoiseScenarios(stage: Stage, dialect: Dialect): void {
  afterEach(() => stage.leave());

  it("drift and refresh ignore differences in notation and status that the cloud causes", async () => {
    const { cloud, program } = stage;
    const noise = Object.entries(noiseOf(dialect));
    const declared = {
      ...base(cloud.fixture),
      ...(dialect === "neutron" && groups(cloud.fixture)),
      ...Object.fromEntries(noise.map(([name, one]) => [name, one.declared])),
    };
    await program.up(declared);
    await untilSettled(cloud);
    const made = await program.resources();
    for (const [name, { sent }] of noise) {
      if (sent !== undefined) await change(cloud, made[name]!, sent);
    }
    await untilSettled(cloud);
    const nulls = noise.flatMap(([name, { shown: values }]) =>
      values === undefined ? [] : [[made[name]!.id!, values] as const],
    );
    const restore = await cloud.overrideShown(Object.fromEntries(nulls));
    const refreshed = await program.stack.refresh(["--preview-only", "--expect-no-changes"]);
    restore();
    // The engine counts a pending object as a change, so that the next `up` waits for it.
    const busy = [made["busy"]!.id!, { status: "PENDING_UPDATE" }] as const;
    const restoreAll = await cloud.overrideShown(Object.fromEntries([...nulls, busy]));
    const { code, report } = await driftReport(stage);
    restoreAll();

    expect(refreshed.text).not.toContain("drift:");
    expect(driftIn(report)).toEqual({});
    expect(report.summary.verdicts).toEqual({
      drifted: 0,
      failed: 0,
      gone: 0,
      notRead: 0,
      inStep: Object.keys(declared).length,
    });
    expect(code).toBe(0);
    const statuses = Object.fromEntries(
      report.resources.map(({ name, recordedStatus, status }) => [name, [recordedStatus, status]]),
    );
    expect(statuses).toMatchObject({
      service: ["PENDING_CREATE", "ACTIVE"],
      "not waited for": ["PENDING_CREATE", "ACTIVE"],
      busy: ["ACTIVE", "PENDING_UPDATE"],
    });
  });
}

/** An object, and a change of it without a meaning. */
interface Noise {
  readonly declared: Declared;
  /** The body of a PUT sent outside Pulumi. */
  readonly sent?: Args;
  /** Values that the cloud shows by itself. */
  readonly shown?: Readonly<Record<string, string | null>>;
}

function noiseOf(dialect: Dialect): Readonly<Record<string, Noise>> {
  const everywhere: Record<string, Noise> = {
    "defaults written out": {
      declared: legacy({}),
      sent: {
        description: "",
        initiator: "bi-directional",
        admin_state_up: true,
        dpd: { action: "hold", interval: 30, timeout: 120 },
      },
    },
    "not waited for": { declared: legacy({ waitFor: "accepted" }) },
    busy: { declared: legacy({}) },
    "null for a text": { declared: legacy({}), shown: { description: null } },
  };
  if (dialect === "k5") return everywhere;
  const three = ["10.9.0.0/24", "10.2.0.0/24", "10.5.0.0/24"];
  return {
    ...everywhere,
    "order of a list": {
      declared: legacy({ peerCidrs: three }),
      sent: { peer_cidrs: three.toReversed() },
    },
    "host bits": {
      declared: legacy({ peerCidrs: ["10.2.0.7/24"] }),
      sent: { peer_cidrs: ["10.2.0.0/24"] },
    },
    "host name": {
      declared: legacy({ peerAddress: "localhost" }),
      sent: { peer_address: "localhost" },
    },
    "notation of an address": {
      declared: legacy({ peerId: "2001:DB8:0::1" }),
      sent: { peer_id: "2001:db8:0:0:0:0:0:1" },
    },
    "number as text": { declared: legacy({}), sent: { mtu: "1500", local_id: "" } },
    "null for an empty text": {
      declared: legacy({ localId: "", description: "" }),
      shown: { local_id: null, description: null },
    },
    "null for a list": { declared: grouped({}), sent: { peer_cidrs: null, dpd: null } },
    "empty list": { declared: grouped({}), sent: { peer_cidrs: [], dpd: {} } },
    "order and host bits of a group": {
      declared: cidrs("10.8.0.0/24", "10.6.0.9/24", "10.7.0.0/24"),
    },
  };
}
