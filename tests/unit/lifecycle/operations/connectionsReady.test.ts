import { PartialFailureError, UnauthorizedError, WaitError } from "../../../../provider/errors";
import type { Values } from "../../../../provider/schema/resourceType";
import {
  createConnectionsReady,
  diffConnectionsReady,
  readConnectionsReady,
  updateConnectionsReady,
} from "../../../../provider/lifecycle/operations/connectionsReady";
import { OwnershipRegistry } from "../../../../provider/lifecycle/core/ownership";
import type { WireObject } from "../../../../provider/neutron/client";
import { aContext, aLiveConnection, notFound } from "../../support/givenContext";
import { cloudResourceType } from "../../../../provider/schema/resourceType";

const STATE_ID = "0b2b7b0c-6c07-4f4b-a9a5-6a7b3a3f3f10";

/** The results of successive polls of a connection; the last one repeats. */
type Looks = readonly (string | Error | Values)[];

/** A cloud whose connections, by id, show those statuses or values. */
function aCloudOf(connections: Readonly<Record<string, Looks>>) {
  const left = new Map(Object.entries(connections).map(([id, looks]) => [id, [...looks]]));
  const look = (_place: unknown, id: string): Promise<WireObject> => {
    const looks = left.get(id);
    const now = looks !== undefined && looks.length > 1 ? looks.shift() : looks?.[0];
    if (now === undefined)
      return Promise.reject(notFound(cloudResourceType("IpsecSiteConnection")));
    if (now instanceof Error) return Promise.reject(now);
    const changes = typeof now === "string" ? { status: now } : now;
    return Promise.resolve(aLiveConnection({ id, name: `name-${id}`, ...changes }));
  };
  return aContext({ get: look });
}

describe("ConnectionsReady: a wait", () => {
  it("continues until the last connection has settled", async () => {
    const { context } = aCloudOf({
      a: ["PENDING_CREATE", "PENDING_CREATE", "ACTIVE"],
      b: ["PENDING_CREATE", "DOWN"],
    });
    const { outputs } = await createConnectionsReady(context, { ids: ["a", "b"] });
    expect(outputs).toEqual({ ids: ["a", "b"], statuses: { a: "ACTIVE", b: "DOWN" } });
  });

  it("gives each resource its own id", async () => {
    const { context } = aCloudOf({});
    const [one, other] = [
      await createConnectionsReady(context, {}),
      await createConnectionsReady(context, {}),
    ];
    expect(one.id).not.toBe(other.id);
  });

  it.each(["active", "settled"])(
    "prints nothing if all connections are ACTIVE (%s)",
    async (waitFor) => {
      const { context, lines } = aCloudOf({ a: ["ACTIVE"], b: ["BUILD", "ACTIVE"] });
      await createConnectionsReady(context, { ids: ["a", "b"], waitFor });
      expect(lines).toEqual([]);
    },
  );

  it.each([
    ["the status ACTIVE", "active", "ACTIVE"],
    ["the status ERROR", "settled", "ERROR"],
  ])("accepts %s from before a change only after 65 seconds", async (_what, waitFor, status) => {
    const { context, clock } = aCloudOf({ a: [status] });
    context.ownership.changed("a", { changedAt: clock.now(), status });
    const begin = clock.now();
    await createConnectionsReady(context, { ids: ["a"], waitFor }).catch(() => undefined);
    expect(clock.now() - begin).toBeGreaterThanOrEqual(65_000);
  });

  it("accepts a status at once if the response to the change had another one", async () => {
    const { context, clock } = aCloudOf({ a: ["ACTIVE"] });
    context.ownership.changed("a", { changedAt: clock.now(), status: "PENDING_UPDATE" });
    const begin = clock.now();
    await createConnectionsReady(context, { ids: ["a"], waitFor: "active" });
    expect(clock.now()).toBe(begin);
  });

  it("advises a longer timeout for an unconfirmed ACTIVE", async () => {
    const { context, clock } = aCloudOf({ a: ["ACTIVE"] });
    context.ownership.changed("a", { changedAt: clock.now(), status: "ACTIVE" });
    const inputs = { ids: ["a"], waitFor: "active", timeouts: { create: "10s" } };
    await expect(createConnectionsReady(context, inputs)).rejects.toThrow(
      "1 of 1 connections is not ACTIVE after 10s: name-a (a) is ACTIVE. An ACTIVE may be as old as a minute after a change",
    );
  });
});

describe("ConnectionsReady: a failed wait", () => {
  const refused = new UnauthorizedError("The login was refused.", {
    status: 401,
    method: "GET",
    path: "/",
  });
  const problems = async (looks: Readonly<Record<string, Looks>>) => {
    const { context } = aCloudOf(looks);
    const ids = [...Object.keys(looks)];
    const error: unknown = await createConnectionsReady(context, { ids }).catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(WaitError);
    return (error as Error).message.split("\n");
  };

  it("reports one line for each reason, for any number of connections", async () => {
    const lines = await problems({
      a: ["ERROR"],
      b: ["PENDING_CREATE", "ERROR"],
      c: ["PENDING_CREATE"],
      d: [refused],
      e: [],
      f: [],
      g: ["ACTIVE"],
      h: [refused],
    });
    expect(lines).toEqual([
      expect.stringMatching(
        /^2 of 8 connections are in status ERROR: name-a \(a\), name-b \(b\)\. /,
      ),
      expect.stringMatching(
        /^1 of 8 connections is not settled after 10m00s: name-c \(c\) is PENDING_CREATE\. /,
      ),
      expect.stringMatching(/^IpsecSiteConnection e is gone.* The same goes for f\.$/),
      "2 of 8 connections are of unknown status: d, h. The login was refused.",
    ]);
  });

  it("reports a connection that disappears during the wait as gone", async () => {
    const vanishing = { a: ["PENDING_CREATE", notFound(cloudResourceType("IpsecSiteConnection"))] };
    expect(await problems(vanishing)).toEqual([expect.stringContaining("name-a (a) is gone")]);
  });

  it("stores the last observed statuses and none of an unread connection", async () => {
    const { context } = aCloudOf({ a: ["ERROR"], b: [refused], c: [], d: ["PENDING_CREATE"] });
    const left: unknown = await updateConnectionsReady(context, STATE_ID, {
      ids: ["a", "b", "c", "d"],
    }).catch((error: unknown) => error);
    expect(left).toBeInstanceOf(PartialFailureError);
    expect(left).toMatchObject({
      id: STATE_ID,
      properties: { statuses: { a: "ERROR", d: "PENDING_CREATE" } },
    });
  });
});

describe("ConnectionsReady: an update", () => {
  it("returns the inputs with the awaited statuses", async () => {
    const { context } = aCloudOf({ a: ["PENDING_UPDATE", "ACTIVE"] });
    expect(await updateConnectionsReady(context, STATE_ID, { ids: ["a"] })).toEqual({
      ids: ["a"],
      statuses: { a: "ACTIVE" },
    });
  });

  it("waits until the timeout of timeouts.update", async () => {
    const { context, clock } = aCloudOf({ a: ["PENDING_UPDATE"] });
    const begin = clock.now();
    const inputs = { ids: ["a"], timeouts: { create: "1h", update: "20s" } };
    await expect(updateConnectionsReady(context, STATE_ID, inputs)).rejects.toThrow("after 20s");
    expect(clock.now() - begin).toBe(20_000);
  });
});

describe("ConnectionsReady: a read", () => {
  it("omits connections that are not found and inputs that were never set", async () => {
    const { context } = aCloudOf({ a: ["DOWN"], b: [{ status: "DOWN", admin_state_up: false }] });
    const state = { ids: ["a", "b", "c"], statuses: { c: "ACTIVE" }, waitFor: "active" };
    expect(await readConnectionsReady(context, state)).toEqual({
      inputs: { ids: ["a", "b", "c"], waitFor: "active" },
      outputs: {
        ids: ["a", "b", "c"],
        waitFor: "active",
        statuses: { a: "DOWN", b: "DOWN" },
        switchedOff: ["b"],
      },
    });
  });

  it("fails if a connection cannot be read", async () => {
    const { context } = aCloudOf({ a: [new Error("no answer")] });
    await expect(readConnectionsReady(context, { ids: ["a"] })).rejects.toThrow("no answer");
  });
});

describe("ConnectionsReady: a diff", () => {
  /** The diff of a resource whose state shows `a` as ready by default. */
  async function compared(
    looks: Readonly<Record<string, Looks>> | Error,
    state: Values = { statuses: { a: "ACTIVE" } },
    inputs: Values = {},
    ownership = new OwnershipRegistry(),
  ) {
    const { context, lines } = aCloudOf(looks instanceof Error ? {} : looks);
    let asked = 0;
    const changes = await diffConnectionsReady(
      {
        dialect: "neutron" as const,
        project: "network",
        ownership,
        log: context.log,
        context: () => {
          asked += 1;
          return looks instanceof Error ? Promise.reject(looks) : Promise.resolve(context);
        },
      },
      STATE_ID,
      { ids: ["a"], ...inputs, ...state },
      { ids: ["a"], ...inputs },
    );
    return { ...changes, asked, lines };
  }

  it.each<[string, string, boolean, Looks]>([
    ["is ACTIVE", "settled", false, ["ACTIVE"]],
    ["is DOWN", "settled", false, ["DOWN"]],
    ["is DOWN", "active", true, ["DOWN"]],
    ["is pending", "settled", true, ["PENDING_UPDATE"]],
    ["is being built", "settled", true, ["BUILD"]],
    ["is in ERROR", "settled", true, ["ERROR"]],
    ["is in ERROR", "active", true, ["ERROR"]],
    ["is gone", "settled", true, []],
    ["is switched off", "active", false, [{ status: "ERROR", admin_state_up: false }]],
  ])("with a connection that %s and waitFor %s reports a change: %s", async (...row) => {
    const [, waitFor, isChanged, a] = row;
    expect((await compared({ a }, undefined, { waitFor })).changes).toBe(isChanged);
  });

  it("finds a connection that is not ready among ready ones", async () => {
    const state = { statuses: { a: "ACTIVE", b: "ACTIVE" } };
    const cloud = { a: ["ACTIVE"], b: ["ERROR"] };
    expect((await compared(cloud, state, { ids: ["a", "b"] })).changes).toBe(true);
  });

  it("reports a change if the cloud cannot be read, with the reason", async () => {
    const { changes, lines } = await compared(new Error("no answer"));
    expect(changes).toBe(true);
    expect(lines).toEqual([
      `ConnectionsReady ${STATE_ID} could not check whether its connections are ready (no answer); the next \`pulumi up\` checks again.`,
    ]);
    expect((await compared({ a: [new Error("no answer")] })).changes).toBe(true);
  });

  it("logs an unknown readiness once although the server words its errors differently", async () => {
    const { context, lines } = aCloudOf({});
    const reasons = ["no answer", "502 Bad Gateway"];
    const environment = {
      dialect: "neutron" as const,
      project: "network",
      ownership: new OwnershipRegistry(),
      log: context.log,
      context: () => Promise.reject(new Error(reasons.shift())),
    };
    const state = { ids: ["a"], statuses: { a: "ACTIVE" } };
    for (const id of [STATE_ID, STATE_ID]) {
      await diffConnectionsReady(environment, id, state, { ids: ["a"] });
    }
    expect(reasons).toEqual([]);
    expect(lines).toEqual([expect.stringContaining("(no answer)")]);
  });

  it("sends no request if this run changes a connection anyway, or if there is no connection", async () => {
    const ownership = new OwnershipRegistry();
    ownership.willChange("a");
    expect(await compared({}, undefined, {}, ownership)).toMatchObject({ changes: true, asked: 0 });
    expect(await compared({}, {}, { ids: [] })).toMatchObject({ changes: false, asked: 0 });
  });

  it("reports a change without a request if the state does not match the new inputs", async () => {
    const state = { statuses: { a: "DOWN" }, waitFor: "settled" };
    expect(await compared({ a: ["ACTIVE"] }, state, { waitFor: "active" })).toMatchObject({
      changes: true,
      asked: 0,
    });
  });

  it("reports a change without a request if only timeouts changed", async () => {
    const inputs = { timeouts: { update: "20m" } };
    const state = { statuses: { a: "ACTIVE" }, timeouts: undefined };
    expect(await compared({ a: ["ACTIVE"] }, state, inputs)).toMatchObject({
      changes: true,
      asked: 0,
    });
  });

  it("replaces the resource create-first if its cloud changes", async () => {
    const inputs = { cloud: "another", timeouts: { update: "20m" } };
    const state = { statuses: { a: "ACTIVE" }, cloud: undefined, timeouts: undefined };
    expect(await compared({ a: ["ACTIVE"] }, state, inputs)).toMatchObject({
      replaces: ["cloud"],
      deleteBeforeReplace: false,
    });
  });

  it("prints nothing about a deleted connection", async () => {
    expect(await compared({})).toMatchObject({ changes: true, asked: 1, lines: [] });
  });

  it("counts a disabled connection of the state as ready, for any status", async () => {
    const state = { statuses: { a: "ERROR" }, switchedOff: ["a"] };
    const cloud = { a: [{ status: "ERROR", admin_state_up: false }] };
    expect(await compared(cloud, state)).toMatchObject({ changes: false, asked: 1 });
  });

  it("ignores a value that is not an id", async () => {
    const state = { statuses: { a: "ACTIVE" } };
    expect(await compared({ a: ["ACTIVE"] }, state, { ids: ["a", null] })).toMatchObject({
      changes: false,
      lines: [],
    });
  });

  it.each([undefined, "all", { a: 5 }, ["ACTIVE"], { a: "ERROR" }])(
    "reports a change without a request if the statuses of the state are %j",
    async (statuses) => {
      const state = { statuses };
      expect(await compared({ a: ["ACTIVE"] }, state)).toMatchObject({ changes: true, asked: 0 });
    },
  );
});
