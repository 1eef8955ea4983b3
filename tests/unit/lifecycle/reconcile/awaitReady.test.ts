import { ApiError } from "../../../../provider/errors";
import {
  createConnectionsReady,
  updateConnectionsReady,
} from "../../../../provider/lifecycle/operations/connectionsReady";
import type { Values } from "../../../../provider/schema/resourceType";
import { aContext, aLiveConnection, notFound } from "../../support/givenContext";
import { resourceOf } from "../../support/kinds";

const CONNECTION = resourceOf("IpsecSiteConnection");
const { downChecklist: _none, ...WITHOUT_CHECKLIST } = CONNECTION;
const GONE = notFound(CONNECTION.definition);
const TIMEOUTS = { create: "2m", update: "2m" };
const GOES_ON =
  "The next `pulumi up` continues to wait. Raise timeouts, or ask the cloud's operator whether its VPN agent runs.";

/** What the reads of a connection find, one after the other; the last one repeats. */
type Reads = readonly (Values | Error)[];

/** A wait for those connections, by id, in a cloud that answers so. */
function waitingFor(connections: Readonly<Record<string, Reads>>, resource = CONNECTION) {
  const left = new Map(Object.entries(connections).map(([id, reads]) => [id, [...reads]]));
  const get = jest.fn((_place: unknown, id: string) => {
    const reads = left.get(id)!;
    const now = reads.length > 1 ? reads.shift()! : reads[0]!;
    if (now instanceof Error) return Promise.reject(now);
    return Promise.resolve(aLiveConnection({ id, name: `name-${id}`, ...now }));
  });
  const { context, lines } = aContext({ get }, { resource });
  const inputs = (waitFor: string) => ({ ids: [...left.keys()], waitFor, timeouts: TIMEOUTS });
  return {
    context,
    get,
    lines,
    create: (waitFor = "settled") => createConnectionsReady(context, inputs(waitFor)),
    update: (waitFor = "settled") => updateConnectionsReady(context, "ready", inputs(waitFor)),
  };
}

const shows = (status: string): Reads => [{ status }];

describe("a wait for many connections that ends with some of them DOWN", () => {
  const cloud = {
    a: shows("DOWN"),
    b: shows("DOWN"),
    c: shows("ACTIVE"),
    d: [{ status: "DOWN", admin_state_up: false }],
  };

  it("names in one line those that are DOWN and switched on, and says what to check", async () => {
    const { create, lines } = waitingFor(cloud);
    await create();
    expect(lines).toEqual([
      "2 of 4 connections are DOWN: name-a (a), name-b (b).",
      CONNECTION.downChecklist!("neutron"),
    ]);
  });

  it("says no more than that of a kind that has nothing to check", async () => {
    const { create, lines } = waitingFor(cloud, WITHOUT_CHECKLIST);
    await create();
    expect(lines).toEqual(["2 of 4 connections are DOWN: name-a (a), name-b (b)."]);
  });

  it("does not name among them one that failed", async () => {
    const { create, lines } = waitingFor({ a: shows("DOWN"), b: shows("ACTIVE") });
    await expect(create("active")).rejects.toThrow("is not ACTIVE after 2m00s");
    expect(lines).toEqual([]);
  });
});

describe("connections that are late", () => {
  it("at DOWN bring the advice to check what a tunnel needs", async () => {
    const { create } = waitingFor({ a: shows("DOWN") });
    await expect(create("active")).rejects.toThrow(
      `1 of 1 connections is not ACTIVE after 2m00s: name-a (a) is DOWN. ${CONNECTION.downChecklist!("neutron")}`,
    );
  });

  it.each([
    ["at DOWN, of a kind that has nothing to check,", "DOWN", WITHOUT_CHECKLIST],
    ["at a pending status", "PENDING_CREATE", CONNECTION],
    ["at a pending status, of a kind that has nothing to check,", "BUILD", WITHOUT_CHECKLIST],
  ])("%s bring the advice to raise timeouts", async (_what, status, resource) => {
    const { create } = waitingFor({ a: shows(status) }, resource);
    await expect(create("active")).rejects.toThrow(
      `1 of 1 connections is not ACTIVE after 2m00s: name-a (a) is ${status}. ${GOES_ON}`,
    );
  });
});

it("an error about connections in ERROR says what to check and how to make another one", async () => {
  const { create } = waitingFor({ a: shows("ERROR") });
  await expect(create()).rejects.toThrow(
    /check that networks and peers can be reached from the router.* The next `pulumi up` checks again; `pulumi up --replace <urn>` creates another connection\.$/,
  );
});

it.each<[string, string[], string | undefined]>([
  ["says nothing of others where one connection is", ["a"], undefined],
  ["adds one id where two connections are", ["a", "b"], " The same goes for b."],
  ["adds every other id where three connections are", ["a", "b", "c"], " The same goes for b, c."],
])("an error %s gone", async (_what, ids, rest) => {
  const { create } = waitingFor(Object.fromEntries(ids.map((id) => [id, [GONE]])));
  const error = (await create().catch((one: unknown) => one)) as Error;
  expect(error.message).toMatch(/^IpsecSiteConnection a is gone/);
  expect(error.message.split("(not found)")[1]).toBe(rest ?? "");
});

it("a connection whose name is secret is named by its id alone", async () => {
  const { context, create } = waitingFor({ a: shows("ERROR") });
  context.ownership.hideName("a");
  await expect(create()).rejects.toThrow(/^1 of 1 connections is in status ERROR: a\. /);
});

describe("the statuses that a failed wait leaves in the state", () => {
  it("lack a connection that vanished while it was waited for", async () => {
    const { update } = waitingFor({ a: [{ status: "PENDING_CREATE" }, GONE], b: shows("ACTIVE") });
    const error: unknown = await update().catch((one: unknown) => one);
    expect(error).toHaveProperty("properties.statuses", { b: "ACTIVE" });
  });

  it("keep what was seen first where a connection in ERROR cannot be read again", async () => {
    const forbidden = new ApiError("forbidden", { status: 403, method: "GET", path: "/" });
    const { update } = waitingFor({ a: [{ status: "ERROR" }, forbidden] });
    await expect(update()).rejects.toMatchObject({ properties: { statuses: { a: "ERROR" } } });
  });
});

it("a connection that may not be read is asked for once", async () => {
  const forbidden = new ApiError("forbidden", { status: 403, method: "GET", path: "/" });
  const { create, get } = waitingFor({ a: [forbidden] });
  await expect(create()).rejects.toThrow("1 of 1 connections is of unknown status: a. forbidden");
  expect(get).toHaveBeenCalledTimes(1);
});
