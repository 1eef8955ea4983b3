import { PartialFailureError } from "../../../../provider/errors";
import type { Values } from "../../../../provider/schema/resourceType";
import { update } from "../../../../provider/lifecycle/operations/update";
import { aState, aWire, checkedInputs } from "../../support/kinds";
import { aCloud } from "../../support/givenContext";

/** The time after a PUT during which an unchanged status may be the old one. */
const STALE_MS = 65_000;

/**
 * An update to a description that the cloud already shows, with that status, and that the state may
 * lack.
 */
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

describe("a PUT of a run that was killed before it could record the change", () => {
  it("is not sent again, and ACTIVE counts only when it can no longer be the old status", async () => {
    const { requests, run, took } = updating("ACTIVE", { waitFor: "active" });
    expect(await run()).toMatchObject({ description: "sent", status: "ACTIVE" });
    expect(requests).toEqual([]);
    expect(took()).toBeGreaterThanOrEqual(STALE_MS);
  });

  it("may have ended an ERROR that the cloud still shows", async () => {
    const { run, took } = updating("ERROR", {});
    await expect(run()).rejects.toThrow(PartialFailureError);
    expect(took()).toBeGreaterThanOrEqual(STALE_MS);
  });

  it("is recorded for resources that wait for the connection", async () => {
    const { context, run, there } = updating("ACTIVE", { waitFor: "accepted" });
    await run();
    expect(context.ownership.lastChange(there.id)).toMatchObject({ status: "ACTIVE" });
  });

  it("causes no longer wait if any settled status is enough", async () => {
    const { run, took } = updating("ACTIVE", {});
    await run();
    expect(took()).toBeLessThan(STALE_MS);
  });
});

it("a status counts at once if the state already records the change", async () => {
  const { run, took } = updating("ACTIVE", { waitFor: "active" }, { description: "sent" });
  await run();
  expect(took()).toBe(0);
});
