import { setTimeout as sleep } from "node:timers/promises";

import { UNKNOWN } from "../../provider/model/unknowns";
import type { Properties, ProviderProcess } from "../support/harness/providerProcess";
import { COLLECTION, leftover, printed, refusal, Scene, type Known } from "./scene";

const GONE = "b3d0d5b5-39f4-4f5b-9d3c-0f2f43a1c1aa";

let scene: Scene;
let provider: ProviderProcess;
let ready: ProviderProcess;

beforeAll(async () => {
  scene = await Scene.open();
  await begin();
});
afterAll(() => scene.close());

/** Replaces the process by a new one without any memory. */
async function begin(): Promise<void> {
  provider = await scene.start();
  ready = provider.as("ConnectionsReady");
}

/** Connections without a wait, with the given descriptions. */
function connections(...descriptions: readonly string[]): Promise<Known[]> {
  return Promise.all(
    descriptions.map((description) => scene.make(provider, { description, waitFor: "accepted" })),
  );
}

const idsOf = (all: readonly Known[]) => all.map(({ id }) => id);

/** Creates a ConnectionsReady for the given connections. */
async function waitFor(all: readonly Known[], changes: Properties = {}): Promise<Known> {
  const { inputs } = await ready.check({ ids: idsOf(all), ...changes });
  return { ...(await ready.create(inputs)), inputs };
}

const each = (all: readonly Known[], status: string) =>
  Object.fromEntries(all.map(({ id }) => [id, status]));

/** Waits until the cloud's agent has reported the status of a connection. */
async function reported(id: string, status: string): Promise<void> {
  for (let look = 0; look < 100; look += 1) {
    if ((await scene.live(id))["status"] === status) return;
    await sleep(50);
  }
  throw new Error(`${id} did not become ${status}`);
}

describe("create of a ConnectionsReady", () => {
  it("waits until all connections have settled and returns each status", async () => {
    const all = await connections("[pending 1s]", "[pending 1.5s]", "");
    const { id, outputs, inputs } = await waitFor(all);
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(outputs).toMatchObject({ ...inputs, statuses: each(all, "ACTIVE") });
  });

  it("sends far fewer requests than there are connections", async () => {
    await begin();
    const all = await connections(...Array<string>(40).fill("[pending 2s]"));
    scene.forget();
    await waitFor(all);
    expect(scene.sent("GET").length).toBeLessThan(20);
  });

  it("ends at once without connections", async () => {
    scene.forget();
    expect((await waitFor([])).outputs).toMatchObject({ ids: [], statuses: {} });
    expect(scene.sent("GET", COLLECTION)).toEqual([]);
  });

  it("reports all DOWN connections in one line and prints the advice once", async () => {
    await begin();
    const all = await connections("[settles DOWN]", "", "[settles DOWN]");
    const { outputs } = await waitFor(all);
    expect(Object.values(outputs["statuses"] as object).sort()).toEqual(["ACTIVE", "DOWN", "DOWN"]);
    const lines = (await printed(provider)).split("\n");
    expect(lines.filter((line) => /DOWN:/.test(line))).toEqual([
      expect.stringMatching(/^2 of 3 connections are DOWN: \S+ \(.*\), \S+ \(.*\)\.$/),
    ]);
    expect(lines.filter((line) => /firewalls at both ends/.test(line))).toHaveLength(1);
  });

  it("does not wait for an administratively down connection and names it", async () => {
    await begin();
    const off = await scene.make(provider, {
      description: "[stuck]",
      adminStateUp: false,
      waitFor: "accepted",
    });
    const [on] = await connections("");
    const known = await waitFor([off, on!], { waitFor: "active" });
    expect(known.outputs).toMatchObject({
      statuses: { [off.id]: "PENDING_CREATE", [on!.id]: "ACTIVE" },
      switchedOff: [off.id],
    });
    expect(await ready.diff(known.id, known.outputs, known.inputs)).toMatchObject({
      changes: false,
    });
    // The connections of all tests have one service and one peer, which their checks report.
    const lines = (await printed(provider)).split("\n");
    const others = lines.filter((line) => !/same peer|^Creating IpsecSiteConnection/.test(line));
    expect(others.join("")).toBe("");
  });

  it("names every connection that ends in ERROR and returns a partial failure", async () => {
    const all = await connections("[settles ERROR]", "", "[settles ERROR]");
    const { message, partial } = await refusal(waitFor(all));
    expect(message).toContain("2 of 3 connections are in status ERROR: ");
    for (const { id, inputs } of [all[0]!, all[2]!]) {
      expect(message).toContain(`${String(inputs["name"])} (${id})`);
    }
    expect(message).not.toContain(all[1]!.id);
    expect(partial).toBeUndefined();
  });

  it("names every deleted connection", async () => {
    const all = await connections("", "");
    await scene.drop(all[0]!.id);
    const { message } = await refusal(waitFor(all, { ids: [GONE, ...idsOf(all)] }));
    expect(message).toMatch(
      new RegExp(`${GONE} is gone, or this login cannot see it.* The same goes for ${all[0]!.id}`),
    );
    expect(message).not.toContain(all[1]!.id);
  });

  it("names the number and the first of the late connections at its timeout", async () => {
    const all = await connections("", ...Array<string>(7).fill("[stuck]"));
    const { message } = await refusal(waitFor(all, { timeouts: { create: "1s" } }));
    expect(message).toMatch(
      /7 of 8 connections are not settled after 1s: (\S+ \(\S+\) is PENDING_CREATE,? ?){5}and 2 more\. .*Raise timeouts/,
    );
  });

  it("does not accept a settled DOWN with waitFor active and prints the advice", async () => {
    const all = await connections("[settles DOWN]", "");
    const { message } = await refusal(
      waitFor(all, { waitFor: "active", timeouts: { create: "1s" } }),
    );
    expect(message).toMatch(/1 of 2 connections is not ACTIVE after 1s: .* is DOWN\. .*UDP 500/s);
  });

  it("redacts a name that the program marks as secret", async () => {
    await begin();
    const secret = { __secrets: ["name"], description: "[settles DOWN]", waitFor: "accepted" };
    const one = await scene.make(provider, secret);
    const known = await waitFor([one]);
    expect(known.outputs["statuses"]).toEqual({ [one.id]: "DOWN" });
    const output = await printed(provider);
    expect(output).toContain(`1 of 1 connections is DOWN: ${one.id}.`);
    expect(output).not.toContain(String(one.inputs["name"]));
  });
});

describe("diff of a ConnectionsReady", () => {
  let all: Known[];
  let known: Known;
  const changesWith = async (state: Properties, inputs: Properties = {}) =>
    ready.diff(known.id, { ...known.outputs, ...state }, { ...known.inputs, ...inputs });

  beforeAll(async () => {
    all = await connections("", "");
    known = await waitFor(all);
  });

  it("ignores the order of ids", async () => {
    expect((await changesWith({})).changes).toBe(false);
    expect((await changesWith({}, { ids: idsOf(all).reverse() })).changes).toBe(false);
  });

  it.each<[Properties]>([
    [{ ids: [GONE] }],
    [{ ids: [UNKNOWN] }],
    [{ waitFor: "active" }],
    [{ timeouts: { create: "1m" } }],
  ])("is an update with %j", async (inputs) => {
    expect(await changesWith({}, inputs)).toMatchObject({ changes: true, replaces: [] });
  });

  it("is a replacement with another cloud", async () => {
    expect(await changesWith({}, { cloud: "east" })).toMatchObject({
      changes: true,
      replaces: ["cloud"],
    });
  });

  it.each<[string, string, boolean]>([
    ["PENDING_UPDATE", "settled", true],
    ["ERROR", "settled", true],
    ["DOWN", "settled", false],
    ["DOWN", "active", true],
    ["ACTIVE", "active", false],
  ])("of a status %s in the state and waitFor %s has changes: %s", async (status, how, is) => {
    const statuses = { ...each(all, "ACTIVE"), [all[1]!.id]: status };
    const { changes } = await changesWith({ statuses, waitFor: how }, { waitFor: how });
    expect(changes).toBe(is);
  });

  it("compares the state with the cloud in few requests for many connections", async () => {
    const many = await connections(...Array<string>(40).fill("[pending-update]"));
    const waited = await waitFor(many);
    await begin();
    scene.forget();
    const isChanged = async () => {
      const { changes } = await ready.diff(waited.id, waited.outputs, waited.inputs);
      return changes;
    };
    expect(await isChanged()).toBe(false);
    expect(scene.sent("GET").length).toBeLessThan(5);

    const { id } = many[7]!;
    await scene.alter(id, { description: "[pending-update] [pending 0.5s] [settles ERROR]" });
    expect(await scene.live(id)).toMatchObject({ status: "PENDING_UPDATE" });
    expect(await isChanged()).toBe(true);
    await reported(id, "ERROR");
    expect(await isChanged()).toBe(true);
    const left = await leftover(ready.update(waited.id, waited.outputs, waited.inputs));
    expect(left.reason).toContain("1 of 40 connections is in status ERROR: ");

    await scene.alter(id, { description: "" });
    await reported(id, "ACTIVE");
    expect(await isChanged()).toBe(false);
    await scene.drop(id);
    expect(await isChanged()).toBe(true);
  });

  it("has changes when the login fails, which it reports once without a secret", async () => {
    const stranger = await scene.start({ config: { "vpnaas:password": "canary" } });
    const { changes } = await stranger
      .as("ConnectionsReady")
      .diff(known.id, known.outputs, known.inputs);
    expect(changes).toBe(true);
    const lines = await printed(stranger);
    expect(lines.split("\n").filter((line) => line !== "")).toEqual([
      expect.stringMatching(
        /^ConnectionsReady \S+ could not check whether its connections are ready \(/,
      ),
    ]);
    expect(lines).not.toContain("canary");
  });

  it("has changes when the run changes one of the connections", async () => {
    const [one] = all;
    await provider.diff(one!.id, one!.outputs, one!.inputs);
    // A replacement gets another id.
    await provider.diff(one!.id, one!.outputs, { ...one!.inputs, ikePolicyId: GONE });
    expect((await changesWith({})).changes).toBe(false);
    await provider.diff(one!.id, one!.outputs, { ...one!.inputs, mtu: 1400 });
    expect((await changesWith({})).changes).toBe(true);
  });
});

describe("an existing ConnectionsReady", () => {
  it("waits again in an update", async () => {
    const all = await connections("", "");
    const known = await waitFor(all);
    const [one] = all;
    await scene.change(provider, one!, { description: "[pending-update] [pending 1s]" });
    const outputs = await ready.update(known.id, known.outputs, known.inputs);
    expect(outputs).toMatchObject({ ...known.inputs, statuses: each(all, "ACTIVE") });
    expect(await scene.live(one!.id)).toMatchObject({ status: "ACTIVE" });
  });

  it("keeps the observed statuses when an update fails, so that the next diff has changes", async () => {
    const all = await connections("", "");
    const known = await waitFor(all);
    await scene.alter(all[0]!.id, { description: "[pending-update] [stuck]" });
    const inputs = { ...known.inputs, timeouts: { update: "1s" } };
    const left = await leftover(ready.update(known.id, known.outputs, inputs));
    expect(left.id).toBe(known.id);
    expect(left.reason).toContain("1 of 2 connections is not settled after 1s");
    expect(left.properties).toMatchObject({
      ...inputs,
      __provider: expect.stringContaining("connectionsReady"),
      statuses: { [all[0]!.id]: "PENDING_UPDATE", [all[1]!.id]: "ACTIVE" },
    });
    expect((await ready.diff(left.id, left.properties, inputs)).changes).toBe(true);
  });

  it("has new statuses after a read, without that of a deleted connection", async () => {
    const all = await connections("", "[pending 1s]", "");
    const known = await waitFor([all[0]!, all[2]!]);
    await scene.drop(all[2]!.id);
    const read = await ready.read(known.id, { ...known.outputs, ids: idsOf(all) });
    expect(read.inputs).toEqual({ ...known.inputs, ids: idsOf(all) });
    const statuses = read.outputs["statuses"] as object;
    expect(Object.keys(statuses).sort()).toEqual(idsOf(all.slice(0, 2)).sort());
  });

  it("is deleted without a request and without a login", async () => {
    const known = await waitFor(await connections(""));
    const stranger = await scene.startBare({});
    scene.forget();
    await stranger.as("ConnectionsReady").delete(known.id, known.outputs);
    expect(scene.sent()).toEqual([]);
  });

  it("refuses a newer format in the state without a request", async () => {
    const known = await waitFor([]);
    scene.forget();
    const newer = { ...known.outputs, __format: 99 };
    const { message } = await refusal(ready.update(known.id, newer, known.inputs));
    expect(message).toMatch(/The state of ConnectionsReady .* has format 99/);
    expect(scene.sent()).toEqual([]);
  });
});

describe("check of a ConnectionsReady", () => {
  it.each<[Properties, string]>([
    [{}, "ids: is required"],
    [{ ids: ["office"] }, "ids[0]: must be an id such as"],
    [{ ids: [GONE, GONE] }, "ids: "],
    [{ ids: [], waitFor: "accepted" }, "waitFor: must be "],
    [{ ids: [], cloud: "" }, "cloud: must not be empty"],
    [{ ids: [], timeouts: { create: "soon" } }, "timeouts.create: must be a duration"],
    [{ ids: [], name: "all" }, "name: is not an input"],
    [{ ids: [], statuses: {} }, "statuses: is not an input"],
  ])("refuses the inputs %j", async (inputs, reason) => {
    const { failures } = await ready.check(inputs);
    expect(failures).toEqual([expect.stringContaining(reason)]);
  });

  it.each<[Properties]>([
    [{ ids: [] }],
    [{ ids: UNKNOWN }],
    [{ ids: [GONE, UNKNOWN, UNKNOWN], waitFor: "active", timeouts: { update: "1h" } }],
  ])("accepts the inputs %j", async (inputs) => {
    expect((await ready.check(inputs)).failures).toEqual([]);
  });
});
