import { setTimeout as sleep } from "node:timers/promises";

import type { Cloud } from "../harness/cloud";
import type { ConnectionStack, ConnectionStage } from "../harness/connections";

/** Waits for statuses, and runs that are killed during a wait. */
export function waitingScenarios(stage: ConnectionStage): void {
  let cloud: Cloud;
  let program: ConnectionStack;
  beforeEach(() => {
    ({ cloud, program } = stage);
  });
  afterEach(() => stage.leave());

  it("up applies 20 of 20 updates right after the creation, with 5 seconds pending", async () => {
    const names = Array.from({ length: 20 }, (_, i) => `tunnel${i + 1}`);
    const declare = (description: string) => {
      program.declare(
        Object.fromEntries(
          names.map((name) => [
            name,
            { name: `${name} [pending 5s]`, description, waitFor: "accepted" },
          ]),
        ),
      );
    };
    declare("first");
    await program.stack.up();
    const pending = (await program.inCloud()).filter((one) => one["status"] === "PENDING_CREATE");

    declare("second");
    const changes = await program.changesDuring(() => program.stack.up());

    expect(pending.length).toBeGreaterThan(0);
    expect(changes.map(({ method, status }) => `${method} ${status}`)).toEqual(
      names.map(() => "PUT 200"),
    );
    const descriptions = (await program.inCloud()).map((one) => one["description"]);
    expect(descriptions).toEqual(names.map(() => "second"));
  });

  it("up waits for a pending connection, reports the wait, and then applies the update", async () => {
    program.declare({ office: { name: "[pending 15s] office", waitFor: "accepted" } });
    await program.stack.up();

    program.declare({
      office: { name: "[pending 15s] office", waitFor: "accepted", description: "later" },
    });
    const { text } = await program.stack.up();

    expect(text).toMatch(/Waiting: IpsecSiteConnection .* is PENDING_CREATE for \d+s, 9m\d+s left/);
    expect(await program.live("office")).toMatchObject({ description: "later" });
  });

  it("up keeps a connection that ends in ERROR, and the next up reads it again", async () => {
    program.declare({ office: { description: "[settles ERROR]" } });
    const failed = await program.stack.up([], { expect: "failure" });
    expect(failed.text).toMatch(/ended in status ERROR/);

    program.declare({ office: { description: "mended" } });
    await program.stack.up();

    expect(await program.live("office")).toMatchObject({ status: "ACTIVE" });
    expect(await program.inCloud()).toHaveLength(1);
  });

  it("up keeps a connection after a timeout, the next up continues the wait, and destroy deletes it", async () => {
    const office = { description: "[stuck]", timeouts: { create: "3s", update: "3s" } };
    program.declare({ office });
    const failed = await program.stack.up([], { expect: "failure" });
    const { id } = await program.resource("office");
    expect(failed.text).toMatch(/Waited \ds .* to settle, but it is still PENDING_CREATE/);

    const again = await program.stack.up([], { expect: "failure" });
    expect(again.text).toMatch(/still PENDING_CREATE/);
    expect((await program.resource("office")).id).toBe(id);

    await program.stack.destroy();
    expect(await program.inCloud()).toHaveLength(0);
  });

  it("up prints the advice for DOWN once and succeeds", async () => {
    const down = { description: "[settles DOWN]" };
    program.declare({ one: down, two: down });

    const { text } = await program.stack.up();

    const stackLines = text.slice(text.indexOf("Diagnostics:"));
    expect(stackLines.match(/firewalls at both ends/g)).toHaveLength(1);
    expect(stackLines.match(/is DOWN/g)!.length).toBeGreaterThanOrEqual(2);
  });

  it("up with waitFor active fails if the connection stays DOWN", async () => {
    program.declare({
      office: { description: "[settles DOWN]", waitFor: "active", timeouts: { create: "2s" } },
    });

    const { text } = await program.stack.up([], { expect: "failure" });

    expect(text).toMatch(/to become ACTIVE, but it is still DOWN/);
    expect(text).toMatch(/firewalls at both ends/);
    expect((await program.resource("office")).id).toBeTruthy();
  });

  it("the provider exits and sends no more requests when its engine is killed during a wait", async () => {
    program.declare({ office: { name: "[pending 15s] office", waitFor: "accepted" } });
    await program.stack.up();
    program.declare({
      office: { name: "[pending 15s] office", waitFor: "accepted", description: "never" },
    });

    const before = (await cloud.requests()).length;
    const run = program.stack.begin("up");
    // The engine writes its state in place, and has finished when the provider sends a request.
    for (let asked = before; asked === before; asked = (await cloud.requests()).length) {
      await sleep(100);
    }
    run.kill("SIGKILL");
    await run.done;
    await sleep(3_000);
    const requests = (await cloud.requests()).length;
    await sleep(4_000);
    const later = (await cloud.requests()).length;
    const changes = await program.changesDuring(async () => {
      while ((await program.live("office"))["status"] !== "ACTIVE") await sleep(500);
      await sleep(2_000);
    });

    expect(later).toBe(requests);
    expect(changes).toEqual([]);
    expect(await program.live("office")).toMatchObject({ description: "" });
  });

  it("up adopts a connection that a killed run created but could not record", async () => {
    program.declare({ office: { description: "[pending 8s]" } });
    const run = program.stack.begin("up");
    await run.until(/office creating/);
    for (let made = 0; made === 0; made = (await program.inCloud()).length) await sleep(100);
    run.kill("SIGKILL");
    await run.done;

    await program.stack.run(["cancel", "--yes", "--stack", "test"]);
    const { text } = await program.stack.up();

    expect(text).toMatch(/an earlier run created it but could not record it\. It is adopted/);
    expect(await program.inCloud()).toHaveLength(1);
    await program.stack.refresh(["--clear-pending-creates"]);
    await program.stack.preview(["--expect-no-changes"]);
  });
}
