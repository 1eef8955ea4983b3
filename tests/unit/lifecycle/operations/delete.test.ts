import {
  ApiError,
  InUseError,
  NotFoundError,
  NotProvenGoneError,
  PendingStateError,
  TransportError,
  UnavailableError,
  WaitError,
} from "../../../../provider/errors";
import { cloudResourceType } from "../../../../provider/schema/resourceType";
import type { OwnershipRegistry } from "../../../../provider/lifecycle/core/ownership";
import { deleteObject } from "../../../../provider/lifecycle/operations/delete";
import type { WireObject } from "../../../../provider/neutron/client";
import { PROJECT_ID } from "../../support/builders";
import { aWire, KINDS } from "../../support/kinds";
import { aCloud, aUser, notFound } from "../../support/givenContext";

const ike = aWire("IkePolicy");
const STATE = { name: "office", projectId: PROJECT_ID };
const refusal = (status: number, faultType?: string) => ({
  status,
  method: "DELETE",
  path: "/",
  faultType,
});

/** A policy whose DELETE is refused that many times with that error, then accepted. */
function refusing(
  error: Error,
  times: number,
  users: readonly WireObject[] = [aUser({ ikepolicy_id: ike.id })],
) {
  const content = { IkePolicy: [ike], IpsecSiteConnection: users };
  let refusals = 0;
  const cloud = aCloud("IkePolicy", content, (own) => ({
    remove: (...args) => {
      if (refusals >= times) return own.remove(...args);
      refusals += 1;
      // Otherwise a loop without a pause would never end on a fake clock.
      return Promise.reject(refusals > 5_000 ? new Error("it asks without a pause") : error);
    },
  }));
  return { ...cloud, refused: () => refusals };
}

describe("a delete", () => {
  it.each(KINDS)("of a %s ends when the object no longer exists", async (kind) => {
    const there = aWire(kind);
    const { context, requests, objects } = aCloud(kind, { [kind]: [there] });
    await deleteObject(context, there.id, STATE);
    expect(requests).toEqual([["DELETE", there.id]]);
    expect(objects()).toEqual([]);
  });

  it.each(KINDS)("of a %s that no longer exists succeeds", async (kind) => {
    const { context } = aCloud(kind);
    await expect(deleteObject(context, "gone", STATE)).resolves.toBeUndefined();
  });

  it("of an object that is not found from another project fails, because it may exist there", async () => {
    const { context } = aCloud("IkePolicy");
    const elsewhere = { ...STATE, projectId: "another" };
    await expect(deleteObject(context, "gone", elsewhere)).rejects.toThrow(NotProvenGoneError);
  });

  it.each<[string, string, (ownership: OwnershipRegistry) => void]>([
    ["this run has adopted", "this run has adopted it", (one) => one.claim(ike.id)],
    [
      "another resource holds",
      "another resource of this stack holds it",
      (one) => {
        const definition = cloudResourceType("IkePolicy");
        one.recordCheck(definition, {});
        one.keep(definition, ike.id, {});
      },
    ],
  ])(
    "of an object that %s keeps the object and prints the reason",
    async (_what, because, prepare) => {
      const { context, requests, lines } = aCloud("IkePolicy", { IkePolicy: [ike] });
      prepare(context.ownership);
      await deleteObject(context, ike.id, STATE);
      expect(requests).toEqual([]);
      expect(lines).toEqual([`IkePolicy office (${ike.id}) is kept, since ${because}.`]);
    },
  );

  it("of the object that a forced replacement has adopted names the option that replaces it", async () => {
    const { context, requests, lines } = aCloud("IkePolicy", { IkePolicy: [ike] });
    context.ownership.claim(ike.id);
    await deleteObject(context, ike.id, { ...STATE, name: "test-office-0123abc" });
    expect(requests).toEqual([]);
    expect(lines).toEqual([expect.stringMatching(/adopted it\. .*`deleteBeforeReplace: true`/)]);
  });

  it("of an object that two resources held sends one DELETE and prints that", async () => {
    const { context, lines } = aCloud("IkePolicy", { IkePolicy: [ike] });
    await deleteObject(context, ike.id, STATE);
    await deleteObject(context, ike.id, STATE);
    expect(lines).toEqual([
      `IkePolicy office (${ike.id}) was held by two resources of this stack and is deleted once.`,
    ]);
  });
});

describe("a delete that is refused because of use", () => {
  it.each<[string, ApiError]>([
    ["409 IKEPolicyInUse", new InUseError("in use", refusal(409, "IKEPolicyInUse"))],
    ["400 EndpointGroupInUse", new InUseError("in use", refusal(400, "EndpointGroupInUse"))],
    ["an untyped 409, with users", new ApiError("conflict", refusal(409))],
    ["an untyped 400, with users", new ApiError("bad request", refusal(400))],
  ])("by %s is sent again until it is accepted", async (_what, error) => {
    const { context, clock, refused } = refusing(error, 3);
    await deleteObject(context, ike.id, STATE);
    expect(refused()).toBe(3);
    expect(clock.pauses.length).toBeGreaterThanOrEqual(3);
  });

  it("fails after its timeout and names the dependents", async () => {
    const error = new InUseError("in use", refusal(409, "IKEPolicyInUse"));
    const { context, clock } = refusing(error, Infinity);
    const begin = clock.now();
    const removing = deleteObject(context, ike.id, { ...STATE, timeouts: { delete: "20s" } });
    await expect(removing).rejects.toThrow(WaitError);
    await expect(removing).rejects.toThrow(
      /IkePolicy office \(.*\) to be deleted, but it is still in use by IpsecSiteConnection a \(a-id\)\. Delete the objects that use it/,
    );
    expect(clock.now() - begin).toBe(20_000);
  });

  it("is sent rarely while it waits", async () => {
    const error = new InUseError("in use", refusal(409, "IKEPolicyInUse"));
    const { context, clock } = refusing(error, Infinity, []);
    await expect(deleteObject(context, ike.id, STATE)).rejects.toThrow(WaitError);
    expect(clock.pauses.length).toBeLessThan(200);
  });

  it("reports that the dependents are invisible to the login", async () => {
    const error = new InUseError("in use", refusal(409, "IKEPolicyInUse"));
    const { context } = refusing(error, Infinity, []);
    await expect(deleteObject(context, ike.id, STATE)).rejects.toThrow(
      /still in use by objects that this login cannot see/,
    );
  });
});

describe("a delete of an object whose dependents stay", () => {
  const error = new InUseError("in use", refusal(409, "IKEPolicyInUse"));
  const begun = (users?: readonly WireObject[]) => {
    const cloud = refusing(error, Infinity, users);
    const begin = cloud.clock.now();
    return { ...cloud, waited: () => cloud.clock.now() - begin };
  };

  it("fails at once if the run does not change a dependent, and advises the next step", async () => {
    const { context, refused, waited } = begun();
    const connection = cloudResourceType("IpsecSiteConnection");
    context.ownership.recordCheck(connection, {});
    context.ownership.keep(connection, "a-id", {});
    const removing = deleteObject(context, ike.id, STATE);
    await expect(removing).rejects.toThrow(InUseError);
    await expect(removing).rejects.toThrow(
      `IkePolicy office (${ike.id}) cannot be deleted: it is in use by IpsecSiteConnection a (a-id), which this run leaves as it is. ` +
        "Delete the objects that use it, or point them to another one; then try again. " +
        "If they are resources of this stack, leave out --target, or add --target-dependents.",
    );
    expect([refused(), waited()]).toEqual([1, 0]);
  });

  it("fails after half a minute if the plans for the dependents are unknown", async () => {
    const { context, waited } = begun();
    await expect(deleteObject(context, ike.id, STATE)).rejects.toThrow(
      "it is in use by IpsecSiteConnection a (a-id), which this run does not delete, and no other run did in 30s. Delete the objects that use it",
    );
    expect(waited()).toBeGreaterThanOrEqual(30_000);
    expect(waited()).toBeLessThan(60_000);
  });

  it("waits until its timeout while another client deletes a dependent", async () => {
    const leaving = { ...aUser({ ikepolicy_id: ike.id }), status: "PENDING_DELETE" };
    const { context } = begun([leaving, aUser({ ikepolicy_id: ike.id }, "b")]);
    await expect(deleteObject(context, ike.id, STATE)).rejects.toThrow(WaitError);
  });

  it("waits until its timeout while this run deletes a dependent", async () => {
    const { context } = begun();
    context.ownership.beginDelete("a-id");
    await expect(deleteObject(context, ike.id, STATE)).rejects.toThrow(WaitError);
  });

  it("continues to wait while the run deletes other objects", async () => {
    const { context, clock, waited } = begun();
    let deletions = 0;
    const sleep = clock.sleep.bind(clock);
    clock.sleep = (ms) => {
      if (waited() < 100_000) context.ownership.beginDelete(`other-${(deletions += 1)}`);
      return sleep(ms);
    };
    await expect(deleteObject(context, ike.id, STATE)).rejects.toThrow(InUseError);
    expect(waited()).toBeGreaterThan(130_000);
  });
});

describe("a delete that is refused without a visible reason", () => {
  const unexplained = [
    ["an untyped 409", new ApiError("conflict", refusal(409))],
    ["an untyped 400", new ApiError("bad request", refusal(400))],
  ] as const;

  it.each(unexplained)("fails after a second %s", async (_what, error) => {
    const { context, refused } = refusing(error, Infinity, []);
    await expect(deleteObject(context, ike.id, STATE)).rejects.toBe(error);
    expect(refused()).toBe(2);
  });

  it.each(unexplained)(
    "succeeds after one %s if its dependent has just been deleted",
    async (_what, error) => {
      const { context, objects } = refusing(error, 1, []);
      await deleteObject(context, ike.id, STATE);
      expect(objects()).toEqual([]);
    },
  );
});

it("a delete waits for a connection that becomes pending after a refusal without a reason", async () => {
  const statuses = ["ACTIVE", "PENDING_UPDATE"];
  const there = aWire("IpsecSiteConnection");
  const conflict = new ApiError("conflict", refusal(409));
  let refusals = 0;
  const { context, objects } = aCloud(
    "IpsecSiteConnection",
    { IpsecSiteConnection: [there] },
    (own) => ({
      get: async (...args) => ({
        ...(await own.get(...args)),
        status: statuses.shift() ?? "PENDING_UPDATE",
      }),
      remove: (...args) => ((refusals += 1) < 4 ? Promise.reject(conflict) : own.remove(...args)),
    }),
  );
  await deleteObject(context, there.id, STATE);
  expect([refusals, objects()]).toEqual([4, []]);
});

describe("a delete that is refused for another reason", () => {
  it.each([
    ["a 403", new ApiError("forbidden", refusal(403))],
    ["a 409 of another type", new ApiError("quota", refusal(409, "OverQuota"))],
    ["a 400 of another type", new ApiError("bad", refusal(400, "HTTPBadRequest"))],
  ])("fails at once after %s, even if the object is in use", async (_what, error) => {
    const { context, refused } = refusing(error, Infinity);
    await expect(deleteObject(context, ike.id, STATE)).rejects.toBe(error);
    expect(refused()).toBe(1);
  });

  it("reports the last response if the cloud stays unavailable", async () => {
    const { context } = refusing(new UnavailableError("down", refusal(503)), Infinity);
    const removing = deleteObject(context, ike.id, { ...STATE, timeouts: { delete: "20s" } });
    await expect(removing).rejects.toThrow(WaitError);
    await expect(removing).rejects.toThrow(/^Waited 20s for .* The last poll failed: down\s*$/);
  });

  it("is sent again while the cloud is unavailable", async () => {
    const { context, refused } = refusing(new UnavailableError("down", refusal(503)), 2);
    await deleteObject(context, ike.id, STATE);
    expect(refused()).toBe(2);
  });
});

describe("a delete with obstacles", () => {
  const inUse = new InUseError("in use", refusal(409, "IKEPolicyInUse"));

  it("prints its dependents once, for any number of refusals", async () => {
    const { context, lines } = refusing(inUse, 3);
    await deleteObject(context, ike.id, STATE);
    expect(lines).toEqual([
      `IkePolicy office (${ike.id}) is in use by IpsecSiteConnection a (a-id), and is deleted as soon as possible.`,
    ]);
  });

  it("prints no line if it is accepted at once", async () => {
    const { context, lines } = refusing(inUse, 0);
    await deleteObject(context, ike.id, STATE);
    expect(lines).toEqual([]);
  });

  it("is sent again if its response is lost", async () => {
    const { context, refused, objects } = refusing(new TransportError("no answer", true), 1);
    await deleteObject(context, ike.id, STATE);
    expect([refused(), objects()]).toEqual([1, []]);
  });
});

describe("a delete of a connection", () => {
  const busy = new PendingStateError("it is busy", refusal(409));
  const unexplained = new ApiError("conflict", refusal(409));

  /** A connection whose DELETE is always refused, or accepted and never carried out. */
  function lasting(status: string, error?: Error) {
    const there = aWire("IpsecSiteConnection", { status });
    return aCloud("IpsecSiteConnection", { IpsecSiteConnection: [there] }, () => ({
      remove: () => (error ? Promise.reject(error) : Promise.resolve()),
    })).context;
  }
  const id = aWire("IpsecSiteConnection").id;

  it.each([
    ["reports that it is busy", busy],
    ["gives no reason", unexplained],
  ])("that %s while it is pending waits for it", async (_what, error) => {
    const removing = deleteObject(lasting("PENDING_UPDATE", error), id, STATE);
    await expect(removing).rejects.toThrow(WaitError);
    await expect(removing).rejects.toThrow(
      "to be deleted, but it is still PENDING_UPDATE. Raise timeouts.delete, or ask the cloud's operator whether its VPN agent runs.",
    );
  });

  it("that reports to be busy with a settled status waits for it too", async () => {
    await expect(deleteObject(lasting("ACTIVE", busy), id, STATE)).rejects.toThrow(
      "it is still refused. it is busy. Raise timeouts.delete",
    );
  });

  it("that stays after an accepted DELETE fails and advises the next step", async () => {
    await expect(deleteObject(lasting("PENDING_DELETE"), id, STATE)).rejects.toThrow(
      "to be gone, but it is still PENDING_DELETE. DELETE was accepted; run `pulumi up` or `pulumi destroy` again, or raise timeouts.delete.",
    );
  });
});

it("a delete reports the error that prevents the check for the object", async () => {
  const forbidden = new ApiError("forbidden", refusal(403));
  const { context } = aCloud("IkePolicy", { IkePolicy: [ike] }, () => ({
    get: () => Promise.reject(forbidden),
  }));
  await expect(deleteObject(context, ike.id, STATE)).rejects.toBe(forbidden);
});

describe("the wait for the end of a delete", () => {
  /**
   * A policy whose DELETE is accepted and whose reads then fail with those errors; the last one
   * repeats.
   */
  function reading(errors: readonly Error[], projectId = () => Promise.resolve(PROJECT_ID)) {
    const left = [...errors];
    const get = jest.fn(() => Promise.reject(left.length > 1 ? left.shift()! : left[0]!));
    const { context } = aCloud("IkePolicy", { IkePolicy: [ike] }, () => ({ get, projectId }));
    return { context, get };
  }
  const gone = notFound(cloudResourceType("IkePolicy"));

  it("ends after Neutron's own 404, even if the state lacks the project", async () => {
    const { context } = reading([gone]);
    const { projectId: _none, ...state } = STATE;
    await expect(deleteObject(context, ike.id, state)).resolves.toBeUndefined();
  });

  it("continues after a read whose response is lost", async () => {
    const { context, get } = reading([new TransportError("no answer", true), gone]);
    await deleteObject(context, ike.id, STATE);
    expect(get).toHaveBeenCalledTimes(2);
  });

  it("fails if a 404 of another type cannot be verified", async () => {
    const refused = new ApiError("the login was refused", refusal(401));
    const page = new NotFoundError("<html>", { ...refusal(404), method: "GET" });
    const { context } = reading([page], () => Promise.reject(refused));
    await expect(deleteObject(context, ike.id, STATE)).rejects.toBe(refused);
  });
});
