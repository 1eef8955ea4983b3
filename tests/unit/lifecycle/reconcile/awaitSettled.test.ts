import type { Kind, Values } from "../../../../provider/schema/resourceType";
import type { ResourceBehavior } from "../../../../provider/lifecycle/core/resource";
import { awaitSettled, sharedPolling } from "../../../../provider/lifecycle/reconcile/awaitStatus";
import { aConnection, SERVICE_ID } from "../../support/builders";
import { aWire, checkedInputs, resourceOf } from "../../support/kinds";
import { aContext, aLiveConnection } from "../../support/givenContext";

/** A wait after a PUT that shows those statuses one after the other; the last one repeats. */
function aWait(
  statuses: readonly string[],
  waitFor: string,
  seconds: number,
  resource = resourceOf("IpsecSiteConnection"),
) {
  const left = [...statuses];
  const get = jest.fn(() => {
    const status = left.length > 1 ? left.shift() : left[0];
    return Promise.resolve(aLiveConnection({ status }));
  });
  const { context, clock } = aContext({ get }, { resource });
  const within = { ...context, deadline: clock.now() + seconds * 1_000 };
  const done = { live: aLiveConnection({ status: statuses[0] }), changedAt: clock.now() };
  const run = () => awaitSettled(within, aConnection({ waitFor }), done);
  return { get, clock, begin: clock.now(), run };
}

it.each(["accepted", "settled"])("reads once more after a PUT with waitFor %s", async (waitFor) => {
  const { get, run } = aWait(["ACTIVE"], waitFor, 600);
  expect(await run()).toMatchObject({ status: "ACTIVE" });
  expect(get).toHaveBeenCalledTimes(1);
});

it("believes an ACTIVE that was there before the PUT 65 seconds after it, and not later", async () => {
  const { clock, begin, run } = aWait(["ACTIVE"], "active", 600);
  await run();
  expect(clock.now() - begin).toBe(65_000);
});

it("believes an ACTIVE that comes after another status at once", async () => {
  const { clock, begin, run } = aWait(["ACTIVE", "DOWN", "ACTIVE"], "active", 600);
  await run();
  expect(clock.now() - begin).toBeLessThan(5_000);
});

describe("a wait whose time is up", () => {
  it.each([
    ["active", "ACTIVE"],
    ["settled", "ERROR"],
  ])("with waitFor %s at an unconfirmed %s asks for more than 65 s", async (waitFor, status) => {
    const { run } = aWait([status], waitFor, 60);
    await expect(run()).rejects.toThrow(/as old as a minute.*more than 65s/);
  });

  it("ends then, though an unconfirmed ACTIVE would be believed later", async () => {
    const { clock, begin, run } = aWait(["ACTIVE"], "active", 62);
    await expect(run()).rejects.toThrow("Waited 1m02s");
    expect(clock.now() - begin).toBe(62_000);
  });

  it("at DOWN, of a kind that has nothing to check, names timeouts", async () => {
    const { downChecklist: _none, ...resource } = resourceOf("IpsecSiteConnection");
    const { run } = aWait(["DOWN"], "active", 120, resource);
    await expect(run()).rejects.toThrow(/still DOWN\. It is kept in the state.* Raise timeouts/);
  });

  it("with waitFor active at an unconfirmed ACTIVE does not tell what a tunnel lacks", async () => {
    await expect(aWait(["ACTIVE"], "active", 60).run()).rejects.toThrow(/^(?!.*UDP 500)/s);
  });

  it("with waitFor active at DOWN tells what to check", async () => {
    await expect(aWait(["DOWN"], "active", 120).run()).rejects.toThrow(/still DOWN[^]*UDP 500/);
  });

  it.each(["active", "settled"])(
    "with waitFor %s at a pending status names timeouts",
    async (one) => {
      const { run } = aWait(["PENDING_UPDATE"], one, 120);
      await expect(run()).rejects.toThrow(/still PENDING_UPDATE.*Raise timeouts/);
    },
  );
});

/** A wait after a POST that showed the first of those statuses; then come the others. */
function afterPost(statuses: readonly string[], waitFor = "settled", resource?: ResourceBehavior) {
  const [first, ...left] = statuses;
  const get = jest.fn(() => Promise.resolve(aLiveConnection({ status: left.shift() ?? first })));
  const { context, lines } = aContext({ get }, resource && { resource });
  const live = aLiveConnection({ status: first });
  const run = () => awaitSettled(context, aConnection({ waitFor }), { live });
  return { get, lines, live, run };
}

describe("after a POST", () => {
  it.each(["settled", "active"])("an answer that is the end already stands (%s)", async (one) => {
    const { get, live, run } = afterPost(["ACTIVE"], one);
    expect(await run()).toBe(live);
    expect(get).not.toHaveBeenCalled();
  });

  it("acceptance is enough where nothing else is waited for", async () => {
    const { get, live, run } = afterPost(["PENDING_CREATE"], "accepted");
    expect(await run()).toBe(live);
    expect(get).not.toHaveBeenCalled();
  });

  it("DOWN is no end where ACTIVE is waited for", async () => {
    const { run } = afterPost(["PENDING_CREATE", "DOWN", "ACTIVE"], "active");
    expect(await run()).toMatchObject({ status: "ACTIVE" });
  });

  it.each(["settled", "active"])("ERROR is believed at once, and says it all (%s)", async (one) => {
    const { get, run } = afterPost(["PENDING_CREATE", "ERROR"], one);
    await expect(run()).rejects.toThrow(
      /^IpsecSiteConnection office \(.*\) ended in status ERROR\. The cloud accepted its settings.*check that its networks and its peer can be reached.*It is kept in the state, and the next `pulumi up` checks again; `pulumi up --replace <urn>` creates another one/,
    );
    expect(get).toHaveBeenCalledTimes(1);
  });

  it.each<[Kind, number]>([
    ["IkePolicy", 0],
    ["EndpointGroup", 0],
    ["VpnService", 1],
  ])("a %s is read %d times more", async (kind, times) => {
    const live = aWire(kind);
    const get = jest.fn(() => Promise.resolve(live));
    const { context } = aContext({ get }, { resource: resourceOf(kind) });
    await awaitSettled(context, checkedInputs(kind), { live });
    expect(get).toHaveBeenCalledTimes(times);
  });
});

describe("what is said of the end", () => {
  it("is DOWN, and what to check", async () => {
    const { lines, run } = afterPost(["PENDING_CREATE", "DOWN"]);
    await run();
    expect(lines).toEqual([
      expect.stringMatching(/^IpsecSiteConnection office \(.*\) is DOWN\.$/),
      expect.stringContaining("UDP 500"),
    ]);
  });

  it("is DOWN alone of a kind that has nothing to check", async () => {
    const { downChecklist: _none, ...resource } = resourceOf("IpsecSiteConnection");
    const { lines, run } = afterPost(["DOWN"], "settled", resource);
    await run();
    expect(lines).toEqual([expect.stringMatching(/ is DOWN\.$/)]);
  });

  it("is nothing where it is ACTIVE", async () => {
    const { lines, run } = afterPost(["PENDING_CREATE", "ACTIVE"]);
    await run();
    expect(lines).toEqual([]);
  });
});

it.each([
  ["settled", "to settle"],
  ["active", "to become ACTIVE"],
])("says with waitFor %s that it waited for the connection %s", async (waitFor, goal) => {
  const { run } = aWait(["PENDING_UPDATE"], waitFor, 120);
  await expect(run()).rejects.toThrow(` ${goal}, but it is still PENDING_UPDATE. It is kept in`);
});

describe("the poll that all waits for one kind share", () => {
  const poll = { status: "BUILD", since: 1, until: 2 };

  /** What a wait for an object asks of the poller of its kind. */
  async function polledFor(kind: Kind, values: Values) {
    const nextPoll = jest.fn(() => Promise.resolve());
    const poller = jest.fn(() => ({ nextPoll }));
    const { context } = aContext({ poller } as object, { resource: resourceOf(kind) });
    await sharedPolling(context, "f7cf", values)(poll);
    expect(poller).toHaveBeenCalledWith(resourceOf(kind).definition);
    return nextPoll;
  }

  it("can be narrowed to the connections of the same VPN service", async () => {
    expect(await polledFor("IpsecSiteConnection", aConnection())).toHaveBeenCalledWith({
      id: "f7cf",
      among: ["vpnservice_id", SERVICE_ID],
      ...poll,
    });
  });

  it.each<[string, Kind, Values]>([
    ["of a connection whose service is not known", "IpsecSiteConnection", {}],
    ["of a kind that refers to no service", "IkePolicy", { name: "office" }],
  ])("is not narrowed %s", async (_what, kind, values) => {
    expect(await polledFor(kind, values)).toHaveBeenCalledWith({
      id: "f7cf",
      among: undefined,
      ...poll,
    });
  });
});
