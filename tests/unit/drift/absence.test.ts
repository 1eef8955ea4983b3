import { ApiError, NotFoundError } from "../../../provider/errors";
import type { Values } from "../../../provider/schema/resourceType";
import { OTHER_ID, PROJECT_ID } from "../support/builders";
import { aWire } from "../support/kinds";
import { aHeld, aPlace, aStack, ENDPOINT, surveyed } from "../support/givenInventory";

/** What a survey says of an IKE policy that the list lacks. */
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

/** A place whose lists are empty, and that answers a GET with that fault. */
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

describe("what a list lacks", () => {
  it("is gone where a single GET answers with the kind's own type", async () => {
    const { isGone, gets } = await doubtOf(answering(404, "IKEPolicyNotFound"));
    expect([isGone, gets]).toEqual([true, [`get IkePolicy ${aWire("IkePolicy").id}`]]);
  });

  it("is gone where a single GET answers without a type, as K5 does", async () => {
    expect((await doubtOf(answering(404))).isGone).toBe(true);
  });

  it.each(["HTTPNotFound", "VPNServiceNotFound"])(
    "is not proven to be gone by the type %s, which a reader gets as well",
    async (faultType) => {
      expect((await doubtOf(answering(404, faultType))).why).toMatch(/role `member`/);
    },
  );

  it("is not proven to be gone by any other failure, which is told", async () => {
    expect((await doubtOf(answering(500))).why).toBe(
      "It was not found, but not proven to be deleted: it broke",
    );
  });

  it.each([
    ["shows nothing", []],
    ["shows another one of the project", [mine]],
  ])("is not gone if a single GET has it, although the list %s", async (_what, IkePolicy) => {
    const get = () => Promise.resolve(aWire("IkePolicy"));
    const place = aPlace({ IkePolicy }, { instead: { get } });
    const { sightings, problems } = await surveyed(place, aStack([aHeld("IkePolicy")]));
    expect(sightings.map(({ live }) => live)).toEqual([aWire("IkePolicy")]);
    expect(problems).toEqual([]);
  });

  it("and a single GET has is one of the objects of its cloud", async () => {
    const get = () => Promise.resolve(aWire("IkePolicy"));
    const place = aPlace({ IkePolicy: [mine] }, { instead: { get } });
    const { cloudProjects } = await surveyed(place, aStack([aHeld("IkePolicy")]));
    expect(cloudProjects[0]?.objects.get("IkePolicy")).toEqual([mine, aWire("IkePolicy")]);
  });

  it("may be at another endpoint, and nothing else is asked", async () => {
    const { why, gets } = await doubtOf(aPlace(), { endpoint: "http://other.example.org" });
    expect(why).toMatch(/deleted: it was created at http:\/\/other\.example\.org/);
    expect(gets).toEqual([]);
  });

  it("may be in another project, whatever else the list shows", async () => {
    const { why, gets } = await doubtOf(aPlace({ IkePolicy: [mine] }), { projectId: "other" });
    expect(why).toMatch(
      `deleted: it belongs to project other, and the login is in project ${PROJECT_ID}.`,
    );
    expect(gets).toEqual([]);
  });

  it("may be in any project where the login does not tell its own", async () => {
    const unknown = {
      projectId: undefined,
      instead: { projectId: () => Promise.resolve(undefined) },
    };
    expect((await doubtOf(aPlace({}, unknown))).why).toMatch(/project of this login is unknown/);
  });
});

describe("several that a list lacks", () => {
  const several = ["a", "b", "c"].map((name) => aHeld("IkePolicy", { name, id: `${name}-id` }));

  it("cost a GET each, side by side", async () => {
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

  it("are told in one sentence for each reason and stack", async () => {
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
