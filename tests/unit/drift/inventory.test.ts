import { takeInventory } from "../../../provider/drift/inventory";
import type { Kind } from "../../../provider/schema/resourceType";
import { OTHER_ID, PROJECT_ID } from "../support/builders";
import { aWire, KINDS } from "../support/kinds";
import { aHeld, aPlace, aStack, cloudsAt, surveyed } from "../support/givenInventory";

const objects = Object.fromEntries(KINDS.map((kind) => [kind, [aWire(kind)]]));
const OTHER_PROJECT = { project_id: "other", tenant_id: "other" };

describe("the requests of an inventory", () => {
  it("are one list for each collection with resources of the stacks", async () => {
    const place = aPlace(objects);
    await surveyed(
      place,
      aStack(KINDS.map((kind) => aHeld(kind))),
      aStack([aHeld("IkePolicy")], { name: "prod" }),
    );
    expect([...place.asked].sort()).toEqual(KINDS.map((kind) => `list ${kind}`).sort());
  });

  it("exclude collections without resources of the stacks, except the connections", async () => {
    const place = aPlace(objects);
    await surveyed(place, aStack([aHeld("VpnService")]));
    expect(place.asked).toEqual(["list VpnService", "list IpsecSiteConnection"]);
  });

  it("are sent once if two entries of clouds.yaml lead to the same project", async () => {
    const place = aPlace(objects);
    const held = ["east", "west"].map((cloud) => aHeld("IkePolicy", { state: { cloud } }));
    const { clouds, logins } = cloudsAt(() => place);
    await takeInventory(clouds, [aStack(held)]);
    expect(logins).toEqual(["dev east", "dev west"]);
    expect(place.asked).toEqual(["list IkePolicy", "list IpsecSiteConnection"]);
  });

  it("are sent to every cloud with resources of a stack", async () => {
    const [east, west] = [aPlace(objects), aPlace(objects)];
    const held = ["east", "west"].map((cloud) => aHeld("IkePolicy", { state: { cloud } }));
    const { clouds } = cloudsAt((_stack, cloud) => (cloud === "east" ? east : west));
    const { cloudProjects } = await takeInventory(clouds, [aStack(held)]);
    expect(cloudProjects.map(({ cloudProject }) => cloudProject)).toEqual([east, west]);
    expect([east.asked, west.asked].map(({ length }) => length)).toEqual([2, 2]);
  });

  it("are none if the stacks have no resources", async () => {
    const { clouds, logins } = cloudsAt(() => "nobody should ask");
    const { cloudProjects, sightings, problems } = await takeInventory(clouds, [aStack([])]);
    expect([logins, cloudProjects, sightings, problems]).toEqual([[], [], [], []]);
  });

  it("use one login for each cloud of a stack", async () => {
    const { clouds, logins } = cloudsAt(() => aPlace(objects));
    const stacks = ["dev", "prod"].map((name) =>
      aStack(
        KINDS.map((kind) => aHeld(kind)),
        { name },
      ),
    );
    await takeInventory(clouds, stacks);
    expect(logins).toEqual(["dev undefined", "prod undefined"]);
  });
});

describe("the observations of an inventory", () => {
  it("belong to the resources of the states, in their order", async () => {
    const held = KINDS.map((kind) => aHeld(kind)).reverse();
    const { sightings, problems } = await surveyed(aPlace(objects), aStack(held));
    expect(sightings.map(({ resource }) => resource)).toEqual(held);
    expect(sightings.map(({ live }) => live)).toEqual(held.map(({ kind }) => aWire(kind)));
    expect(problems).toEqual([]);
  });

  it("have no object for a deleted one and no reason for doubt", async () => {
    const other = aWire("IkePolicy", { id: OTHER_ID });
    const { sightings } = await surveyed(
      aPlace({ IkePolicy: [other] }),
      aStack([aHeld("IkePolicy")]),
    );
    expect(sightings).toEqual([
      expect.not.objectContaining({ live: expect.anything() as unknown }),
    ]);
    expect(sightings[0]?.unseen).toBeUndefined();
  });

  it("exclude a resource that is not compared, but its collection is listed", async () => {
    const held = aHeld("IkePolicy", { isCompared: false });
    const { sightings, cloudProjects } = await surveyed(aPlace(objects), aStack([held]));
    expect(sightings).toEqual([]);
    expect([...cloudProjects[0]!.objects.keys()]).toContain("IkePolicy");
  });

  it("exclude objects of other projects, which an administrator can list", async () => {
    const theirs = aWire("IkePolicy", { id: OTHER_ID, ...OTHER_PROJECT });
    const place = aPlace({ IkePolicy: [aWire("IkePolicy"), theirs] });
    const { cloudProjects } = await surveyed(place, aStack([aHeld("IkePolicy")]));
    expect(cloudProjects[0]?.objects.get("IkePolicy")).toEqual([aWire("IkePolicy")]);
  });

  it("include an object of another project that a stack records", async () => {
    const theirs = aWire("IkePolicy", OTHER_PROJECT);
    const held = aHeld("IkePolicy", { wire: OTHER_PROJECT });
    const { sightings } = await surveyed(aPlace({ IkePolicy: [theirs] }), aStack([held]));
    expect(sightings[0]?.live).toEqual(theirs);
  });

  it("use the projects of the states if a login does not know its own", async () => {
    const theirs = aWire("IkePolicy", { id: OTHER_ID, ...OTHER_PROJECT });
    const ours = aWire("IkePolicy", { id: "by hand" });
    const place = aPlace({ IkePolicy: [theirs, ours] }, { projectId: undefined });
    const { cloudProjects } = await surveyed(place, aStack([aHeld("IkePolicy")]));
    expect(ours["project_id"]).toBe(PROJECT_ID);
    expect(cloudProjects[0]?.objects.get("IkePolicy")).toEqual([ours]);
  });
});

describe("a failed login of an inventory", () => {
  const failing = cloudsAt((_stack, cloud) =>
    cloud === "east" ? "it is closed" : aPlace(objects),
  ).clouds;
  const stack = aStack([
    aHeld("IkePolicy", { state: { cloud: "east" } }),
    aHeld("IpsecPolicy", { state: { cloud: "east" } }),
    aHeld("VpnService"),
  ]);

  it("is reported once, with the stack", async () => {
    expect((await takeInventory(failing, [stack])).problems).toEqual(["Stack dev: it is closed"]);
  });

  it("leaves its resources unobserved, and the others are observed", async () => {
    const { sightings, cloudProjects } = await takeInventory(failing, [stack]);
    expect(sightings.map(({ at, unseen }) => [at !== undefined, unseen])).toEqual([
      [false, "Stack dev: it is closed"],
      [false, "Stack dev: it is closed"],
      [true, undefined],
    ]);
    expect(cloudProjects).toHaveLength(1);
  });
});

describe("two logins of an inventory to the same project", () => {
  const member = aPlace(objects);
  const reader = aPlace({});

  it("are used in turn until one can list an object", async () => {
    const place = { ...member, clients: [reader.clients[0], member.clients[0]] as const };
    const { sightings, cloudProjects, problems } = await surveyed(
      place,
      aStack([aHeld("IkePolicy")]),
    );
    expect(sightings.map(({ live }) => live !== undefined)).toEqual([true]);
    expect(cloudProjects[0]!.client).toBe(member.clients[0]);
    expect(problems).toEqual([]);
  });

  it("cost one set of lists if the first can list the objects", async () => {
    const [one, two] = [aPlace(objects), aPlace(objects)];
    const place = { ...one, clients: [one.clients[0], two.clients[0]] as const };
    await surveyed(place, aStack([aHeld("IkePolicy")]));
    expect([one.asked.length, two.asked.length]).toEqual([2, 0]);
  });
});

describe("a failed list of an inventory", () => {
  const without = (kind: Kind) => {
    const whole = aPlace(objects);
    const [client] = whole.clients;
    const list: typeof client.list = (place) =>
      place.kind === kind ? Promise.reject(new Error("no list")) : client.list(place);
    return aPlace({}, { instead: { list } });
  };

  it("is reported and leaves the resources of its type unobserved", async () => {
    const held = [aHeld("IkePolicy"), aHeld("IpsecPolicy")];
    const { sightings, problems } = await surveyed(without("IkePolicy"), aStack(held));
    expect(problems).toEqual(["no list"]);
    expect(sightings.map(({ unseen }) => unseen)).toEqual([
      "The list of every IkePolicy could not be read.",
      undefined,
    ]);
    expect(sightings[1]?.live).toEqual(aWire("IpsecPolicy"));
  });

  it("of the connections affects no other resource", async () => {
    const found = await surveyed(without("IpsecSiteConnection"), aStack([aHeld("IkePolicy")]));
    expect(found.problems).toEqual(["no list"]);
    expect(found.sightings[0]?.live).toEqual(aWire("IkePolicy"));
  });
});

it("an inventory records its begin and its duration", async () => {
  const midnight = Date.UTC(2026, 0, 1);
  jest.useFakeTimers({ doNotFake: ["nextTick"], now: midnight });
  try {
    const list = () => {
      jest.advanceTimersByTime(250);
      return Promise.resolve([]);
    };
    const place = aPlace({}, { instead: { list } });
    const { begin, ms } = await surveyed(place, aStack([aHeld("IpsecSiteConnection")]));
    expect([begin, ms]).toEqual([midnight, 250]);
  } finally {
    jest.useRealTimers();
  }
});
