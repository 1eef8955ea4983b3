import { GoneError, NotFoundError, UnavailableError } from "../../../../provider/errors";
import { cloudResourceType } from "../../../../provider/schema/resourceType";
import {
  observe,
  statusOf,
  awaitUpdatable,
} from "../../../../provider/lifecycle/reconcile/awaitStatus";
import { aContext, aLiveConnection, notFound } from "../../support/givenContext";

const OFFICE = { name: "office" };

/** A connection with those successive statuses; the last one repeats. */
function showing(...statuses: readonly string[]) {
  const left = [...statuses];
  const get = jest.fn(() => {
    const status = left.length > 1 ? left.shift() : left[0];
    return Promise.resolve(aLiveConnection({ status }));
  });
  return { ...aContext({ get }), get };
}

describe("awaitUpdatable", () => {
  it("waits until the status of the object is not pending", async () => {
    const { context, get } = showing("PENDING_CREATE", "PENDING_UPDATE", "ERROR");
    expect(await awaitUpdatable(context, "f7cf", OFFICE)).toMatchObject({ status: "ERROR" });
    expect(get).toHaveBeenCalledTimes(3);
  });

  it("does not read an object again that was observed with a settled status", async () => {
    const { context, get } = showing("ACTIVE");
    const seen = aLiveConnection({ status: "DOWN" });
    expect(await awaitUpdatable(context, "f7cf", OFFICE, seen)).toBe(seen);
    expect(get).not.toHaveBeenCalled();
  });

  it("sends one GET for each poll, because the wait repeats it", async () => {
    const { context, get } = showing("ACTIVE");
    await awaitUpdatable(context, "f7cf", OFFICE);
    expect(get).toHaveBeenCalledWith(context.resource.definition, "f7cf", 1);
  });

  it("fails after its timeout, advises the next step, and changes nothing", async () => {
    const { context } = showing("PENDING_UPDATE");
    await expect(awaitUpdatable(context, "f7cf", OFFICE)).rejects.toThrow(
      "Waited 10m00s for IpsecSiteConnection office (f7cf) to leave PENDING_* (only then it can be changed), but it is still PENDING_UPDATE. " +
        "Raise timeouts, or ask the cloud's operator whether its VPN agent runs. Nothing was changed.",
    );
  });
});

describe("observe: a required object", () => {
  const looking = (error: Error) => {
    const { context } = aContext({ get: () => Promise.reject(error) });
    return observe(context, "f7cf", OFFICE);
  };
  const a404 = (faultType?: string) =>
    new NotFoundError("not found", { status: 404, method: "GET", path: "/", faultType });

  it.each([
    ["a 404 of its own type", notFound(cloudResourceType("IpsecSiteConnection"))],
    ["a 404 for a login without read permission", a404("HTTPNotFound")],
    ["a 404 without a type", a404()],
  ])("is reported as deleted or invisible, and the state stays, after %s", async (_what, error) => {
    await expect(looking(error)).rejects.toThrow(GoneError);
    await expect(looking(error)).rejects.toThrow(
      "IpsecSiteConnection office (f7cf) is gone, or this login cannot see it. The state is left as it is: " +
        "run `pulumi up --refresh` to have it created again. (not found)",
    );
  });

  it("is not reported as deleted after a 404 about an object that it refers to", async () => {
    const other = a404("EndpointGroupNotFound");
    await expect(looking(other)).rejects.toBe(other);
  });

  it("is not reported as deleted after any other error", async () => {
    const down = new UnavailableError("down", { status: 503, method: "GET", path: "/" });
    await expect(looking(down)).rejects.toBe(down);
  });
});

it.each([
  [{ status: "ACTIVE" }, "ACTIVE"],
  [{}, "UNKNOWN"],
  [{ status: null }, "UNKNOWN"],
])("statusOf(%j) is %s", (object, status) => {
  expect(statusOf(object)).toBe(status);
});
