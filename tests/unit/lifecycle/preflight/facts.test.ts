import { UnauthorizedError } from "../../../../provider/errors";
import { CloudFacts, isUnanswered } from "../../../../provider/lifecycle/preflight/facts";
import {
  ENDPOINT,
  factsOf,
  missing,
  preflightCloud,
  type CloudContent,
} from "../../support/preflightCloud";

function setUp(content: CloudContent = {}) {
  const cloud = preflightCloud(content);
  return { ...cloud, facts: new CloudFacts(cloud.client, cloud.clock, cloud.ownership) };
}

/** Facts of a cloud whose every document is that response. */
function factsWith(respond: () => unknown): CloudFacts {
  const { client, clock, ownership } = preflightCloud();
  Object.assign(client, { document: () => Promise.resolve().then(respond) });
  return new CloudFacts(client, clock, ownership);
}

const POLICIES: CloudContent = { objects: { IkePolicy: [{ id: "a1", name: "strong" }] } };

it("the endpoint is that of the client", () => {
  expect(factsOf().endpoint).toBe(ENDPOINT);
});

it("an object that a resource of the run holds is held", () => {
  const facts = factsOf({ held: ["a1"] });
  expect([facts.isHeld("a1"), facts.isHeld("b2")]).toEqual([true, false]);
});

describe("a question of any kind", () => {
  it("is sent once, until it is refreshed", async () => {
    const { facts, requests } = setUp();
    await facts.router("r1");
    await facts.router("r1");
    expect(requests).toHaveLength(1);
    facts.refresh();
    await facts.router("r1");
    expect(requests).toHaveLength(2);
  });

  it("lasts a minute at most", async () => {
    const { clock, deadlines, facts } = setUp();
    const startedAt = clock.now();
    await facts.extensions();
    expect(deadlines).toEqual([startedAt + 60_000]);
  });

  it("throws if the login is refused", async () => {
    const refusal = { status: 401, method: "GET", path: "/" };
    const facts = factsWith(() => {
      throw new UnauthorizedError("no", refusal);
    });
    await expect(facts.router("r1")).rejects.toThrow(UnauthorizedError);
  });

  it.each<[string, (facts: CloudFacts) => Promise<unknown>, string, string]>([
    ["a collection", (facts) => facts.all("IkePolicy"), "ikepolicies", "ikepolicies of this cloud"],
    ["an object", (facts) => facts.object("IkePolicy", "a1"), "ikepolicies", "ikepolicies of this"],
    ["a router", (facts) => facts.router("r1"), "routers", "routers of this cloud"],
    ["a subnet", (facts) => facts.subnet("n1"), "subnets", "subnets of this cloud"],
    ["ports", (facts) => facts.routerSubnets("r1"), "ports", "ports of this cloud's routers"],
    ["extensions", (facts) => facts.extensions(), "extensions", "extensions of this cloud"],
    ["roles", (facts) => facts.roles(), "roles", "roles of this login"],
    ["a quota", (facts) => facts.quota(), "quota", "quota of this project"],
  ])("has no answer if the cloud refuses it: %s", async (_what, ask, question, subject) => {
    const refused = [question === "quota" ? "quotas" : question];
    expect(await ask(factsOf({ refused }))).toMatchObject({
      question,
      unanswered: expect.stringMatching(
        new RegExp(`^the ${subject}.* cannot be read \\(403 for ${refused[0]}\\)$`),
      ) as string,
    });
  });
});

describe("a collection", () => {
  it("has its objects by id, from a single list", async () => {
    const { facts, requests } = setUp(POLICIES);
    const answer = await facts.all("IkePolicy");
    expect(!isUnanswered(answer) && answer.value.get("a1")).toMatchObject({ name: "strong" });
    await facts.all("IkePolicy");
    expect(requests).toEqual(["list: ikepolicies"]);
  });
});

describe("an object of the VPN API", () => {
  it.each(["a1", "A1"])("is found in the list by its id: %s", async (id) => {
    const { facts, requests } = setUp(POLICIES);
    expect(await facts.object("IkePolicy", id)).toMatchObject({ value: { name: "strong" } });
    expect(requests).toEqual(["list: ikepolicies"]);
  });

  it("is found in the list if the cloud has its id in upper case", async () => {
    const { facts, requests } = setUp({ objects: { IkePolicy: [{ id: "A1" }] } });
    expect(await facts.object("IkePolicy", "A1")).toEqual({ value: { id: "A1" } });
    expect(requests).toEqual(["list: ikepolicies"]);
  });

  it("is read by itself if the list lacks it, and is undefined if it does not exist", async () => {
    const { facts, requests } = setUp(POLICIES);
    expect(await facts.object("IkePolicy", "b2")).toEqual({ value: undefined });
    expect(await facts.object("IkePolicy", "c3")).toEqual({ value: undefined });
    expect(requests).toEqual(["list: ikepolicies", "get: ikepolicies/b2", "get: ikepolicies/c3"]);
  });

  it("is read by itself if it was created after the list", async () => {
    const objects: { id: string }[] = [];
    const { client, clock, ownership } = preflightCloud({ objects: { IkePolicy: objects } });
    const facts = new CloudFacts(client, clock, ownership);
    await facts.all("IkePolicy");
    objects.push({ id: "b2" });
    expect(await facts.object("IkePolicy", "b2")).toEqual({ value: { id: "b2" } });
  });

  it("has no answer if it cannot be read by itself", async () => {
    expect(await factsOf({ refused: ["ikepolicies/b2"] }).object("IkePolicy", "b2")).toMatchObject({
      question: "ikepolicies",
      unanswered: "the ikepolicies of this cloud cannot be read (403 for ikepolicies/b2)",
    });
  });

  it("is not read by itself if the list has no answer", async () => {
    const { facts, requests } = setUp({ refused: ["ikepolicies"] });
    await facts.object("IkePolicy", "a1");
    expect(requests).toEqual(["list: ikepolicies"]);
  });
});

describe.each(["router", "subnet"] as const)("a %s", (name) => {
  it("is read by its id", async () => {
    const { facts, requests } = setUp({ [`${name}s`]: { x1: { name: "office" } } });
    expect(await facts[name]("x1")).toEqual({ value: { id: "x1", name: "office" } });
    expect(requests).toEqual([`read ${name} x1: /v2.0/${name}s/x1`]);
  });

  it("is undefined if Neutron does not find it", async () => {
    expect(await factsOf()[name]("x1")).toEqual({ value: undefined });
  });

  it.each([["HTTPNotFound"], [undefined]])(
    "has no answer after a 404 of the type %s, which a proxy may have sent",
    async (type) => {
      const facts = factsWith(() => {
        throw missing(type);
      });
      expect(isUnanswered(await facts[name]("x1"))).toBe(true);
    },
  );

  it("is undefined in a response without it", async () => {
    expect(await factsWith(() => null)[name]("x1")).toEqual({ value: undefined });
  });

  it("cannot lead to another path by its id", async () => {
    const { facts, requests } = setUp();
    await facts[name]("../x?y");
    expect(requests).toEqual([`read ${name} ../x?y: /v2.0/${name}s/..%2Fx%3Fy`]);
  });
});

describe("the subnets of a router", () => {
  it("are those of the addresses of its ports", async () => {
    const { facts, requests } = setUp({
      ports: [
        { device_id: "r/1", fixed_ips: [{ subnet_id: "lan" }, { subnet_id: "lan6" }] },
        { device_id: "r/1", fixed_ips: [{ subnet_id: "dmz" }] },
        { device_id: "r/1" },
        { device_id: "another", fixed_ips: [{ subnet_id: "apart" }] },
      ],
    });
    expect(await facts.routerSubnets("r/1")).toEqual({ value: new Set(["lan", "lan6", "dmz"]) });
    expect(requests).toEqual([
      "list the ports of router r/1: /v2.0/ports?device_id=r%2F1&fields=device_id&fields=fixed_ips",
    ]);
  });

  it.each([[null], [{}], [{ ports: "none" }]])("are none in the response %j", async (response) => {
    expect(await factsWith(() => response).routerSubnets("r1")).toEqual({ value: new Set() });
  });
});

describe("the extensions of a cloud", () => {
  it("are known by their aliases", async () => {
    const { facts, requests } = setUp({ extensions: ["vpnaas", "router"] });
    expect(await facts.extensions()).toEqual({ value: new Set(["vpnaas", "router"]) });
    expect(requests).toEqual(["list the extensions: /v2.0/extensions"]);
  });

  it("are none in a response of another form", async () => {
    expect(await factsWith(() => undefined).extensions()).toEqual({ value: new Set() });
  });
});

describe("the roles of a login", () => {
  it.each([
    [["reader"], true],
    [["Reader", "vpn_reader", "vpn-reader"], true],
    [["reader", "member"], false],
    [["proofreader"], false],
    [["reader_of_logs"], false],
    [[], false],
  ])("%j are reader roles only: %s", async (roles, isReader) => {
    expect(await factsOf({ roles }).roles()).toEqual({ value: { names: roles, isReader } });
  });
});

describe("the quota", () => {
  it("is that of the login's project", async () => {
    const { facts, requests } = setUp({ quota: { ikepolicy: { limit: 2 } } });
    expect(await facts.quota()).toEqual({ value: { ikepolicy: { limit: 2 } } });
    expect(requests).toEqual(["read the quota: /v2.0/quotas/p1/details"]);
  });

  it("is that of the caller if the project is not known", async () => {
    const { client, clock, ownership, requests } = preflightCloud();
    Object.assign(client, { projectId: () => Promise.resolve(undefined) });
    await new CloudFacts(client, clock, ownership).quota();
    expect(requests).toEqual(["read the quota: /v2.0/quotas/tenant/details"]);
  });

  it.each([[null], [{}]])("is empty in the response %j", async (response) => {
    expect(await factsWith(() => response).quota()).toEqual({ value: {} });
  });
});
