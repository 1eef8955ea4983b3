import { PartialFailureError } from "../../../../provider/errors";
import type { Values } from "../../../../provider/schema/resourceType";
import { update } from "../../../../provider/lifecycle/operations/update";
import { aState, aWire, checkedInputs } from "../../support/kinds";
import { aCloud } from "../../support/givenContext";

/** How long a status that has not changed since a PUT may be that of before. */
const STALE_MS = 65_000;

/** An update to a description that the cloud shows, with that status, and the state may lack. */
function updating(status: string, inputs: Values, recorded: Values = {}) {
  const kind = "IpsecSiteConnection";
  const there = aWire(kind, { status, description: "sent" });
  const { context, clock, requests } = aCloud(kind, { [kind]: [there] });
  const state = aState(kind, {}, { status: "ACTIVE", description: "", ...recorded });
  const begin = clock.now();
  const run = () =>
    update(context, there.id, state, checkedInputs(kind, { description: "sent", ...inputs }));
  return { context, requests, run, there, took: () => clock.now() - begin };
}

describe("a PUT of a run that was killed before it could record it", () => {
  it("is not sent again, and an ACTIVE is believed only when it cannot be from before", async () => {
    const { requests, run, took } = updating("ACTIVE", { waitFor: "active" });
    expect(await run()).toMatchObject({ description: "sent", status: "ACTIVE" });
    expect(requests).toEqual([]);
    expect(took()).toBeGreaterThanOrEqual(STALE_MS);
  });

  it("may have ended an ERROR that is still shown", async () => {
    const { run, took } = updating("ERROR", {});
    await expect(run()).rejects.toThrow(PartialFailureError);
    expect(took()).toBeGreaterThanOrEqual(STALE_MS);
  });

  it("is known to what waits for the connection", async () => {
    const { context, run, there } = updating("ACTIVE", { waitFor: "accepted" });
    await run();
    expect(context.ownership.lastChange(there.id)).toMatchObject({ status: "ACTIVE" });
  });

  it("is waited for no longer where any settled status will do", async () => {
    const { run, took } = updating("ACTIVE", {});
    await run();
    expect(took()).toBeLessThan(STALE_MS);
  });
});

it("a status that the state knows the change of is believed at once", async () => {
  const { run, took } = updating("ACTIVE", { waitFor: "active" }, { description: "sent" });
  await run();
  expect(took()).toBe(0);
});
