import { Empty } from "google-protobuf/google/protobuf/empty_pb";

import { PluginProcess, urnOf } from "../../support/harness/pluginProcess";
import { KINDS } from "../../support/harness/kinds";
import { until } from "../../support/harness/until";
import { COLLECTION, leftover, refusal, Scene } from "../scene";
import { startPlugin } from "./scene";

const URN = urnOf("IpsecSiteConnection");

/** Begins a create that waits for its connection, and ends in a partial failure. */
async function beginCreate(scene: Scene, plugin: PluginProcess) {
  const { inputs } = await plugin.check(URN, scene.args());
  const create = leftover(plugin.create(URN, inputs));
  await scene.polls(1);
  return { inputs, create };
}

it("plugin: Cancel ends a wait at once, keeps the id, and refuses later operations", async () => {
  const scene = await Scene.open({ pendingMs: 60_000 });
  const plugin = await startPlugin(scene);
  try {
    const { inputs, create } = await beginCreate(scene, plugin);
    const begin = performance.now();
    await plugin.call("cancel", new Empty());
    const { id, properties, reason } = await create;
    expect(performance.now() - begin).toBeLessThan(1_000);
    expect(await scene.live(id)).toMatchObject({ status: "PENDING_CREATE" });
    expect(properties).toMatchObject({ status: "PENDING_CREATE" });
    expect(reason).toMatch(/cancel/);
    const later = await refusal(plugin.create(URN, inputs));
    expect(later.message).toMatch(/canceled/);
  } finally {
    await plugin.stop();
    await scene.close();
  }
});

/** The number of connections that the cloud has answered. */
const posted = ({ sim }: Scene): number =>
  sim.requests.filter(({ method, path }) => method === "POST" && COLLECTION.test(path)).length;

it("plugin: Cancel during many creates returns the id of each object that the cloud has", async () => {
  const scene = await Scene.open({ pendingMs: 60_000 });
  const plugin = await startPlugin(scene);
  try {
    const fates = Array.from({ length: 12 }, async (_, i) => {
      const urn = urnOf("IpsecSiteConnection", `office${i}`);
      const peer = { peerId: `office${i}`, peerAddress: `203.0.113.${i + 1}` };
      const { inputs } = await plugin.check(urn, scene.args(peer));
      const error = await refusal(plugin.create(urn, inputs));
      expect(error.message).toMatch(/cancel/);
      return error.partial?.id;
    });
    await until("six connections", () => posted(scene) >= 6);
    await plugin.call("cancel", new Empty());
    const ids = (await Promise.all(fates)).filter((id) => id !== undefined);
    const objects = await scene.cloud.list(KINDS.IpsecSiteConnection.path);
    expect(ids.length).toBeGreaterThan(0);
    expect(ids.sort()).toEqual(objects.map(({ id }) => id).sort());
  } finally {
    await plugin.stop();
    await scene.close();
  }
});

describe("plugin: an interrupt", () => {
  it("ends the process after Cancel, when the engine has disconnected", async () => {
    const plugin = await PluginProcess.start();
    try {
      await plugin.call("cancel", new Empty());
      plugin.interrupt();
      expect(await plugin.disconnect()).toBe(0);
    } finally {
      await plugin.stop();
    }
  });

  it("ends the process without Cancel if no operation is under way, for older engines", async () => {
    const plugin = await PluginProcess.start();
    try {
      plugin.interrupt();
      expect(await plugin.disconnect()).toBe(0);
    } finally {
      await plugin.stop();
    }
  });

  it("keeps the operations of Ctrl-C, so that Cancel returns their ids", async () => {
    const scene = await Scene.open({ pendingMs: 60_000 });
    const plugin = await startPlugin(scene);
    try {
      const { create } = await beginCreate(scene, plugin);
      plugin.interrupt();
      await scene.polls(2);
      await plugin.call("cancel", new Empty());
      const { id } = await create;
      expect(await scene.live(id)).toMatchObject({ status: "PENDING_CREATE" });
    } finally {
      await plugin.stop();
      await scene.close();
    }
  });
});
