import { isWhole } from "../../support/harness/campaigns";
import { CrashStage, type Stop, type Victim } from "../../support/harness/crashes";
import type { Args, Kind } from "../../support/harness/kinds";
import { describeWithEngine } from "../../support/harness/requires";
import type { Program } from "../../support/harness/resources";

const CREATE = ["list", "POST", "GET after POST"];
const DELETE = ["DELETE", "GET after DELETE"];

/**
 * A part of the lifecycle of all resources of a stack. Its `pulumi up` is killed while each resource is at
 * another call: before the call's execution, or between its execution and its response.
 */
interface Chapter {
  readonly title: string;
  readonly calls: readonly string[];
  /** The declaration of the resource of a number from this chapter on; undefined in the last chapter. */
  readonly declared?: (of: Basis, number: number) => { args: Args; opts?: Args };
  /** The number of objects that the chapter creates for each resource. */
  readonly makes: 0 | 1;
}

/** Ids that the resources of a kind refer to. */
interface Basis {
  readonly parents: Args;
  readonly otherPolicyId: string;
}

const connection = ({ parents }: Basis, number: number, args: Args = {}) => ({
  ...parents,
  peerAddress: "203.0.113.77",
  peerId: `203.0.113.${number}`,
  peerCidrs: ["10.2.0.0/24"],
  psk: "canary-psk",
  ...args,
});

const LIFECYCLES: Partial<Record<Kind, readonly Chapter[]>> = {
  IpsecSiteConnection: [
    {
      title: "are created",
      calls: CREATE,
      declared: (of, number) => ({ args: connection(of, number) }),
      makes: 1,
    },
    {
      title: "are updated",
      calls: ["GET", "PUT", "GET after PUT"],
      declared: (of, number) => ({ args: connection(of, number, { description: "new" }) }),
      makes: 0,
    },
    {
      title: "are replaced, deleted first",
      calls: [...DELETE, ...CREATE],
      declared: (of, number) => ({
        args: connection(of, number, { ikePolicyId: of.otherPolicyId }),
      }),
      makes: 1,
    },
    {
      title: "are replaced, created first, at the creation",
      calls: CREATE,
      declared: (of, number) => ({
        args: connection(of, number, { peerAddress: "203.0.113.78" }),
        opts: { deleteBeforeReplace: false },
      }),
      makes: 1,
    },
    {
      title: "are replaced, created first, at the deletion",
      calls: DELETE,
      declared: (of, number) => ({
        args: connection(of, number, { ikePolicyId: of.otherPolicyId }),
        opts: { deleteBeforeReplace: false },
      }),
      makes: 1,
    },
    { title: "are deleted", calls: DELETE, makes: 0 },
  ],
  EndpointGroup: [
    {
      title: "are created",
      calls: ["list", "POST"],
      declared: () => ({ args: { type: "cidr", endpoints: ["10.2.0.0/24"] } }),
      makes: 1,
    },
    {
      title: "are updated",
      calls: ["GET", "PUT", "GET after PUT"],
      declared: () => ({
        args: { type: "cidr", endpoints: ["10.2.0.0/24"], description: "new" },
      }),
      makes: 0,
    },
    {
      title: "are replaced, created first, at the creation",
      calls: ["list", "POST"],
      declared: () => ({ args: { type: "cidr", endpoints: ["10.3.0.0/24"] } }),
      makes: 1,
    },
    {
      title: "are replaced, created first, at the deletion",
      calls: DELETE,
      declared: () => ({ args: { type: "cidr", endpoints: ["10.4.0.0/24"] } }),
      makes: 1,
    },
    { title: "are deleted", calls: DELETE, makes: 0 },
  ],
};

/** The moment of a kill: at all calls of a chapter, or at the one login of all resources. */
type Place = "at every call" | "before the login" | "after the login";

const ALL = (["engine", "provider"] as const).flatMap((victim) =>
  (["at every call", "before the login", "after the login"] as const).flatMap((place) =>
    (Object.keys(LIFECYCLES) as Kind[]).map((kind): [Victim, Place, Kind] => [victim, place, kind]),
  ),
);
const TRIED = ALL.filter(
  ([victim, place, kind]) =>
    isWhole("CRASHES") ||
    (place === "at every call" && (victim === "engine") === (kind === "IpsecSiteConnection")),
);

describeWithEngine("after a SIGKILL", () => {
  describe.each(TRIED)(
    "of the %s %s the next up continues with %ss that",
    (victim, place, kind) => {
      let stage: CrashStage;
      let basis: Basis;
      const chapters = LIFECYCLES[kind]!;
      const most = Math.max(...chapters.map(({ calls }) => calls.length));
      const names = Array.from({ length: 2 * most }, (_, i) => `${victim}${i}`);

      beforeAll(async () => {
        stage = await CrashStage.open();
        const { parents, api } = stage.cloud;
        const policy = await api.post("/vpn/ikepolicies", { ikepolicy: { name: "other" } });
        basis = { parents: { ...parents }, otherPolicyId: policy.id };
      });

      afterAll(() => stage.close());

      it.each(chapters)("$title", async ({ calls, declared, makes }) => {
        const stops =
          place === "at every call" ? stopsAt(calls, names) : stopsAtLogin(place, names);
        const program: Program = Object.fromEntries(
          declared === undefined
            ? []
            : names.map((name, number) => [name, { kind, ...declared(basis, number) }]),
        );
        const begin = stage.sim.requests.length;

        const killed = await stage.crash(program, stops, victim);
        const pending = await stage.goOn({ isLocked: victim === "engine" });

        expect(killed.code).not.toBe(0);
        expect(await stage.inCloud(kind)).toEqual(stage.inState());
        expect(stage.madeSince(begin)).toEqual(
          makes === 0 ? {} : Object.fromEntries(Object.keys(program).map((name) => [name, 1])),
        );
        // The engine forgets pending updates and deletions, but not pending creations.
        expect(pending).toEqual(victim === "engine" ? killed.creating : []);
      });
    },
  );
});

/** Stops before and after each call, each for another resource. */
function stopsAt(calls: readonly string[], names: readonly string[]): Stop[] {
  return calls.flatMap((call, i) => [
    { resource: names[2 * i]!, call, when: "before" },
    { resource: names[2 * i + 1]!, call, when: "after" },
  ]);
}

function stopsAtLogin(place: Place, names: readonly string[]): Stop[] {
  const when = place === "before the login" ? "before" : "after";
  return names.map((resource) => ({ resource, call: "login", when }));
}
