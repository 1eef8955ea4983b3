import { OwnershipRegistry } from "../../../../provider/lifecycle/core/ownership";
import { DependentsMonitor } from "../../../../provider/lifecycle/reconcile/dependentsMonitor";
import { FakeClock } from "../../support/fakeClock";

/** A monitor, and its report on dependents with those ids. */
function monitoring() {
  const clock = new FakeClock();
  const monitor = new DependentsMonitor({ clock, ownership: new OwnershipRegistry() });
  const staying = (...ids: readonly string[]) =>
    monitor.staying(ids.map((id) => ({ id, label: `connection ${id}`, status: "ACTIVE" })));
  return { clock, staying };
}

describe("the dependents of an object that a delete waits for", () => {
  it("count as staying after exactly 30 seconds without a change", () => {
    const { clock, staying } = monitoring();
    staying("a");
    clock.pass(29_999);
    expect(staying("a")).toBeUndefined();
    clock.pass(1);
    expect(staying("a")).toBe(
      "connection a, which this run does not delete, and no other run did in 30s",
    );
  });

  it("may still be deleted for 30 seconds after another dependent has replaced one", () => {
    const { clock, staying } = monitoring();
    staying("a");
    clock.pass(30_000);
    expect(staying("b")).toBeUndefined();
    clock.pass(30_000);
    expect(staying("b")).toContain("connection b");
  });
});
