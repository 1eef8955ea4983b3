import { GoneError, NotFoundError, UnavailableError } from "../../../../provider/errors";
import { observe, statusOf } from "../../../../provider/lifecycle/reconcile/observe";
import { cloudResourceType } from "../../../../provider/schema/resourceType";
import { aContext, notFound } from "../../support/givenContext";

const OFFICE = { name: "office" };

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
