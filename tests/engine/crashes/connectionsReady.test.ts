import { CrashStage, providersOf } from "../../support/harness/crashes";
import { describeWithEngine } from "../../support/harness/requires";
import { ref, type Program } from "../../support/harness/resources";
import { until } from "../../support/harness/until";

const CONNECTIONS = ["one", "two"];
const FAILING = "[pending-update] [pending 3s] [settles ERROR]";

describeWithEngine(
  "a run killed between the PUTs of connections and their ConnectionsReady",
  () => {
    let stage: CrashStage;

    beforeEach(async () => {
      stage = await CrashStage.open();
    });

    afterEach(() => stage.close());

    function declare(description: string): Program {
      const connections = CONNECTIONS.map((name, i) => {
        const peer = `203.0.113.${10 + i}`;
        const rest = { peerCidrs: [`10.${i}.0.0/24`], psk: "canary-psk", waitFor: "accepted" };
        return [
          name,
          {
            kind: "IpsecSiteConnection",
            args: { ...stage.cloud.parents, ...rest, peerAddress: peer, peerId: peer, description },
          },
        ];
      });
      const ids = CONNECTIONS.map((name) => ref(`${name}.id`));
      const all = { kind: "ConnectionsReady", args: { ids } } as const;
      return { ...(Object.fromEntries(connections) as Program), all };
    }

    const inCloud = () => stage.cloud.api.list("/vpn/ipsec-site-connections");

    /** Resolves when the agent has reported the status of both connections. */
    async function reported(status: string): Promise<void> {
      let isSo = false;
      const look = async () => {
        isSo = (await inCloud()).every((one) => one["status"] === status);
      };
      await until(status, () => {
        void look();
        return isSo;
      });
    }

    it("is followed by a preview and an up that report the new statuses", async () => {
      const { program } = stage;
      await program.up(declare(""));
      program.write(declare(FAILING));
      const run = program.stack.begin("up");
      try {
        // At this moment both connections are recorded and the wait has begun.
        await until("the wait", () => stage.pending("updating").includes("all"));
      } finally {
        run.kill("SIGKILL");
      }
      await run.done;
      await until("the provider's end", () => providersOf(program.stack).length === 0);
      await program.stack.run(["cancel", "--yes", "--stack", "test"]);
      await reported("ERROR");

      const preview = await program.stack.preview();
      const { text } = await program.stack.up([], { expect: "failure" });

      expect(preview.text).toMatch(/ConnectionsReady\s+all\s+update/);
      expect(text).toMatch(/2 of 2 connections are in status ERROR: /);

      await program.up(declare("all well"));
      await program.stack.preview(["--expect-no-changes"]);
    });
  },
);
