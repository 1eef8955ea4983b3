import { GoneError, NotFoundError, UnavailableError } from "../../../../provider/errors";
import { cloudResourceType } from "../../../../provider/schema/resourceType";
import {
  observe,
  statusOf,
  awaitUpdatable,
} from "../../../../provider/lifecycle/reconcile/awaitStatus";
import { aContext, aLiveConnection, notFound } from "../../support/givenContext";

const OFFICE = { name: "office" };

/** A connection that shows those statuses one after the other; the last one repeats. */
function showing(...statuses: readonly string[]) {
  const left = [...statuses];
  const get = jest.fn(() => {
    const status = left.length > 1 ? left.shift() : left[0];
    return Promise.resolve(aLiveConnection({ status }));
  });
  return { ...aContext({ get }), get };
}

describe("what is to be changed", () => {
  it("is waited for until its status is no pending one", async () => {
    const { context, get } = showing("PENDING_CREATE", "PENDING_UPDATE", "ERROR");
    expect(await awaitUpdatable(context, "f7cf", OFFICE)).toMatchObject({ status: "ERROR" });
    expect(get).toHaveBeenCalledTimes(3);
  });

  it("is not read again where it was seen to be at rest", async () => {
    const { context, get } = showing("ACTIVE");
    const seen = aLiveConnection({ status: "DOWN" });
    expect(await awaitUpdatable(context, "f7cf", OFFICE, seen)).toBe(seen);
    expect(get).not.toHaveBeenCalled();
  });

  it("is read once in each look, since the wait looks again by itself", async () => {
    const { context, get } = showing("ACTIVE");
    await awaitUpdatable(context, "f7cf", OFFICE);
    expect(get).toHaveBeenCalledWith(context.resource.definition, "f7cf", 1);
  });

  it("is left alone when its time is up, and the error says what to do", async () => {
    const { context } = showing("PENDING_UPDATE");
    await expect(awaitUpdatable(context, "f7cf", OFFICE)).rejects.toThrow(
      "Waited 10m00s for IpsecSiteConnection office (f7cf) to leave PENDING_* (only then it can be changed), but it is still PENDING_UPDATE. " +
        "Raise timeouts, or ask the cloud's operator whether its VPN agent runs. Nothing was changed.",
    );
  });
});

describe("an object that has to be there and is not found", () => {
  const looking = (error: Error) => {
    const { context } = aContext({ get: () => Promise.reject(error) });
    return observe(context, "f7cf", OFFICE);
  };
  const a404 = (faultType?: string) =>
    new NotFoundError("not found", { status: 404, method: "GET", path: "/", faultType });

  it.each([
    ["by its own type", notFound(cloudResourceType("IpsecSiteConnection"))],
    ["by the type of a login that may not read", a404("HTTPNotFound")],
    ["by no type at all", a404()],
  ])("is gone or cannot be seen, and the state is left (%s)", async (_what, error) => {
    await expect(looking(error)).rejects.toThrow(GoneError);
    await expect(looking(error)).rejects.toThrow(
      "IpsecSiteConnection office (f7cf) is gone, or this login cannot see it. The state is left as it is: " +
        "run `pulumi up --refresh` to have it created again. (not found)",
    );
  });

  it("is not meant by a 404 of something that it refers to", async () => {
    const other = a404("EndpointGroupNotFound");
    await expect(looking(other)).rejects.toBe(other);
  });

  it("is not meant by any other error", async () => {
    const down = new UnavailableError("down", { status: 503, method: "GET", path: "/" });
    await expect(looking(down)).rejects.toBe(down);
  });
});

it.each([
  [{ status: "ACTIVE" }, "ACTIVE"],
  [{}, "UNKNOWN"],
  [{ status: null }, "UNKNOWN"],
])("takes %j for %s", (object, status) => {
  expect(statusOf(object)).toBe(status);
});
