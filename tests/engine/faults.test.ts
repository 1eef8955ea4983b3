import { startSimulator, type FaultRule, type Simulator } from "../../simulator";
import { isWhole } from "../support/harness/campaigns";
import { type Cloud, cloudOf } from "../support/harness/cloud";
import { KINDS } from "../support/harness/kinds";
import { describeWithEngine } from "../support/harness/requires";
import { type Program, ResourceStack } from "../support/harness/resources";

const COLLECTION = new RegExp(`${KINDS.IpsecSiteConnection.path}$`);
const OBJECT = new RegExp(`${KINDS.IpsecSiteConnection.path}/.`);
const CANARY = "canary-of-the-engine";

/** One run of `pulumi` that meets a fault. */
interface Cell {
  readonly title: string;
  /** The operation of the run. */
  readonly does: "create" | "update" | "replace" | "delete" | "refresh";
  readonly fault: (sim: Simulator) => FaultRule;
  /** The message of a failing run; undefined if the run survives the fault. */
  readonly says?: RegExp;
  /** The value of `timeouts.create`; default 5. */
  readonly seconds?: number;
  /** Whether `npm test` runs it; the others come with `npm run test:faults`. */
  readonly quick?: true;
}

const page = (status: number) => ({ status, body: "<html>This is the proxy</html>" });
const shows = (status: string): FaultRule => ({
  path: new RegExp(`${COLLECTION.source}|${OBJECT.source}`),
  times: Infinity,
  answer: ({ body, ...rest }) => ({
    ...rest,
    body: JSON.parse(
      JSON.stringify(body ?? null).replace(/"PENDING_CREATE"|"ACTIVE"/g, `"${status}"`),
    ),
  }),
});

function forSeconds(seconds: number): FaultRule {
  let begun: number | undefined;
  return {
    when: () => Date.now() - (begun ??= Date.now()) < seconds * 1_000,
    times: Infinity,
    answer: page(503),
  };
}

const CELLS: readonly Cell[] = [
  {
    title: "a POST whose response is lost after its execution",
    quick: true,
    does: "create",
    fault: () => ({ method: "POST", path: COLLECTION, answer: "reset-after" }),
  },
  {
    title: "a POST that never arrives",
    does: "create",
    fault: () => ({ method: "POST", path: COLLECTION, answer: "reset-before" }),
    says: /may have been created nevertheless/,
  },
  {
    title: "a POST that is executed before the cloud goes away",
    does: "create",
    fault: (sim) => {
      let comeBack: (() => Promise<void>) | undefined;
      return {
        method: "POST",
        path: COLLECTION,
        answer: "reset-after",
        onRequest: () => {
          comeBack = sim.goAway();
          // After the search of 15 seconds for the object of such a POST.
          setTimeout(() => void comeBack?.(), 20_000);
        },
      };
    },
    says: /may have been created nevertheless/,
  },
  {
    title: "a token that is revoked during the wait",
    does: "create",
    fault: (sim) => ({ method: "GET", path: OBJECT, onRequest: () => sim.revokeTokens() }),
  },
  {
    title: "the status ERROR",
    quick: true,
    does: "create",
    fault: () => shows("ERROR"),
    says: /ended in status ERROR/,
  },
  {
    title: "a status that stays PENDING_CREATE",
    does: "create",
    fault: () => shows("PENDING_CREATE"),
    says: /but it is still PENDING_CREATE/,
  },
  {
    title: "a maintenance of 3 seconds",
    does: "create",
    fault: () => forSeconds(3),
    // The login and its pauses count towards the operation's timeout.
    seconds: 30,
  },
  {
    title: "a PUT whose response is lost after its execution",
    quick: true,
    does: "update",
    fault: () => ({ method: "PUT", path: OBJECT, answer: "reset-after" }),
  },
  {
    title: "a POST whose response is cut",
    does: "replace",
    fault: () => ({ method: "POST", path: COLLECTION, answer: "cut" }),
  },
  {
    title: "a quota that is full after the deletion of the old connection",
    does: "replace",
    fault: () => ({ method: "POST", path: COLLECTION, answer: page(409) }),
    says: /answered 409/,
  },
  {
    title: "a DELETE whose response is lost after its execution",
    does: "delete",
    fault: () => ({ method: "DELETE", path: OBJECT, answer: "reset-after" }),
  },
  {
    title: "a proxy's 404 for an existing object",
    quick: true,
    does: "refresh",
    fault: () => ({ method: "GET", path: OBJECT, answer: page(404) }),
    says: /does not prove that it is gone/,
  },
];

describeWithEngine("the engine on a cloud with faults", () => {
  let sim: Simulator;
  let cloud: Cloud;
  let program: ResourceStack;

  beforeAll(async () => {
    sim = await startSimulator({ pendingMs: 100 });
    cloud = await cloudOf(sim);
  });
  afterAll(() => sim.stop());
  beforeEach(async () => {
    program = await ResourceStack.make(cloud);
  });
  afterEach(async () => {
    await program.dispose();
    for (const { id } of await cloud.api.list(KINDS.IpsecSiteConnection.path)) {
      await cloud.api.delete(`${KINDS.IpsecSiteConnection.path}/${id}`);
    }
  });

  const tunnel = (changes: object = {}): Program => ({
    tunnel: {
      kind: "IpsecSiteConnection",
      args: {
        ...cloud.parents,
        peerAddress: "203.0.113.77",
        peerId: "203.0.113.77",
        peerCidrs: ["10.2.0.0/24"],
        psk: CANARY,
        timeouts: { create: "5s" },
        ...changes,
      },
    },
  });

  /** The program of the run with the fault. */
  const wanted = async ({ does, seconds = 5 }: Cell): Promise<Program> => {
    if (does === "delete") return {};
    if (does === "update") return tunnel({ description: "changed", psk: `${CANARY}-2` });
    if (does !== "replace") return tunnel({ timeouts: { create: `${seconds}s` } });
    const { id } = await cloud.api.post("/vpn/ikepolicies", { ikepolicy: { name: "other" } });
    return tunnel({ ikePolicyId: id });
  };

  it.each(CELLS.filter(({ quick }) => isWhole("FAULTS") || quick))(
    "the state equals the cloud after $does meets $title",
    async (cell) => {
      const { does, fault, says } = cell;
      if (does !== "create") await program.up(tunnel());
      const end = await wanted(cell);
      const rule = fault(sim);
      sim.script(rule);
      const expectation = { expect: says === undefined ? "success" : "failure" } as const;
      const said =
        does === "refresh"
          ? (await program.stack.refresh([], expectation)).text
          : await program.up(end, [], expectation);
      rule.times = 0;
      if (says !== undefined) expect(said).toMatch(says);

      const text = await program.up(end);
      await program.stack.preview(["--refresh", "--expect-no-changes"]);
      const [state, shown] = await program.stateAndCloud();
      expect(state).toEqual(shown);
      const count = does === "delete" ? 0 : 1;
      expect(Object.keys(state)).toHaveLength(count);
      expect(await cloud.api.list(KINDS.IpsecSiteConnection.path)).toHaveLength(count);
      expect(said + text).not.toMatch(/canary-of-the-engine|lab-user-pass|gAAAAAB/);
    },
  );
});
