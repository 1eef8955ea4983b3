import fc from "fast-check";

import { concernsOf, isDown } from "../../../provider/drift/concerns";
import { type Report, summaryOf, wasListed } from "../../../provider/drift/report";
import { reportOf } from "../../../provider/drift/buildReport";
import type { StackState } from "../../../provider/drift/stackState";
import { takeInventory } from "../../../provider/drift/inventory";
import { cloudResourceType, type Kind, type Values } from "../../../provider/schema/resourceType";
import { validInputs } from "../support/arbitraries";
import { OTHER_ID, PROJECT_ID } from "../support/builders";
import { aWire, KINDS } from "../support/kinds";
import { aHeld, aPlace, aStack, cloudsAt, ENDPOINT, surveyed } from "../support/givenInventory";

/** The report on one resource whose object the cloud shows with those changes, or not at all. */
async function reportOn(
  kind: Kind,
  wire: Values | "gone",
  changes: Parameters<typeof aHeld>[1] = {},
): Promise<Report> {
  const live = wire === "gone" ? aWire(kind, { id: OTHER_ID }) : aWire(kind, wire);
  return reportOf(await surveyed(aPlace({ [kind]: [live] }), aStack([aHeld(kind, changes)])));
}

async function resourceOf(...row: Parameters<typeof reportOn>) {
  const { resources } = await reportOn(...row);
  expect(resources).toHaveLength(1);
  return resources[0]!;
}

describe("a resource in the report", () => {
  it.each(KINDS)(
    "of type %s is in step without advice if its object is unchanged",
    async (kind) => {
      const { status } = aWire(kind);
      expect(await resourceOf(kind, {})).toEqual({
        stack: "dev",
        name: "office",
        kind,
        id: aWire(kind).id,
        cloudName: "office",
        urn: `urn:pulumi:dev::network::pulumi-nodejs:dynamic/vpnaas:${kind}::office`,
        endpoint: ENDPOINT,
        verdict: "inStep",
        differences: [],
        notCompared: [],
        ...(status !== undefined && { status, recordedStatus: status }),
      });
    },
  );

  it("with a difference has drifted, with its differences and advice", async () => {
    expect(await resourceOf("IkePolicy", { name: "theirs", pfs: "group2" })).toMatchObject({
      verdict: "drifted",
      cloudName: "theirs",
      differences: [
        { property: "name" },
        { property: "pfs", declared: "group14", actual: "group2" },
      ],
      advice: expect.stringMatching(/`pulumi up --refresh`.*`pulumi refresh`/) as string,
    });
  });

  it("with a difference in an output only of the cloud cannot be corrected by an update", async () => {
    const { verdict, advice } = await resourceOf("VpnService", { external_v4_ip: "198.51.100.9" });
    expect(verdict).toBe("drifted");
    expect(advice).toMatch(/^The cloud set it, .*`pulumi refresh`/);
    expect(advice).not.toContain("up --refresh");
  });

  it("in ERROR has failed without a difference and has drifted with one", async () => {
    const error = { status: "ERROR" };
    const failed = await resourceOf("IpsecSiteConnection", error);
    expect(failed).toMatchObject({ verdict: "failed", status: "ERROR", recordedStatus: "DOWN" });
    expect(failed.advice).toContain(`pulumi up --replace '${failed.urn}'`);
    const drifted = await resourceOf("IpsecSiteConnection", { ...error, mtu: 1400 });
    expect(drifted).toMatchObject({ verdict: "drifted", status: "ERROR" });
    expect(drifted.advice).toMatch(/Its status is ERROR as well\.$/);
  });

  it("whose object was deleted has the name of the state and no status", async () => {
    const gone = await resourceOf("VpnService", "gone");
    expect(gone).toMatchObject({ verdict: "gone", cloudName: "office", recordedStatus: "ACTIVE" });
    expect(gone).not.toHaveProperty("status");
    expect(gone.advice).toMatch(/creates it again/);
  });

  it("whose adopted object was deleted has the advice to remove `adopt` first", async () => {
    const adopted = { given: { adopt: "theirs" } };
    expect((await resourceOf("IkePolicy", "gone", adopted)).advice).toMatch(
      /^It was adopted: remove `adopt`/,
    );
  });

  it("with a difference in a property that the program does not set has the advice to refresh", async () => {
    const live = { local_ep_group_id: OTHER_ID };
    const { verdict, advice } = await resourceOf("IpsecSiteConnection", live);
    expect(verdict).toBe("drifted");
    expect(advice).toBe(
      "The program does not set it: `pulumi refresh` accepts the existing value.",
    );
  });

  it("that could not be read has the reason as its advice", async () => {
    const { clouds } = cloudsAt(() => "it is closed");
    const { resources, problems } = reportOf(
      await takeInventory(clouds, [aStack([aHeld("IkePolicy")])]),
    );
    expect(resources).toEqual([
      expect.objectContaining({ verdict: "notRead", advice: "Stack dev: it is closed" }),
    ]);
    expect(resources[0]).not.toHaveProperty("endpoint");
    expect(problems).toEqual(["Stack dev: it is closed"]);
  });

  it("has the time when the state recorded it", async () => {
    const recordedAt = "2026-02-20T16:40:12Z";
    expect(await resourceOf("IkePolicy", {}, { recordedAt })).toMatchObject({ recordedAt });
  });
});

describe("a secret in the report", () => {
  it("is in no difference, by its schema or by a secret mark", async () => {
    const secret = new Set(["description", "name"]);
    const wire = { psk: "canary", description: "canary", name: "canary" };
    const one = await resourceOf("IpsecSiteConnection", wire, { secret });
    expect(one.differences.map(({ property, hidden }) => [property, hidden])).toEqual([
      ["name", true],
      ["description", true],
      ["psk", true],
    ]);
    expect(one.cloudName).toBe("");
    expect(JSON.stringify(one)).not.toContain("canary");
  });

  it("that could not be decrypted is listed as not compared", async () => {
    const [unread, state] = [new Set(["psk", "description"]), { psk: undefined }];
    const changes = { unread, state: { ...state, description: undefined } };
    const one = await resourceOf("IpsecSiteConnection", { description: "x" }, changes);
    expect(one).toMatchObject({ verdict: "inStep", notCompared: ["description", "psk"] });
  });

  it("that the cloud does not show is listed as not compared", async () => {
    const one = await resourceOf("IpsecSiteConnection", { psk: undefined });
    expect(one).toMatchObject({ verdict: "inStep", notCompared: ["psk"] });
  });

  it.each(KINDS)("of type %s never appears, for any observed value", async (kind) => {
    const { fields } = cloudResourceType(kind);
    const texts = fields.filter(
      ({ name, output, local, refersTo, input }) =>
        output && !local && !refersTo && input.neutron && aHeld(kind).outputs[name] !== undefined,
    );
    await fc.assert(
      fc.asyncProperty(
        validInputs(kind, "neutron"),
        fc.subarray(texts, { minLength: 1 }),
        async (given, chosen) => {
          const secret = new Set(chosen.map(({ name }) => name));
          const wire = Object.fromEntries(chosen.map((field) => [field.wire, "canary"]));
          const content = { [kind]: [aWire(kind, wire)] };
          const stack = aStack([aHeld(kind, { secret, given })]);
          const { resources, tunnels } = reportOf(await surveyed(aPlace(content), stack));
          expect(resources[0]?.differences.some(({ hidden }) => hidden)).toBe(true);
          expect(JSON.stringify([resources, tunnels])).not.toContain("canary");
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe("unmanaged objects in the report", () => {
  const byHand = aWire("IkePolicy", { id: OTHER_ID, name: "by hand" });

  it("are those that no stack records, from the collections that were read", async () => {
    const content = {
      IkePolicy: [aWire("IkePolicy"), byHand],
      IpsecPolicy: [aWire("IpsecPolicy")],
      IpsecSiteConnection: [aWire("IpsecSiteConnection")],
    };
    const report = reportOf(await surveyed(aPlace(content), aStack([aHeld("IkePolicy")])));
    expect(report.unmanaged).toEqual([
      { kind: "IkePolicy", id: OTHER_ID, name: "by hand", endpoint: ENDPOINT },
      {
        kind: "IpsecSiteConnection",
        id: aWire("IpsecSiteConnection").id,
        name: "office",
        endpoint: ENDPOINT,
        status: "DOWN",
      },
    ]);
  });

  it("exclude an object that a stack records without comparing it", async () => {
    const { unmanaged } = await reportOn("IkePolicy", {}, { isCompared: false });
    expect(unmanaged).toEqual([]);
  });

  it("exclude the objects of a stack whose login fails", async () => {
    const place = aPlace({ IkePolicy: [aWire("IkePolicy"), byHand] });
    const { clouds } = cloudsAt(({ name }) => (name === "dev" ? "no login" : place));
    const stacks = [
      aStack([aHeld("IkePolicy")]),
      aStack([aHeld("IkePolicy", { id: OTHER_ID })], { name: "prod" }),
    ];
    expect(reportOf(await takeInventory(clouds, stacks)).unmanaged).toEqual([]);
  });
});

describe("a cloud in the report", () => {
  it("has its requests counted by collection", async () => {
    const requests = new Map([
      ["/v3/auth/tokens", 1],
      ["/network/v2.0/quotas/tenant", 1],
      ["/network/v2.0/vpn/ikepolicies", 2],
      ["/network/v2.0/vpn/ipsec-site-connections", 1],
      ["/network/v2.0/vpn/ikepolicies/a", 1],
      ["/network/v2.0/vpn/vpnservices/b", 2],
    ]);
    const place = aPlace({}, { requests, names: new Set(["east", "west"]) });
    const { clouds } = reportOf(await surveyed(place, aStack([aHeld("IkePolicy")])));
    expect(clouds).toEqual([
      {
        endpoint: ENDPOINT,
        names: ["east", "west"],
        projectId: PROJECT_ID,
        gets: 3,
        lists: { ikepolicies: 2, "ipsec-site-connections": 1 },
      },
    ]);
  });

  it("has no project if its login does not know one", async () => {
    const place = aPlace({}, { projectId: undefined });
    const { clouds } = reportOf(await surveyed(place, aStack([aHeld("IkePolicy")])));
    expect(clouds[0]).not.toHaveProperty("projectId");
  });
});

describe("the report", () => {
  it("has the number of compared resources of each stack", async () => {
    const held = [aHeld("IkePolicy"), aHeld("IpsecPolicy", { isCompared: false })];
    const stacks = [aStack(held), aStack([], { name: "prod", secretsRead: false })];
    expect(reportOf(await surveyed(aPlace(), ...stacks)).stacks).toEqual([
      { name: "dev", project: "network", secretsRead: true, resources: 1 },
      { name: "prod", project: "network", secretsRead: false, resources: 0 },
    ]);
  });

  it("has the notes of the stacks, and one checklist for each dialect while a tunnel is down", async () => {
    const stacks = [
      aStack([aHeld("IpsecSiteConnection")], { notes: ["one"] }),
      aStack([], { name: "prod", notes: ["two"] }),
    ];
    const down = aPlace({ IpsecSiteConnection: [aWire("IpsecSiteConnection")] });
    expect(reportOf(await surveyed(down, ...stacks)).notes).toEqual([
      "one",
      "two",
      expect.stringMatching(/^A tunnel is DOWN until both ends agree/),
    ]);
    const live = aWire("IpsecSiteConnection", { status: "ACTIVE" });
    const up = aPlace({ IpsecSiteConnection: [live] });
    expect(reportOf(await surveyed(up, ...stacks)).notes).toEqual(["one", "two"]);
  });

  it("has a plan only if one is given", async () => {
    const found = await surveyed(aPlace(), aStack([]));
    expect(reportOf(found)).not.toHaveProperty("plan");
    expect(reportOf(found, { calls: [], notes: ["so far"] })).toMatchObject({
      plan: [],
      notes: ["so far"],
    });
  });

  it("is plain JSON data", async () => {
    const content = Object.fromEntries(KINDS.map((kind) => [kind, [aWire(kind)]]));
    const stack = aStack(KINDS.map((kind) => aHeld(kind)));
    const report = reportOf(await surveyed(aPlace(content), stack));
    expect(JSON.parse(JSON.stringify(report))).toStrictEqual(report);
    expect(report.takenAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });
});

describe("the analysis of a report", () => {
  it.each<[string, Values | "gone", readonly string[]]>([
    ["nothing", {}, []],
    ["drift", { mtu: 1400 }, ["drift"]],
    ["a failure", { status: "ERROR" }, ["drift", "down"]],
    ["a deleted object", "gone", ["drift", "unmanaged"]],
    ["a tunnel that is down", { status: "DOWN" }, ["down"]],
    ["a disabled tunnel", { status: "DOWN", admin_state_up: false }, ["drift"]],
  ])("gives reason for concern by %s", async (_what, wire, concerns) => {
    const changes = wire === "gone" ? wire : { status: "ACTIVE", ...wire };
    const report = await reportOn("IpsecSiteConnection", changes);
    const others = report.tunnels.filter(({ verdict }) => verdict === "unmanaged");
    expect(others.filter(isDown)).toEqual([]);
    expect(concernsOf(report)).toEqual(concerns);
  });

  it("counts verdicts, unmanaged objects and tunnels by status", async () => {
    expect(summaryOf(await reportOn("IpsecSiteConnection", "gone"))).toEqual({
      verdicts: { inStep: 0, drifted: 0, failed: 0, gone: 1, notRead: 0 },
      unmanaged: 1,
      tunnels: { DOWN: 1 },
    });
  });

  it("knows which collections were listed", async () => {
    const requests = new Map([["/v2.0/vpn/ikepolicies", 1]]);
    const place = aPlace({ IkePolicy: [aWire("IkePolicy")] }, { requests });
    const report = reportOf(await surveyed(place, aStack([aHeld("IkePolicy")])));
    const listed = (kind: Kind, endpoint = ENDPOINT) => wasListed(report, { kind, endpoint });
    expect([listed("IkePolicy"), listed("IpsecPolicy"), listed("IkePolicy", "elsewhere")]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe("an unfinished run", () => {
  const held = aHeld("IkePolicy");
  const pending = [{ urn: held.urn, type: "updating" }];
  const lockedSince = "2026-03-01T08:00:00.000Z";
  const drifted = async (unfinished: StackState["unfinished"]) => {
    const place = aPlace({ IkePolicy: [aWire("IkePolicy", { pfs: "group2" })] });
    return reportOf(await surveyed(place, aStack([held], unfinished && { unfinished })));
  };
  const OR_BY_IT = /^changed outside Pulumi, or by the run that has not ended/;

  it.each([{ pending }, { pending: [], lockedSince }])(
    "may be the reason for a difference and is a concern: %j",
    async (unfinished) => {
      const report = await drifted(unfinished);
      expect(report.resources[0]!.differences[0]!.because).toMatch(OR_BY_IT);
      expect(report.stacks[0]!.unfinished).toEqual(unfinished);
      expect(concernsOf(report)).toEqual(["drift", "unfinished"]);
    },
  );

  it("explains no difference if it works on another resource or does not exist", async () => {
    for (const other of [undefined, { pending: [{ urn: "other", type: "updating" }] }]) {
      const report = await drifted(other);
      expect(report.resources[0]!.differences[0]!.because).not.toMatch(OR_BY_IT);
    }
  });

  it("is a concern also for a stack without resources", async () => {
    const report = reportOf(
      await surveyed(aPlace({}), aStack([], { unfinished: { pending: [], lockedSince } })),
    );
    expect([concernsOf(report), report.resources]).toEqual([["unfinished"], []]);
  });
});
