import { PendingStateError } from "../../../../provider/errors";
import { applyChange } from "../../../../provider/lifecycle/reconcile/applyChange";
import { deleteObject } from "../../../../provider/lifecycle/operations/delete";
import { aConnection } from "../../support/builders";
import { aContext, aLiveConnection } from "../../support/givenContext";

const REFUSAL = { status: 409, method: "PUT", path: "/" };

/** A cloud that always refuses requests as pending, although it shows a settled status. */
function aStubbornCloud() {
  const times: number[] = [];
  const refuse = () => {
    times.push(clock.now());
    // Otherwise a loop without a pause would never end on a fake clock.
    if (times.length > 5_000) throw new Error("it asks without a pause");
    return Promise.reject(new PendingStateError("busy", REFUSAL));
  };
  const get = () => Promise.resolve(aLiveConnection({ status: "ACTIVE" }));
  const { context, clock } = aContext({ get, update: refuse, remove: refuse });
  return { context, times, begin: clock.now() };
}

/** The requests of the first second, and those of the whole ten minutes. */
const counts = (times: readonly number[], begin: number) =>
  [times.filter((time) => time - begin < 1_000).length, times.length] as const;

it("a PUT that is refused as pending is sent a few times in the first second, and then rarely", async () => {
  const { context, times, begin } = aStubbornCloud();
  const { definition } = context.resource;
  const fields = definition.fields.filter(({ name }) => name === "mtu");
  const inputs = aConnection({ mtu: 1400 });
  const change = { id: "f7cf", fields, inputs, declared: inputs };
  await expect(applyChange(context, change)).rejects.toThrow("busy");
  const [first, all] = counts(times, begin);
  expect(first).toBeGreaterThan(1);
  expect(first).toBeLessThan(6);
  expect(all).toBeLessThan(200);
});

it("a DELETE that is refused as pending is sent a few times in the first second, and then rarely", async () => {
  const { context, times, begin } = aStubbornCloud();
  await expect(deleteObject(context, "f7cf", aConnection())).rejects.toThrow("busy");
  const [first, all] = counts(times, begin);
  expect(first).toBeGreaterThan(1);
  expect(first).toBeLessThan(6);
  expect(all).toBeLessThan(200);
});
