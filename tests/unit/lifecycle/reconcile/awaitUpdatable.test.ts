import { awaitUpdatable } from "../../../../provider/lifecycle/reconcile/awaitStatus";
import { aContext, aLiveConnection } from "../../support/givenContext";

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
