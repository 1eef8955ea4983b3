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

/** The results of successive reads of a connection; the last one repeats. */
type Reads = readonly (Values | Error)[];

/** A wait for those connections, by id, in a cloud with those results. */
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

describe("a wait for many connections of which some end in DOWN", () => {
  const cloud = {
    a: shows("DOWN"),
    b: shows("DOWN"),
    c: shows("ACTIVE"),
    d: [{ status: "DOWN", admin_state_up: false }],
  };

  it("names the enabled ones in one line and prints the checklist", async () => {
    const { create, lines } = waitingFor(cloud);
    await create();
    expect(lines).toEqual([
      "2 of 4 connections are DOWN: name-a (a), name-b (b).",
      CONNECTION.downChecklist!("neutron"),
    ]);
  });

  it("prints only that line for a resource type without a checklist", async () => {
    const { create, lines } = waitingFor(cloud, WITHOUT_CHECKLIST);
    await create();
    expect(lines).toEqual(["2 of 4 connections are DOWN: name-a (a), name-b (b)."]);
  });

  it("names no failed connection in that line", async () => {
    const { create, lines } = waitingFor({ a: shows("DOWN"), b: shows("ACTIVE") });
    await expect(create("active")).rejects.toThrow("is not ACTIVE after 2m00s");
    expect(lines).toEqual([]);
  });
});

describe("connections that are late", () => {
  it("in DOWN cause the advice of the checklist", async () => {
    const { create } = waitingFor({ a: shows("DOWN") });
    await expect(create("active")).rejects.toThrow(
      `1 of 1 connections is not ACTIVE after 2m00s: name-a (a) is DOWN. ${CONNECTION.downChecklist!("neutron")}`,
    );
  });

  it.each([
    ["in DOWN, without a checklist,", "DOWN", WITHOUT_CHECKLIST],
    ["in a pending status", "PENDING_CREATE", CONNECTION],
    ["in a pending status, without a checklist,", "BUILD", WITHOUT_CHECKLIST],
  ])("%s cause the advice to raise timeouts", async (_what, status, resource) => {
    const { create } = waitingFor({ a: shows(status) }, resource);
    await expect(create("active")).rejects.toThrow(
      `1 of 1 connections is not ACTIVE after 2m00s: name-a (a) is ${status}. ${GOES_ON}`,
    );
  });
});

it("the error about connections in ERROR advises checks and how to create another connection", async () => {
  const { create } = waitingFor({ a: shows("ERROR") });
  await expect(create()).rejects.toThrow(
    /check that networks and peers can be reached from the router.* The next `pulumi up` checks again; `pulumi up --replace <urn>` creates another connection\.$/,
  );
});

it.each<[string, string[], string | undefined]>([
  ["names no other id for one connection", ["a"], undefined],
  ["adds one id for two connections", ["a", "b"], " The same goes for b."],
  ["adds every other id for three connections", ["a", "b", "c"], " The same goes for b, c."],
])("the error about a deleted connection %s", async (_what, ids, rest) => {
  const { create } = waitingFor(Object.fromEntries(ids.map((id) => [id, [GONE]])));
  const error = (await create().catch((one: unknown) => one)) as Error;
  expect(error.message).toMatch(/^IpsecSiteConnection a is gone/);
  expect(error.message.split("(not found)")[1]).toBe(rest ?? "");
});

it("a connection whose name is secret appears only with its id in the error", async () => {
  const { context, create } = waitingFor({ a: shows("ERROR") });
  context.ownership.hideName("a");
  await expect(create()).rejects.toThrow(/^1 of 1 connections is in status ERROR: a\. /);
});

describe("the statuses in the state after a failed wait", () => {
  it("lack a connection that was deleted during the wait", async () => {
    const { update } = waitingFor({ a: [{ status: "PENDING_CREATE" }, GONE], b: shows("ACTIVE") });
    const error: unknown = await update().catch((one: unknown) => one);
    expect(error).toHaveProperty("properties.statuses", { b: "ACTIVE" });
  });

  it("include the first observed status of a connection in ERROR that cannot be read again", async () => {
    const forbidden = new ApiError("forbidden", { status: 403, method: "GET", path: "/" });
    const { update } = waitingFor({ a: [{ status: "ERROR" }, forbidden] });
    await expect(update()).rejects.toMatchObject({ properties: { statuses: { a: "ERROR" } } });
  });
});

it("a connection without read permission is read only once", async () => {
  const forbidden = new ApiError("forbidden", { status: 403, method: "GET", path: "/" });
  const { create, get } = waitingFor({ a: [forbidden] });
  await expect(create()).rejects.toThrow("1 of 1 connections is of unknown status: a. forbidden");
  expect(get).toHaveBeenCalledTimes(1);
});
