import {
  ApiError,
  NotFoundError,
  TransportError,
  UnavailableError,
} from "../../../../provider/errors";
import { create } from "../../../../provider/lifecycle/operations/create";
import { deleteObject } from "../../../../provider/lifecycle/operations/delete";
import type { Values } from "../../../../provider/schema/resourceType";
import { update } from "../../../../provider/lifecycle/operations/update";
import type { WireObject } from "../../../../provider/neutron/client";
import { OTHER_ID, PROJECT_ID } from "../../support/builders";
import { aState, aWire, checkedInputs } from "../../support/kinds";
import { aCloud } from "../../support/givenContext";

const refusal = (status: number) => ({ status, method: "POST", path: "/" });
const lost = new TransportError("no answer (ECONNRESET)", true);
const away = new UnavailableError("away", refusal(503));
const failed = new UnavailableError("failed", refusal(500));
const slow = new UnavailableError("slow", refusal(504));
const LOST: [string, Error][] = [
  ["a reset", lost],
  ["a 500", failed],
  ["a 503", away],
  ["a 504", slow],
];

/** The effect of a request on the cloud before the response fails. */
type Fate = "done" | "not done";

/** A cloud whose first POSTs fail with that error. */
function failingPosts(error: Error, fate: Fate, times = 1) {
  let left = times;
  let posts = 0;
  const cloud = aCloud("IkePolicy", {}, (own) => ({
    create: async (...args) => {
      posts += 1;
      if (left === 0) return own.create(...args);
      left -= 1;
      if (fate === "done") await own.create(...args);
      throw error;
    },
  }));
  const run = () => create(cloud.context, checkedInputs("IkePolicy"));
  return { ...cloud, run, posts: () => posts };
}

describe("a POST whose response is lost", () => {
  it.each(LOST)("ends with the created object (%s)", async (_what, error) => {
    const { run, posts, objects } = failingPosts(error, "done");
    expect((await run()).id).toBe("made-1");
    expect([posts(), objects()]).toEqual([1, [expect.objectContaining({ id: "made-1" })]]);
  });

  it("is never sent again if no object is found, and the error names the object to search for", async () => {
    const { run, posts, clock } = failingPosts(lost, "not done");
    const begin = clock.now();
    await expect(run()).rejects.toThrow(
      /ECONNRESET.* The IkePolicy office may have been created nevertheless, but was not found in 1\ds: search the cloud for it/,
    );
    expect(posts()).toBe(1);
    expect(clock.now() - begin).toBeGreaterThanOrEqual(15_000);
  });

  it("is searched for just as long after the timeout of the create, so that the object is not lost", async () => {
    const { context, clock } = failingPosts(lost, "not done");
    const begin = clock.now();
    const inputs = checkedInputs("IkePolicy", { timeouts: { create: "3s" } });
    await expect(create(context, inputs)).rejects.toThrow(/may have been created nevertheless/);
    expect(clock.now() - begin).toBeGreaterThanOrEqual(15_000);
  });

  it("is searched for by requests that may end 15 seconds after the timeout", async () => {
    const { context, clock } = failingPosts(lost, "done");
    const within = jest.fn((_deadline: number) => context.client);
    Object.assign(context.client, { within });
    await create(context, checkedInputs("IkePolicy"));
    expect(within).toHaveBeenLastCalledWith(clock.now() + 15_000);
  });

  it("is searched for again soon at first", async () => {
    const { run, clock } = failingPosts(lost, "not done");
    await expect(run()).rejects.toThrow("may have been created");
    expect(clock.pauses[0]).toBeLessThan(500);
  });

  it("with a 500 is searched for until a list can be read", async () => {
    let isDown = false;
    const { context } = aCloud("IkePolicy", {}, (own) => ({
      create: async (...args) => {
        await own.create(...args);
        isDown = true;
        throw failed;
      },
      list: (...args) => {
        if (!isDown) return own.list(...args);
        isDown = false;
        return Promise.reject(away);
      },
    }));
    expect((await create(context, checkedInputs("IkePolicy"))).id).toBe("made-1");
  });

  it("with a 500 and no created object counts as refused, and fails with the server's error", async () => {
    const { run, posts, clock } = failingPosts(failed, "not done");
    await expect(run()).rejects.toBe(failed);
    expect([posts(), clock.pauses]).toEqual([1, []]);
  });
});

describe("a POST whose response shows another object", () => {
  const inputs = checkedInputs("VpnService");

  it.each<[string, Values]>([
    ["that existed before", { id: "old" }],
    ["that another resource of the run holds", { id: "held" }],
    ["that shows another router", { id: "other", router_id: OTHER_ID }],
  ])("%s ends with the created object", async (_what, changes) => {
    const old = aWire("VpnService", { id: "old", router_id: OTHER_ID });
    const cloud = aCloud("VpnService", { VpnService: [old] }, (own) => ({
      create: async (...args) => {
        await own.create(...args);
        return aWire("VpnService", changes);
      },
    }));
    cloud.context.ownership.hold("held");
    expect((await create(cloud.context, inputs)).id).toBe("made-1");
    expect(cloud.requests).toHaveLength(1);
  });
});

it("a POST whose response shows its own object counts as answered, even if another object has the name", async () => {
  const cloud = aCloud("VpnService", {
    VpnService: [aWire("VpnService", { id: "old", router_id: OTHER_ID })],
  });
  expect((await create(cloud.context, checkedInputs("VpnService"))).id).toBe("made-1");
  expect(cloud.lines.join()).not.toContain("was lost");
});

it("a POST whose response shows another object and that created none fails with both facts", async () => {
  const { context } = aCloud("VpnService", {}, () => ({
    create: () => Promise.resolve(aWire("VpnService", { id: "other", router_id: OTHER_ID })),
  }));
  await expect(create(context, checkedInputs("VpnService"))).rejects.toThrow(
    /^Could not create VpnService office: .* it shows another object\. .* may have been created nevertheless/,
  );
});

it("a POST without a name whose response is lost adopts no object", async () => {
  const { context } = aCloud("IkePolicy", {}, (own) => ({
    create: async (...args) => {
      await own.create(...args);
      throw lost;
    },
  }));
  const creating = create(context, checkedInputs("IkePolicy", { name: "" }));
  await expect(creating).rejects.toThrow("may have been created nevertheless");
});

describe("a POST to an unavailable service", () => {
  it("is sent again when the list is available and shows no such object", async () => {
    const { run, posts, objects } = failingPosts(away, "not done", 2);
    expect((await run()).id).toBe("made-1");
    expect([posts(), objects().length]).toEqual([3, 1]);
  });

  it("fails with the server's error after a minute and a half", async () => {
    const { run, clock } = failingPosts(away, "not done", Infinity);
    const begin = clock.now();
    await expect(run()).rejects.toBe(away);
    expect(clock.now() - begin).toBeLessThan(90_000);
  });
});

it("a refused POST is neither searched for nor sent again", async () => {
  const inUse = new ApiError("over quota", refusal(409));
  const { run, posts, clock } = failingPosts(inUse, "not done");
  await expect(run()).rejects.toBe(inUse);
  expect([posts(), clock.pauses]).toEqual([1, []]);
});

/** A policy whose first PUTs fail with that error. */
function failingPuts(error: Error, fate: Fate, times = 1) {
  let left = times;
  const bodies: unknown[] = [];
  const there = aWire("IkePolicy");
  const cloud = aCloud("IkePolicy", { IkePolicy: [there] }, (own) => ({
    update: async (place, id, body) => {
      bodies.push(body);
      if (left === 0) return own.update(place, id, body);
      left -= 1;
      if (fate === "done") await own.update(place, id, body);
      throw error;
    },
  }));
  const inputs = checkedInputs("IkePolicy", { pfs: "group31" });
  const run = () => update(cloud.context, there.id, aState("IkePolicy"), inputs);
  return { ...cloud, run, bodies };
}

describe("a PUT whose response is lost", () => {
  it.each(LOST)("is not sent again if the object shows the change (%s)", async (_what, error) => {
    const { run, bodies } = failingPuts(error, "done");
    expect(await run()).toMatchObject({ pfs: "group31" });
    expect(bodies).toEqual([{ pfs: "group31" }]);
  });

  it.each(LOST)(
    "is sent again if the object does not show the change (%s)",
    async (_what, error) => {
      const { run, bodies, objects } = failingPuts(error, "not done");
      expect(await run()).toMatchObject({ pfs: "group31" });
      expect(bodies).toEqual([{ pfs: "group31" }, { pfs: "group31" }]);
      expect(objects()).toMatchObject([{ pfs: "group31" }]);
    },
  );

  it("is sent at most four times", async () => {
    const { run, bodies } = failingPuts(lost, "not done", Infinity);
    await expect(run()).rejects.toBe(lost);
    expect(bodies).toHaveLength(4);
  });
});

describe("a 404 while a delete awaits the end of its object", () => {
  const STATE = { name: "office", projectId: PROJECT_ID };
  const policy = aWire("IkePolicy", { status: "PENDING_DELETE" });

  /** A policy that stays for a while after its DELETE, with that many 404 responses of a proxy. */
  function deleting(pages: number, list: readonly WireObject[][]) {
    let looks = 0;
    let lists = 0;
    const cloud = aCloud("IkePolicy", { IkePolicy: [policy] }, () => ({
      remove: () => Promise.resolve(),
      get: () => {
        looks += 1;
        if (looks > 50) throw new Error("it looks for ever");
        return looks <= pages
          ? Promise.reject(new NotFoundError("<html>", { ...refusal(404), method: "GET" }))
          : Promise.resolve(policy);
      },
      list: () => Promise.resolve(list[Math.min(lists++, list.length - 1)]!),
    }));
    return { ...cloud, looks: () => looks };
  }

  it("without a fault type proves no deletion while the list shows the object", async () => {
    const { context, looks } = deleting(Infinity, [[policy], [policy], []]);
    await deleteObject(context, policy.id, STATE);
    expect(looks()).toBe(3);
  });

  it("without a fault type ends the delete if the list does not show the object", async () => {
    const { context, looks } = deleting(1, [[]]);
    await deleteObject(context, policy.id, STATE);
    expect(looks()).toBe(1);
  });

  it("without proof ends with the timeout", async () => {
    const { context } = deleting(Infinity, [[policy]]);
    const state = { ...STATE, timeouts: { delete: "20s" } };
    await expect(deleteObject(context, policy.id, state)).rejects.toThrow(
      /to be gone, but it is still not proven to be gone/,
    );
  });
});

describe("the object of a POST without a usable response", () => {
  const twin = (changes: Values = {}) => aWire("IkePolicy", changes);

  /** A cloud that creates those objects and loses its response. */
  function making(before: readonly WireObject[], made: readonly WireObject[], error: Error = lost) {
    let all = before;
    const cloud = aCloud("IkePolicy", {}, () => ({
      create: () => {
        all = [...before, ...made];
        return Promise.reject(error);
      },
      list: () => Promise.resolve([...all]),
    }));
    const run = () => create(cloud.context, checkedInputs("IkePolicy"));
    return { ...cloud, run };
  }

  it("is never an object that existed before", async () => {
    const { run, lines } = making([twin({ id: "old" })], [twin({ id: "new" })]);
    expect((await run()).id).toBe("new");
    expect(lines).toContain(
      "The response to the creation of IkePolicy office (new) was lost, but it was created.",
    );
  });

  it("is never an object with other inputs", async () => {
    const { run } = making([], [twin({ id: "other", pfs: "group2" }), twin({ id: "new" })]);
    expect((await run()).id).toBe("new");
  });

  it("is never an object that another resource of this run holds", async () => {
    const { run, context } = making([], [twin({ id: "held" }), twin({ id: "new" })]);
    context.ownership.hold("held");
    expect((await run()).id).toBe("new");
  });

  it("is not adopted if there are two candidates", async () => {
    const { run } = making([], [twin({ id: "a" }), twin({ id: "b" })]);
    await expect(run()).rejects.toThrow("2 objects could be the IkePolicy office");
  });

  it("is searched for again while the list fails", async () => {
    let fails = 0;
    const { context, clock } = aCloud("IkePolicy", {}, (own) => ({
      create: async (...args) => {
        await own.create(...args);
        fails = 3;
        throw lost;
      },
      list: (...args) => ((fails -= 1) > 0 ? Promise.reject(away) : own.list(...args)),
    }));
    expect((await create(context, checkedInputs("IkePolicy"))).id).toBe("made-1");
    expect(clock.pauses.length).toBeGreaterThan(0);
  });

  it.each([
    ["a request that never arrived", new TransportError("no answer (ECONNREFUSED)", false)],
    ["a rate limit of the server", new UnavailableError("busy", refusal(429))],
  ])("is not searched for after %s", async (_what, error) => {
    const { run, clock } = making([], [], error);
    await expect(run()).rejects.toBe(error);
    expect(clock.pauses).toEqual([]);
  });

  it("is the service whose gateway could not be set up, which Neutron keeps", async () => {
    const gateway = { ...refusal(500), faultType: "VPNGatewayError" };
    const { run } = making([], [twin({ id: "kept" })], new ApiError("no gateway", gateway));
    expect((await run()).id).toBe("kept");
  });

  it("is not searched for after any other refusal", async () => {
    const other = new ApiError("no", { ...refusal(409), faultType: "NoVPNGateway" });
    const { run } = making([], [twin({ id: "somebody's" })], other);
    await expect(run()).rejects.toBe(other);
  });
});

it("a create keeps the last known values of a created object that it cannot read any more", async () => {
  const { context } = aCloud("IpsecSiteConnection", {}, (own) => ({
    create: (place, body, label) => own.create(place, { ...body, status: "BUILD" }, label),
    get: () => Promise.reject(new ApiError("forbidden", refusal(403))),
  }));
  const creating = create(context, checkedInputs("IpsecSiteConnection"));
  await expect(creating).rejects.toMatchObject({
    id: "made-1",
    properties: expect.objectContaining({ status: "BUILD", name: "office" }) as unknown,
  });
});
