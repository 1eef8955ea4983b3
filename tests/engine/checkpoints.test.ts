import { CrashStage } from "../support/harness/crashes";
import { killAt, momentOf } from "../support/harness/killedAt";
import { ALL_KINDS } from "../support/harness/kinds";
import { describeWithEngine } from "../support/harness/requires";
import { ref, type Program } from "../support/harness/resources";

/** Sites of a stack; each has a group and a connection. */
const SITES = 12;

/** How often a stack is brought to life, and killed in every part of it. */
const LIVES = process.env["VPNAAS_CRASHES"] === "whole" ? 15 : 3;

const SEED = process.env["VPNAAS_SEED"] ?? "20260523";

/** What a program says of its sites. */
interface Wish {
  readonly pfs: string;
  readonly network: number;
  readonly description: string;
}

const BORN: Wish = { pfs: "group5", network: 20, description: "" };
const CHANGED: Wish = { ...BORN, description: "to datacenter2" };
/** By another policy under all connections, and by other groups. */
const REPLACED: Wish = { ...CHANGED, pfs: "group14", network: 30 };

const PER_SITE = ["group", "site"].flatMap((kind) =>
  Array.from({ length: SITES }, (_, i) => `${kind}${i}`),
);
const ALL = ["service", "local", "ike", "ipsec", ...PER_SITE];

/** The parts of a life, with the changes of the cloud and the new objects that each of them makes. */
const PARTS = [
  { title: "created", wish: BORN, changes: ALL.length, makes: ALL },
  { title: "updated", wish: CHANGED, changes: PER_SITE.length, makes: [] },
  {
    title: "replaced",
    wish: REPLACED,
    changes: 2 * (1 + PER_SITE.length),
    makes: ["ike", ...PER_SITE],
  },
  { title: "deleted", wish: undefined, changes: ALL.length, makes: [] },
];

function sites(fixture: { routerId: string; subnetId: string }, wish: Wish): Program {
  const { pfs, network, description } = wish;
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

/** A stack that is brought to life so often, and killed at another moment of each part every time. */
const MOMENTS = Array.from({ length: LIVES }, (_, life) =>
  PARTS.map((part) => ({
    ...part,
    at: momentOf(`${SEED} ${part.title} ${life}`, part.changes),
    // docs/evidence/checkpoints.md names both ways.
    next: life % 2 === 0 ? "without" : "with",
  })),
).flat();

describeWithEngine("without checkpoints, after a SIGKILL", () => {
  let stage: CrashStage;

  beforeAll(async () => {
    stage = await CrashStage.open({ PULUMI_EXPERIMENTAL: "1", PULUMI_SKIP_CHECKPOINTS: "1" });
    await stage.cloud.clear();
  });

  afterAll(() => stage.close());

  it.each(MOMENTS)(
    "nothing is lost or doubled of what was being $title: $at.victims at change $at.change of $changes, next run $next a refresh",
    async ({ wish, at, makes, next }) => {
      const { cloud, program } = stage;
      const { stack } = program;
      if (wish !== undefined) program.write(sites(cloud.fixture, wish));
      const before = stage.inState();
      const begin = stage.sim.requests.length;

      await killAt(stage, wish === undefined ? "destroy" : "up", at);
      expect(stage.inState()).toEqual(before);

      const flags = next === "with" ? ["--refresh"] : [];
      await stack.run(["cancel", "--yes", "--stack", "test"]);
      await (wish === undefined ? stack.destroy(flags) : stack.up(flags));
      const inCloud = await Promise.all(ALL_KINDS.map((kind) => stage.inCloud(kind)));
      expect(inCloud.flat().sort()).toEqual(stage.inState());
      expect(stage.madeSince(begin)).toEqual(Object.fromEntries(makes.map((one) => [one, 1])));
      const [state, live] = await program.stateAndCloud();
      expect(state).toEqual(live);
      if (wish !== undefined) await stack.preview(["--expect-no-changes"]);
    },
  );
});
