import { CanceledError, VpnaasError } from "../../../../provider/errors";
import { OwnershipRegistry } from "../../../../provider/lifecycle/core/ownership";
import {
  InterruptionNotices,
  plannedStep,
  type PlannedChange,
} from "../../../../provider/lifecycle/operations/interruptions";
import { CloudFacts } from "../../../../provider/lifecycle/preflight/facts";
import { Log } from "../../../../provider/log";
import { autoName } from "../../../../provider/model/autoName";
import { UNKNOWN } from "../../../../provider/model/unknowns";
import { ikePolicy } from "../../../../provider/resources/ikePolicy";
import { ipsecSiteConnection } from "../../../../provider/resources/ipsecSiteConnection";
import { vpnService } from "../../../../provider/resources/vpnService";
import { cloudResourceType } from "../../../../provider/schema/resourceType";
import { aCloud, aUser } from "../../support/givenContext";
import { checkedInputs } from "../../support/kinds";

const SERVICE = "service-id";

/** Notices beside a cloud whose service has connections of those names; their ids end in `-id`. */
function noticesWith(...names: readonly string[]) {
  const lines: string[] = [];
  const ownership = new OwnershipRegistry();
  const cloud = aCloud("VpnService", {
    IpsecSiteConnection: [
      ...names.map((name) => aUser({ vpnservice_id: SERVICE }, name)),
      aUser({ vpnservice_id: "another" }, "elsewhere"),
    ],
  });
  const { client, clock } = cloud.context;
  const open = jest.fn(() => Promise.resolve(new CloudFacts(client, clock, ownership)));
  const notices = new InterruptionNotices(new Log((line) => lines.push(line)), ownership);
  const announce = (change: PlannedChange) => notices.announce(change, open);
  const create = (name: string, inputs = {}) => {
    const creation = { resource: ipsecSiteConnection, subject: `IpsecSiteConnection ${name}` };
    const given = { name, vpnServiceId: SERVICE, ...inputs };
    return notices.announceCreation({ ...creation, inputs: given }, open);
  };
  return { announce, cloud, create, lines, notices, open, ownership };
}

function connection(step: PlannedChange["step"], name = "a", next: string = SERVICE) {
  return {
    resource: ipsecSiteConnection,
    id: `${name}-id`,
    subject: `IpsecSiteConnection ${name}`,
    state: { vpnServiceId: SERVICE },
    inputs: { vpnServiceId: next },
    step,
  };
}

function service(step: PlannedChange["step"]) {
  const subject = "VpnService office";
  return { resource: vpnService, id: SERVICE, subject, state: {}, inputs: {}, step };
}

describe("the notice of a changed connection", () => {
  it("names all tunnels of its service", async () => {
    const { announce, lines } = noticesWith("a", "b");
    await announce(connection("update"));
    expect(lines).toEqual([
      "Changing IpsecSiteConnection a interrupts all tunnels of its VPN service for a moment: a, b.",
    ]);
  });

  it("names five tunnels and the number of the others", async () => {
    const { announce, lines } = noticesWith("a", "b", "c", "d", "e", "f", "g", "h");
    await announce(connection("update"));
    expect(lines[0]).toMatch(/: a, b, c, d, e and 3 more\.$/);
  });

  it("mentions its own tunnel alone if the service has no other", async () => {
    const { announce, lines } = noticesWith("a");
    await announce(connection("update"));
    expect(lines).toEqual(["Changing IpsecSiteConnection a interrupts its tunnel for a moment."]);
  });

  it("is printed once per service, with one list", async () => {
    const { announce, lines, open } = noticesWith("a", "b");
    await Promise.all(["a", "b"].map((name) => announce(connection("update", name))));
    expect([lines.length, open.mock.calls.length]).toEqual([1, 1]);
  });

  it("shows the id of a connection whose name is secret", async () => {
    const { announce, lines, ownership } = noticesWith("a", "b");
    ownership.hideName("b-id");
    await announce(connection("update"));
    expect(lines[0]).toMatch(/: a, b-id\.$/);
  });

  it("names no tunnels if the list fails", async () => {
    const { lines, notices } = noticesWith("a");
    await notices.announce(connection("update"), () => Promise.reject(new Error("no login")));
    expect(lines).toEqual([
      "Changing IpsecSiteConnection a interrupts all tunnels of its VPN service for a moment.",
    ]);
  });

  it("does not repeat a list that failed", async () => {
    const { announce, notices, open } = noticesWith("a");
    await notices.announce(connection("update"), () => Promise.reject(new Error("no login")));
    await announce(service("update"));
    expect(open).not.toHaveBeenCalled();
  });

  it("ends with a cancellation, after which the list is requested again", async () => {
    const { announce, lines, notices } = noticesWith("a");
    const canceled = CanceledError.unsent("a list");
    const announced = notices.announce(connection("update"), () => Promise.reject(canceled));
    await expect(announced).rejects.toBe(canceled);
    await announce(connection("update"));
    expect(lines).toHaveLength(1);
  });

  it("names its tunnels in the order of their names", async () => {
    const { announce, lines } = noticesWith("c", "a", "b");
    await announce(connection("update"));
    expect(lines[0]).toMatch(/: a, b, c\.$/);
  });

  it("sends no list if the type interrupts no tunnels", async () => {
    const { announce, open } = noticesWith("a");
    await announce({ ...connection("update"), resource: ikePolicy });
    expect(open).not.toHaveBeenCalled();
  });

  it("sends no list if the state has no VPN service", async () => {
    const { announce, open } = noticesWith("a");
    await announce({ ...connection("update"), state: {} });
    expect(open).not.toHaveBeenCalled();
  });

  it("lists the connections of each cloud", async () => {
    const { announce, open } = noticesWith("a");
    await announce(connection("update"));
    const state = { vpnServiceId: SERVICE, cloud: "another" };
    await announce({ ...connection("update"), state });
    expect(open).toHaveBeenCalledTimes(2);
  });

  it("uses the list that the preflight has read", async () => {
    const { announce, cloud, open } = noticesWith("a");
    const list = jest.spyOn(cloud.context.client, "list");
    const facts = await open();
    await facts.all("IpsecSiteConnection");
    open.mockResolvedValue(facts);
    await announce(connection("update"));
    expect(list).toHaveBeenCalledTimes(1);
  });

  it("names no tunnels if the cloud refuses the list", async () => {
    const { announce, cloud, lines } = noticesWith("a");
    jest.spyOn(cloud.context.client, "list").mockRejectedValue(new VpnaasError("403"));
    await announce(connection("update"));
    expect(lines).toEqual([
      "Changing IpsecSiteConnection a interrupts all tunnels of its VPN service for a moment.",
    ]);
  });

  it("is left out if nothing is sent", async () => {
    const { announce, lines, open } = noticesWith("a");
    await announce(connection(undefined));
    expect([lines, open.mock.calls]).toEqual([[], []]);
  });
});

describe("the notice of a replaced connection", () => {
  it("mentions that its tunnel is down while it is deleted first, and the other tunnels", async () => {
    const { announce, lines } = noticesWith("a", "b");
    await announce(connection("deleteFirst"));
    expect(lines).toEqual([
      "IpsecSiteConnection a is deleted before its successor is created: its tunnel is down meanwhile.",
      "Replacing IpsecSiteConnection a interrupts all other tunnels of its VPN service for a moment: b.",
    ]);
  });

  it("mentions only the other tunnels if its successor is created first", async () => {
    const { announce, lines } = noticesWith("a", "b");
    await announce(connection("createFirst"));
    expect(lines).toEqual([
      "Replacing IpsecSiteConnection a interrupts all other tunnels of its VPN service for a moment: b.",
    ]);
  });

  it("names the tunnels of the new service as well", async () => {
    const { announce, lines } = noticesWith("a", "b");
    await announce(connection("createFirst", "a", "another"));
    expect(lines[1]).toBe(
      "Replacing IpsecSiteConnection a interrupts all other tunnels of its new VPN service for a moment: elsewhere.",
    );
  });

  it("mentions each connection that is deleted first", async () => {
    const { announce, lines } = noticesWith("a", "b");
    await announce(connection("deleteFirst"));
    await announce(connection("deleteFirst", "b"));
    expect(lines.filter((line) => /its tunnel is down meanwhile/.test(line))).toHaveLength(2);
  });

  it("is left out for the other tunnels if there are none", async () => {
    const { announce, lines } = noticesWith("a");
    await announce(connection("createFirst"));
    expect(lines).toEqual([]);
  });

  it.each([[undefined], [SERVICE]])(
    "names the tunnels of its service once if its new one is %s",
    async (next) => {
      const { announce, lines, notices } = noticesWith("a", "b");
      const change = { ...connection("createFirst"), inputs: { vpnServiceId: next } };
      await announce(change);
      await notices.announce(change, () => Promise.reject(new Error("no login")));
      expect(lines).toHaveLength(1);
    },
  );

  it("does not mention a new service that is unknown, of which nothing was listed", async () => {
    const { lines, notices } = noticesWith();
    const change = connection("createFirst", "a", UNKNOWN);
    await notices.announce(change, () => Promise.reject(new Error("no login")));
    expect(lines).toEqual([
      "Replacing IpsecSiteConnection a interrupts all other tunnels of its VPN service for a moment.",
    ]);
  });

  it("does not mention a new service that is unknown", async () => {
    const { announce, lines } = noticesWith("a", "b");
    await announce(connection("createFirst", "a", UNKNOWN));
    expect(lines).toHaveLength(1);
  });
});

describe("the notice of a VPN service", () => {
  it("names all its tunnels when it is changed", async () => {
    const { announce, lines } = noticesWith("a", "b");
    await announce(service("update"));
    expect(lines).toEqual([
      "Changing VpnService office interrupts all its tunnels for a moment: a, b.",
    ]);
  });

  it("names the tunnels that are down when it is deleted first", async () => {
    const { announce, lines } = noticesWith("a", "b");
    await announce(service("deleteFirst"));
    expect(lines).toEqual([
      "VpnService office is deleted before its successor is created: its tunnels are down meanwhile: a, b.",
    ]);
  });

  it.each(["update", "deleteFirst"] as const)("is left out without tunnels (%s)", async (step) => {
    const { announce, lines } = noticesWith();
    await announce(service(step));
    expect(lines).toEqual([]);
  });

  it("is left out if its successor is created first, since its connections have their own", async () => {
    const { announce, lines } = noticesWith("a", "b");
    await announce(service("createFirst"));
    expect(lines).toEqual([]);
  });

  it("replaces the notice of its connections' interruptions", async () => {
    const { announce, lines } = noticesWith("a", "b");
    await announce(service("deleteFirst"));
    await announce(connection("deleteFirst", "a", UNKNOWN));
    expect(lines).toEqual([
      expect.stringMatching(/^VpnService office is deleted/),
      expect.stringMatching(/^IpsecSiteConnection a is deleted/),
    ]);
  });
});

describe("the notice of a new connection", () => {
  it("names all tunnels of its service", async () => {
    const { create, lines } = noticesWith("a", "b");
    await create("c");
    expect(lines).toEqual([
      "Creating IpsecSiteConnection c interrupts all tunnels of its VPN service for a moment: a, b.",
    ]);
  });

  it("is printed once for several, and not beside that of a change", async () => {
    const { announce, create, lines } = noticesWith("a", "b");
    await create("c");
    await create("d");
    await announce(connection("update"));
    expect(lines).toHaveLength(1);
  });

  it("leaves out the connections that the run replaces, whose successors it may be one of", async () => {
    const { announce, create, lines } = noticesWith("a");
    await announce(connection("createFirst"));
    await create("a");
    expect(lines).toEqual([]);
  });

  it("is left out if its service has no tunnels", async () => {
    const { create, lines } = noticesWith();
    await create("a");
    expect(lines).toEqual([]);
  });

  it("is left out if the connections cannot be listed", async () => {
    const { create, lines, open } = noticesWith("a");
    open.mockRejectedValue(new Error("no login"));
    await create("b");
    expect(lines).toEqual([]);
  });

  it.each([[UNKNOWN], [null], [""]])("sends no list for the service %j", async (id) => {
    const { create, open } = noticesWith("a");
    await create("b", { vpnServiceId: id });
    expect(open).not.toHaveBeenCalled();
  });

  it("uses the list of the cloud of the new connection", async () => {
    const { announce, create, open } = noticesWith("a");
    await announce(connection("update"));
    await create("b", { cloud: "another" });
    expect(open).toHaveBeenCalledTimes(2);
  });

  it("does not exist for an object of another type", async () => {
    const { notices, open } = noticesWith("a");
    for (const resource of [vpnService, ikePolicy]) {
      await notices.announceCreation({ resource, subject: "new", inputs: {} }, open);
    }
    expect(open).not.toHaveBeenCalled();
  });
});

describe("the planned step", () => {
  const { definition } = ipsecSiteConnection;
  const fieldsNamed = (...names: string[]) =>
    definition.fields.filter(({ name }) => names.includes(name));
  const environment = { definition, project: "network" };
  const inputs = checkedInputs("IpsecSiteConnection");
  const result = {
    changes: true,
    changed: fieldsNamed("peerAddress"),
    replaces: ["peerAddress"],
    deleteBeforeReplace: false,
  };
  const scope = { project: "network", stack: "dev", resource: "a" };
  const unnamed = { ...inputs, name: autoName(definition, scope, inputs) };

  it.each([
    [
      "deletes first if the diff does",
      { ...result, deleteBeforeReplace: true },
      inputs,
      "deleteFirst",
    ],
    ["deletes first if the program gives no name", result, unnamed, "deleteFirst"],
    ["creates first if the program gives a name", result, inputs, "createFirst"],
    ["creates first if an object is adopted", result, { ...unnamed, adopt: "x" }, "createFirst"],
  ] as const)("of a replacement %s", (_what, differences, given, expected) => {
    expect(plannedStep(environment, differences, given)).toBe(expected);
  });

  it("of a type without an identity creates first although it has no name of its own", () => {
    const policy = cloudResourceType("IkePolicy");
    const given = checkedInputs("IkePolicy");
    const name = autoName(policy, scope, given);
    const plan = plannedStep({ ...environment, definition: policy }, result, { ...given, name });
    expect(plan).toBe("createFirst");
  });

  it.each([
    ["an update", ["psk"], "update"],
    ["an update although a replacement would delete first", ["psk"], "update", true],
    ["an update beside local inputs", ["psk", "timeouts"], "update"],
    ["no step if only local inputs changed", ["timeouts"], undefined],
    ["no step if no input changed", [], undefined],
  ])("is %s", (_what, names, expected, deleteBeforeReplace = false) => {
    const changed = fieldsNamed(...names);
    const differences = { changes: true, changed, replaces: [], deleteBeforeReplace };
    expect(plannedStep(environment, differences, inputs)).toBe(expected);
  });
});
