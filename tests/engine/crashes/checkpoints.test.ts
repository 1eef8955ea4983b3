import { isWhole } from "../../support/harness/campaigns";
import { CrashStage } from "../../support/harness/crashes";
import { killAt, momentOf } from "../../support/harness/killedAt";
import { ALL_KINDS } from "../../support/harness/kinds";
import { describeWithEngine } from "../../support/harness/requires";
import { ref, type Program } from "../../support/harness/resources";

/** Sites of a stack; each has a group and a connection. */
const SITES = 12;

/** The number of lifecycles of a stack; a run is killed in every part of each. */
const LIFECYCLES = isWhole("CRASHES") ? 15 : 1;

const SEED = process.env["VPNAAS_SEED"] ?? "20260523";

/** Desired values of a program's sites. */
interface SiteValues {
  readonly pfs: string;
  readonly network: number;
  readonly description: string;
}

const CREATED: SiteValues = { pfs: "group5", network: 20, description: "" };
const CHANGED: SiteValues = { ...CREATED, description: "to datacenter2" };
/** Another policy of all connections, and other groups. */
const REPLACED: SiteValues = { ...CHANGED, pfs: "group14", network: 30 };

const PER_SITE = ["group", "site"].flatMap((kind) =>
  Array.from({ length: SITES }, (_, i) => `${kind}${i}`),
);
const ALL = ["service", "local", "ike", "ipsec", ...PER_SITE];

/** The parts of a lifecycle, with the number of changes and the new objects of each. */
const PARTS = [
  { title: "created", desired: CREATED, changes: ALL.length, makes: ALL },
  { title: "updated", desired: CHANGED, changes: PER_SITE.length, makes: [] },
  {
    title: "replaced",
    desired: REPLACED,
    changes: 2 * (1 + PER_SITE.length),
    makes: ["ike", ...PER_SITE],
  },
  { title: "deleted", desired: undefined, changes: ALL.length, makes: [] },
];

function sites(fixture: { routerId: string; subnetId: string }, desired: SiteValues): Program {
  const { pfs, network, description } = desired;
  const refs = {
    vpnServiceId: ref("service.id"),
    localEpGroupId: ref("local.id"),
    ikePolicyId: ref("ike.id"),
    ipsecPolicyId: ref("ipsec.id"),
  };
  const shared: Program = {
    service: { kind: "VpnService", args: { routerId: fixture.routerId } },
    local: { kind: "EndpointGroup", args: { type: "subnet", endpoints: [fixture.subnetId] } },
    ike: { kind: "IkePolicy", args: { pfs } },
    ipsec: { kind: "IpsecPolicy" },
  };
  const each = Array.from({ length: SITES }, (_, i): Program => {
    const endpoints = [`10.${network}.${i}.0/24`];
    const peer = `203.0.113.${i}`;
    const args = { ...refs, peerAddress: peer, peerId: peer, psk: "canary-psk", description };
    return {
      [`group${i}`]: { kind: "EndpointGroup", args: { type: "cidr", endpoints, description } },
      [`site${i}`]: {
        kind: "IpsecSiteConnection",
        args: { ...args, peerEpGroupId: ref(`group${i}.id`) },
      },
    };
  });
  return Object.assign({}, shared, ...each) as Program;
}

/** A random moment for the kill in each part of each lifecycle. */
const MOMENTS = Array.from({ length: LIFECYCLES }, (_, lifecycle) =>
  PARTS.map((part, number) => ({
    ...part,
    at: momentOf(`${SEED} ${part.title} ${lifecycle}`, part.changes),
    // docs/evidence/checkpoints.md describes both ways.
    next: (lifecycle + number) % 2 === 0 ? "without" : "with",
  })),
).flat();

describeWithEngine("a run without checkpoints after a SIGKILL", () => {
  let stage: CrashStage;

  beforeAll(async () => {
    stage = await CrashStage.open({ PULUMI_EXPERIMENTAL: "1", PULUMI_SKIP_CHECKPOINTS: "1" });
    await stage.cloud.clear();
  });

  afterAll(() => stage.close());

  it.each(MOMENTS)(
    "loses and duplicates no object while resources are $title: $at.victims at change $at.change of $changes, next run $next a refresh",
    async ({ desired, at, makes, next }) => {
      const { cloud, program } = stage;
      const { stack } = program;
      if (desired !== undefined) program.write(sites(cloud.fixture, desired));
      const before = stage.inState();
      const begin = stage.sim.requests.length;

      await killAt(stage, desired === undefined ? "destroy" : "up", at);
      expect(stage.inState()).toEqual(before);

      const flags = next === "with" ? ["--refresh"] : [];
      await stack.run(["cancel", "--yes", "--stack", "test"]);
      await (desired === undefined ? stack.destroy(flags) : stack.up(flags));
      const inCloud = await Promise.all(ALL_KINDS.map((kind) => stage.inCloud(kind)));
      expect(inCloud.flat().sort()).toEqual(stage.inState());
      expect(stage.madeSince(begin)).toEqual(Object.fromEntries(makes.map((one) => [one, 1])));
      const [state, live] = await program.stateAndCloud();
      expect(state).toEqual(live);
      if (desired !== undefined) await stack.preview(["--expect-no-changes"]);
    },
  );
});
