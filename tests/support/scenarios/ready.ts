import type { ConnectionStack, ConnectionStage } from "../harness/connections";
import { untilSettled } from "../harness/drift";
import { ref, type Program } from "../harness/resources";
import type { Args } from "../harness/kinds";

const NAMES = Array.from({ length: 12 }, (_, i) => `tunnel${i + 1}`);

/** Connections that do not wait individually, and one resource that waits for all of them. */
export function readyScenarios(stage: ConnectionStage): void {
  let program: ConnectionStack;
  beforeEach(() => {
    ({ program } = stage);
  });
  afterEach(() => stage.leave());

  /** Connections with the given arguments and their dependencies, and `all`, which waits for them. */
  function declare(connections: Readonly<Record<string, Args>>, ready: Args = {}): Program {
    const made = Object.entries(connections).map(([name, args]) => [
      name,
      {
        kind: "IpsecSiteConnection",
        args: { ...program.basis, waitFor: "accepted", ...args },
      },
    ]);
    const ids = Object.keys(connections).map((name) => ref(`${name}.id`));
    const all = { kind: "ConnectionsReady", args: { ids, ...ready } } as const;
    return { ...(Object.fromEntries(made) as Program), all };
  }

  const twelve = (description: string) =>
    declare(Object.fromEntries(NAMES.map((name) => [name, { description }])));

  /** The statuses that the state of `all` holds. */
  async function statuses(): Promise<Record<string, string>> {
    return (await program.resource("all")).outputs!["statuses"] as Record<string, string>;
  }

  it("ConnectionsReady waits for more connections than the engine has slots, after their creation", async () => {
    await program.up(twelve("[pending 3s]"), ["--parallel", "8"]);

    const inCloud = await program.inCloud();
    const { all, ...made } = await program.resources();
    expect(inCloud.map(({ status }) => status)).toEqual(NAMES.map(() => "ACTIVE"));
    expect(all!.outputs!["statuses"]).toEqual(
      Object.fromEntries(inCloud.map(({ id }) => [id, "ACTIVE"])),
    );
    // None of them waited.
    expect(Object.values(made).map(({ outputs }) => outputs!["status"])).toEqual(
      NAMES.map(() => "PENDING_CREATE"),
    );
    await program.stack.preview(["--expect-no-changes"]);
    await program.stack.preview(["--refresh", "--expect-no-changes"]);
  });

  it("ConnectionsReady waits again for a changed connection and shows this in the preview", async () => {
    await program.up(declare({ one: {}, two: {} }));

    const changed = declare({ one: { description: "[pending-update] [pending 2s]" }, two: {} });
    const text = await program.previewAndUp(changed);

    expect(text.match(/ConnectionsReady all (update|updated)\b/g)).toEqual([
      "ConnectionsReady all update",
      "ConnectionsReady all updated",
    ]);
    expect(await program.live("one")).toMatchObject({ status: "ACTIVE" });
    expect(Object.values(await statuses())).toEqual(["ACTIVE", "ACTIVE"]);
    await program.up(changed, ["--refresh", "--expect-no-changes"]);
  });

  it("ConnectionsReady waits for the replacement of a connection", async () => {
    await program.up(declare({ one: {}, two: {} }));
    const { id: old, urn } = await program.resource("one");

    program.write(declare({ one: { description: "[pending 2s]" }, two: {} }));
    await program.stack.up(["--replace", urn]);

    const ids = Object.keys(await statuses());
    expect(ids).not.toContain(old);
    expect(ids).toContain((await program.resource("one")).id);
    expect(Object.values(await statuses())).toEqual(["ACTIVE", "ACTIVE"]);
  });

  it("ConnectionsReady ignores an ACTIVE from before the change", async () => {
    const ready = { waitFor: "active", timeouts: { create: "1m", update: "5s" } };
    await program.up(declare({ one: {}, two: {} }, ready));

    const changed = { description: "[pending 1s] [settles DOWN]" };
    const text = await program.up(declare({ one: changed, two: {} }, ready), [], {
      expect: "failure",
    });

    expect(text).toMatch(/1 of 2 connections is not ACTIVE after 5s: .* is DOWN\./);
    expect(text).toMatch(/firewalls at both ends/);
  });

  it("ConnectionsReady names a connection in status ERROR, and the next up reads it again", async () => {
    const failing = declare({ one: { description: "[settles ERROR]", name: "branch" }, two: {} });
    const text = await program.up(failing, [], { expect: "failure" });
    const { id } = await program.resource("one");

    await program.up(declare({ one: { description: "mended", name: "branch" }, two: {} }));

    expect(text).toContain(`1 of 2 connections is in status ERROR: branch (${id!}).`);
    expect((await program.resource("one")).id).toBe(id);
    expect(Object.values(await statuses())).toEqual(["ACTIVE", "ACTIVE"]);
  });

  it("ConnectionsReady keeps the observed statuses at its timeout, and the next up continues the wait", async () => {
    const short = { timeouts: { create: "2s", update: "2s" } };
    await program.up(declare({ one: {}, two: {} }, short));
    const stuck = { one: { description: "[pending-update] [pending 6s]" }, two: {} };
    const failed = await program.up(declare(stuck, short), [], { expect: "failure" });
    const seen = Object.values(await statuses());

    await program.up(declare(stuck));

    expect(failed).toMatch(/1 of 2 connections is not settled after 2s: .* is PENDING_UPDATE\./);
    expect(seen.sort()).toEqual(["ACTIVE", "PENDING_UPDATE"]);
    expect(Object.values(await statuses())).toEqual(["ACTIVE", "ACTIVE"]);
  });

  it("ConnectionsReady reports a status that an up with another target caused", async () => {
    await program.up(declare({ one: {}, two: {} }));
    const { urn } = await program.resource("one");
    const failing = { description: "[pending-update] [settles ERROR]" };
    await program.up(declare({ one: failing, two: {} }), ["--target", urn]);
    await untilSettled(stage.cloud);
    expect(await program.live("one")).toMatchObject({ status: "ERROR" });

    const { text } = await program.stack.preview();
    const failed = await program.stack.up([], { expect: "failure" });

    expect(text).toMatch(/ConnectionsReady\s+all\s+update/);
    expect(failed.text).toMatch(/1 of 2 connections is in status ERROR: /);
  });

  it("ConnectionsReady has new statuses after a refresh, which are not a change", async () => {
    await program.up(declare({ one: {}, two: {} }));
    const { id } = await program.resource("one");
    const restore = await stage.cloud.overrideShown({ [id!]: { status: "DOWN" } });

    await program.stack.refresh(["--preview-only", "--expect-no-changes"]);
    await program.stack.refresh();
    const seen = (await statuses())[id!];
    await program.stack.up(["--expect-no-changes"]);
    restore();

    expect(seen).toBe("DOWN");
  });

  it("ConnectionsReady is not part of a drift report, since it has no object in the cloud", async () => {
    await program.up(declare({ one: {} }));

    const { code, text } = await program.stack.verb(["drift"]);

    expect(text).toMatch(/: 1 resource\n1 in step;/);
    expect(text).not.toContain("ConnectionsReady");
    expect(code).toBe(0);
  });

  it("ConnectionsReady allows the deletion of single connections and of all", async () => {
    await program.previewAndUp(declare({ one: {}, two: {} }));
    await program.up(declare({ two: {} }));
    expect(await program.inCloud()).toHaveLength(1);
    expect(Object.values(await statuses())).toEqual(["ACTIVE"]);

    await program.stack.destroy();

    expect(await program.inCloud()).toEqual([]);
    expect(await program.resources()).toEqual({});
  });
}
