import { ApiError, NotFoundError } from "../../../provider/errors";
import type { Values } from "../../../provider/schema/resourceType";
import { OTHER_ID, PROJECT_ID } from "../support/builders";
import { aWire } from "../support/kinds";
import { aHeld, aPlace, aStack, ENDPOINT, surveyed } from "../support/givenInventory";

/** The inventory's result for an IKE policy that the list lacks. */
async function doubtOf(
  place: ReturnType<typeof aPlace>,
  state: Values = {},
): Promise<{ why: string | undefined; isGone: boolean; gets: readonly string[] }> {
  const { sightings } = await surveyed(place, aStack([aHeld("IkePolicy", { state })]));
  const [{ unseen, live } = { unseen: "no sighting", live: undefined }] = sightings;
  return {
    why: unseen,
    isGone: unseen === undefined && live === undefined,
    gets: place.asked.filter((one) => one.startsWith("get")),
  };
}

/** A cloud whose lists are empty and that answers a GET with that fault. */
function answering(status: number, faultType?: string) {
  const refusal = {
    status,
    method: "GET",
    path: "/",
    ...(faultType !== undefined && { faultType }),
  };
  const error =
    status === 404
      ? new NotFoundError("no such thing", refusal)
      : new ApiError("it broke", refusal);
  return aPlace({}, { instead: { get: () => Promise.reject(error) } });
}

const mine = aWire("IkePolicy", { id: OTHER_ID });

describe("an object that its list lacks", () => {
  it("is deleted if a GET answers 404 with the fault type of its resource type", async () => {
    const { isGone, gets } = await doubtOf(answering(404, "IKEPolicyNotFound"));
    expect([isGone, gets]).toEqual([true, [`get IkePolicy ${aWire("IkePolicy").id}`]]);
  });

  it("is deleted if a GET answers 404 without a fault type, as K5 does", async () => {
    expect((await doubtOf(answering(404))).isGone).toBe(true);
  });

  it.each(["HTTPNotFound", "VPNServiceNotFound"])(
    "is not proven to be deleted by the fault type %s, which a login with the role reader gets too",
    async (faultType) => {
      expect((await doubtOf(answering(404, faultType))).why).toMatch(/role `member`/);
    },
  );

  it("is not proven to be deleted by any other failure, which is reported", async () => {
    expect((await doubtOf(answering(500))).why).toBe(
      "It was not found, but not proven to be deleted: it broke",
    );
  });

  it.each([
    ["is empty", []],
    ["has another object of the project", [mine]],
  ])("exists if a GET finds it, although the list %s", async (_what, IkePolicy) => {
    const get = () => Promise.resolve(aWire("IkePolicy"));
    const place = aPlace({ IkePolicy }, { instead: { get } });
    const { sightings, problems } = await surveyed(place, aStack([aHeld("IkePolicy")]));
    expect(sightings.map(({ live }) => live)).toEqual([aWire("IkePolicy")]);
    expect(problems).toEqual([]);
  });

  it("belongs to the objects of its cloud if a GET finds it", async () => {
    const get = () => Promise.resolve(aWire("IkePolicy"));
    const place = aPlace({ IkePolicy: [mine] }, { instead: { get } });
    const { cloudProjects } = await surveyed(place, aStack([aHeld("IkePolicy")]));
    expect(cloudProjects[0]?.objects.get("IkePolicy")).toEqual([mine, aWire("IkePolicy")]);
  });

  it("may exist at another endpoint, and no GET is sent", async () => {
    const { why, gets } = await doubtOf(aPlace(), { endpoint: "http://other.example.org" });
    expect(why).toMatch(/deleted: it was created at http:\/\/other\.example\.org/);
    expect(gets).toEqual([]);
  });

  it("may exist in another project, regardless of the other objects in the list", async () => {
    const { why, gets } = await doubtOf(aPlace({ IkePolicy: [mine] }), { projectId: "other" });
    expect(why).toMatch(
      `deleted: it belongs to project other, and the login is in project ${PROJECT_ID}.`,
    );
    expect(gets).toEqual([]);
  });

  it("may exist in another project if the project of the login is unknown", async () => {
    const unknown = {
      projectId: undefined,
      instead: { projectId: () => Promise.resolve(undefined) },
    };
    expect((await doubtOf(aPlace({}, unknown))).why).toMatch(/project of this login is unknown/);
  });
});

describe("several objects that a list lacks", () => {
  const several = ["a", "b", "c"].map((name) => aHeld("IkePolicy", { name, id: `${name}-id` }));

  it("cost one GET each, sent concurrently", async () => {
    let underWay = 0;
    const get = async () => {
      underWay += 1;
      while (underWay < several.length) await new Promise(setImmediate);
      return aWire("IkePolicy");
    };
    const place = aPlace({}, { instead: { get } });
    await surveyed(place, aStack(several));
    expect(place.asked.filter((one) => one.startsWith("get"))).toHaveLength(several.length);
  });

  it("are reported in one sentence for each reason and stack", async () => {
    const stacks = [
      aStack([...several, aHeld("VpnService", { state: { endpoint: "http://old.example.org" } })]),
      aStack([aHeld("IkePolicy")], { name: "prod" }),
    ];
    const { problems } = await surveyed(answering(500), ...stacks);
    expect(problems).toEqual([
      "Stack dev: IkePolicy a and 2 more: not found, but not proven to be deleted: it broke",
      expect.stringMatching(
        `^Stack dev: VpnService office: not found, .*: it was created at http://old.example.org, and the request went to ${ENDPOINT}`,
      ),
      "Stack prod: IkePolicy office: not found, but not proven to be deleted: it broke",
    ]);
  });
});
