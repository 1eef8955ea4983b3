import type { Kind, Values } from "../../../../provider/schema/resourceType";
import type { ResourceBehavior } from "../../../../provider/lifecycle/core/resource";
import { awaitSettled, sharedPolling } from "../../../../provider/lifecycle/reconcile/awaitStatus";
import { aConnection, SERVICE_ID } from "../../support/builders";
import { aWire, checkedInputs, resourceOf } from "../../support/kinds";
import { aContext, aLiveConnection } from "../../support/givenContext";

/** A wait after a PUT with those successive statuses; the last one repeats. */
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

it.each(["accepted", "settled"])(
  "a wait after a PUT reads the object once more with waitFor %s",
  async (waitFor) => {
    const { get, run } = aWait(["ACTIVE"], waitFor, 600);
    expect(await run()).toMatchObject({ status: "ACTIVE" });
    expect(get).toHaveBeenCalledTimes(1);
  },
);

it("a wait after a PUT accepts an unchanged ACTIVE exactly 65 seconds later", async () => {
  const { clock, begin, run } = aWait(["ACTIVE"], "active", 600);
  await run();
  expect(clock.now() - begin).toBe(65_000);
});

it("a wait after a PUT accepts an ACTIVE after another status at once", async () => {
  const { clock, begin, run } = aWait(["ACTIVE", "DOWN", "ACTIVE"], "active", 600);
  await run();
  expect(clock.now() - begin).toBeLessThan(5_000);
});

it.each(["settled", "active"])(
  "a wait after a PUT with waitFor %s fails at an unchanged ERROR exactly 65 seconds later",
  async (waitFor) => {
    const { clock, begin, run } = aWait(["ERROR"], waitFor, 600);
    await expect(run()).rejects.toThrow("ended in status ERROR");
    expect(clock.now() - begin).toBe(65_000);
  },
);

it.each(["settled", "active"])(
  "a wait after a PUT with waitFor %s fails at an ERROR after another status at once",
  async (waitFor) => {
    const { clock, begin, run } = aWait(["ERROR", "BUILD", "ERROR"], waitFor, 600);
    await expect(run()).rejects.toThrow("ended in status ERROR");
    expect(clock.now() - begin).toBeLessThan(5_000);
  },
);

describe("a wait after its timeout", () => {
  it.each([
    ["active", "ACTIVE"],
    ["settled", "ERROR"],
  ])("with waitFor %s at an unconfirmed %s advises more than 65 s", async (waitFor, status) => {
    const { run } = aWait([status], waitFor, 60);
    await expect(run()).rejects.toThrow(/as old as a minute.*more than 65s/);
  });

  it("ends then, even if an unconfirmed ACTIVE would count later", async () => {
    const { clock, begin, run } = aWait(["ACTIVE"], "active", 62);
    await expect(run()).rejects.toThrow("Waited 1m02s");
    expect(clock.now() - begin).toBe(62_000);
  });

  it("at DOWN, without a checklist, advises to raise timeouts", async () => {
    const { downChecklist: _none, ...resource } = resourceOf("IpsecSiteConnection");
    const { run } = aWait(["DOWN"], "active", 120, resource);
    await expect(run()).rejects.toThrow(/still DOWN\. It is kept in the state.* Raise timeouts/);
  });

  it("with waitFor active at an unconfirmed ACTIVE prints no checklist", async () => {
    await expect(aWait(["ACTIVE"], "active", 60).run()).rejects.toThrow(/^(?!.*UDP 500)/s);
  });

  it("with waitFor active at DOWN prints the checklist", async () => {
    await expect(aWait(["DOWN"], "active", 120).run()).rejects.toThrow(/still DOWN[^]*UDP 500/);
  });

  it.each(["active", "settled"])(
    "with waitFor %s at a pending status advises to raise timeouts",
    async (one) => {
      const { run } = aWait(["PENDING_UPDATE"], one, 120);
      await expect(run()).rejects.toThrow(/still PENDING_UPDATE.*Raise timeouts/);
    },
  );
});

/** A wait after a POST that showed the first of those statuses; the reads show the others. */
function afterPost(statuses: readonly string[], waitFor = "settled", resource?: ResourceBehavior) {
  const [first, ...left] = statuses;
  const get = jest.fn(() => Promise.resolve(aLiveConnection({ status: left.shift() ?? first })));
  const { context, lines } = aContext({ get }, resource && { resource });
  const live = aLiveConnection({ status: first });
  const run = () => awaitSettled(context, aConnection({ waitFor }), { live });
  return { get, lines, live, run };
}

describe("a wait after a POST", () => {
  it.each(["settled", "active"])("accepts a response with the awaited status (%s)", async (one) => {
    const { get, live, run } = afterPost(["ACTIVE"], one);
    expect(await run()).toBe(live);
    expect(get).not.toHaveBeenCalled();
  });

  it("accepts any response with waitFor accepted", async () => {
    const { get, live, run } = afterPost(["PENDING_CREATE"], "accepted");
    expect(await run()).toBe(live);
    expect(get).not.toHaveBeenCalled();
  });

  it("does not end at DOWN with waitFor active", async () => {
    const { run } = afterPost(["PENDING_CREATE", "DOWN", "ACTIVE"], "active");
    expect(await run()).toMatchObject({ status: "ACTIVE" });
  });

  it.each(["settled", "active"])("ends at ERROR at once with its advice (%s)", async (one) => {
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
  ])("reads a %s %d more times", async (kind, times) => {
    const live = aWire(kind);
    const get = jest.fn(() => Promise.resolve(live));
    const { context } = aContext({ get }, { resource: resourceOf(kind) });
    await awaitSettled(context, checkedInputs(kind), { live });
    expect(get).toHaveBeenCalledTimes(times);
  });

  it("fails for a VPN service in ERROR, with its advice", async () => {
    const live = aWire("VpnService", { status: "ERROR" });
    const get = () => Promise.resolve(live);
    const { context } = aContext({ get }, { resource: resourceOf("VpnService") });
    await expect(awaitSettled(context, checkedInputs("VpnService"), { live })).rejects.toThrow(
      /^VpnService office \(.*\) ended in status ERROR\. The cloud accepted its settings/,
    );
  });
});

describe("the lines after a wait", () => {
  it("report DOWN and the checklist", async () => {
    const { lines, run } = afterPost(["PENDING_CREATE", "DOWN"]);
    await run();
    expect(lines).toEqual([
      expect.stringMatching(/^IpsecSiteConnection office \(.*\) is DOWN\.$/),
      expect.stringContaining("UDP 500"),
    ]);
  });

  it("report only DOWN for a resource type without a checklist", async () => {
    const { downChecklist: _none, ...resource } = resourceOf("IpsecSiteConnection");
    const { lines, run } = afterPost(["DOWN"], "settled", resource);
    await run();
    expect(lines).toEqual([expect.stringMatching(/ is DOWN\.$/)]);
  });

  it("are absent after ACTIVE", async () => {
    const { lines, run } = afterPost(["PENDING_CREATE", "ACTIVE"]);
    await run();
    expect(lines).toEqual([]);
  });
});

it.each([
  ["settled", "to settle"],
  ["active", "to become ACTIVE"],
])("a wait with waitFor %s reports that it waited for the connection %s", async (waitFor, goal) => {
  const { run } = aWait(["PENDING_UPDATE"], waitFor, 120);
  await expect(run()).rejects.toThrow(` ${goal}, but it is still PENDING_UPDATE. It is kept in`);
});

describe("the poll that all waits for one resource type share", () => {
  const poll = { status: "BUILD", since: 1, until: 2 };

  /** The request of a wait for an object to the poller of its type. */
  async function polledFor(kind: Kind, values: Values) {
    const nextPoll = jest.fn(() => Promise.resolve());
    const poller = jest.fn(() => ({ nextPoll }));
    const { context } = aContext({ poller } as object, { resource: resourceOf(kind) });
    await sharedPolling(context, "f7cf", values)(poll);
    expect(poller).toHaveBeenCalledWith(resourceOf(kind).definition);
    return nextPoll;
  }

  it("can be limited to the connections of the same VPN service", async () => {
    expect(await polledFor("IpsecSiteConnection", aConnection())).toHaveBeenCalledWith({
      id: "f7cf",
      among: ["vpnservice_id", SERVICE_ID],
      ...poll,
    });
  });

  it.each<[string, Kind, Values]>([
    ["of a connection whose service is not known", "IpsecSiteConnection", {}],
    ["of a resource type without a service", "IkePolicy", { name: "office" }],
  ])("is not limited for a wait %s", async (_what, kind, values) => {
    expect(await polledFor(kind, values)).toHaveBeenCalledWith({
      id: "f7cf",
      among: undefined,
      ...poll,
    });
  });
});
