import { PendingStateError, TransportError } from "../../../../provider/errors";
import { applyChange } from "../../../../provider/lifecycle/reconcile/applyChange";
import type { Values } from "../../../../provider/schema/resourceType";
import type { OnDrift } from "../../../../provider/onDrift";
import { aState, aWire, checkedInputs, resourceOf } from "../../support/kinds";
import { aContext } from "../../support/givenContext";

const { definition } = resourceOf("IpsecSiteConnection");
const ID = aWire("IpsecSiteConnection").id;

interface Given {
  /** The changes of the program to the connection. */
  readonly changes: Values;
  /** The results of successive reads, in addition to the PUT values; the last one repeats. */
  readonly reads?: readonly Values[];
  readonly waitFor?: string;
  readonly onDrift?: OnDrift;
  readonly seconds?: number;
  /** Whether the resource has a state, which an adoption lacks. */
  readonly hasState?: boolean;
  /** The error of every PUT. */
  readonly refusal?: Error;
  /** A change to the connection just before it accepts a PUT. */
  readonly meanwhile?: Values;
}

/** A change of a connection that is ACTIVE by default. */
function changing(given: Given) {
  const { changes, hasState = true, onDrift = "report", refusal, meanwhile, seconds = 600 } = given;
  const reads = [...(given.reads ?? [{}])];
  const bodies: Values[] = [];
  let stored = aWire("IpsecSiteConnection", { status: "ACTIVE" });
  const get = jest.fn(() => {
    const now = reads.length > 1 ? reads.shift()! : reads[0]!;
    return Promise.resolve({ ...stored, ...now });
  });
  const update = (_place: unknown, _id: string, body: Values) => {
    bodies.push(body);
    // Otherwise a loop without an end would never end on a fake clock.
    if (bodies.length > 500) throw new Error("it sends for ever");
    if (refusal !== undefined) return Promise.reject(refusal);
    stored = { ...stored, ...meanwhile, ...body };
    return Promise.resolve(stored);
  };
  const { context, clock } = aContext({ get, update }, { onDrift });
  const begin = clock.now();
  const waitFor = given.waitFor ?? "settled";
  const inputs = checkedInputs("IpsecSiteConnection", { ...changes, waitFor });
  const names = Object.keys({ ...changes, waitFor });
  const change = {
    id: ID,
    inputs,
    declared: inputs,
    fields: definition.fields.filter(({ name }) => names.includes(name)),
    ...(hasState && { state: aState("IpsecSiteConnection") }),
  };
  return {
    bodies,
    context,
    get,
    waited: () => clock.now() - begin,
    run: () => applyChange({ ...context, deadline: begin + seconds * 1_000 }, change),
  };
}

describe("the old status in an adoption", () => {
  it("counts only after 65 seconds if a PUT was sent", async () => {
    const { run, waited, bodies } = changing({
      changes: { mtu: 1400 },
      waitFor: "active",
      hasState: false,
    });
    await run();
    expect([waited(), bodies]).toEqual([65_000, [{ mtu: 1400 }]]);
  });

  it("counts at once, without another read, if no field differs", async () => {
    const { run, waited, get } = changing({
      changes: { mtu: 1500 },
      waitFor: "active",
      hasState: false,
    });
    await run();
    expect([waited(), get.mock.calls.length]).toEqual([0, 1]);
  });
});

describe("the record of a change of a connection", () => {
  it("has the time and the status of a successful PUT", async () => {
    const { run, context } = changing({ changes: { mtu: 1400 } });
    const changedAt = context.clock.now();
    await run();
    expect(context.ownership.lastChange(ID)).toEqual({ changedAt, status: "ACTIVE" });
  });

  it("is absent if only waitFor changed", async () => {
    const { run, context } = changing({ changes: {} });
    await run();
    expect(context.ownership.lastChange(ID)).toBeUndefined();
  });
});

describe("a change by another client during the wait", () => {
  it("stays for the next run if only waitFor changed, with onDrift correct", async () => {
    const reads = [{ status: "PENDING_UPDATE" }, { status: "ACTIVE", mtu: 1300 }];
    const { run, bodies } = changing({ changes: {}, reads, onDrift: "correct" });
    expect(await run()).toMatchObject({ mtu: 1500 });
    expect(bodies).toEqual([]);
  });

  it("is an error, without a PUT, if an adoption had no change to send", async () => {
    const reads = [{ status: "PENDING_UPDATE" }, { status: "ACTIVE", mtu: 1300 }];
    const { run, bodies } = changing({ changes: { mtu: 1500 }, reads, hasState: false });
    await expect(run()).rejects.toThrow("but shows another value for: mtu.");
    expect(bodies).toEqual([]);
  });

  it("does not fail with onDrift fail, because the PUT was sent already", async () => {
    const { run, bodies } = changing({
      changes: { mtu: 1400 },
      meanwhile: { description: "by hand" },
      onDrift: "fail",
    });
    expect(await run()).toMatchObject({ mtu: 1400, description: "" });
    expect(bodies).toEqual([{ mtu: 1400 }]);
  });
});

describe("the timeout of a change", () => {
  const pending = new PendingStateError("busy", { status: 409, method: "PUT", path: "/" });

  it("ends a series of PUTs that are refused as pending, without a longer pause", async () => {
    const { run, waited } = changing({ changes: { mtu: 1400 }, refusal: pending, seconds: 60 });
    await expect(run()).rejects.toBe(pending);
    expect(waited()).toBeLessThan(60_000);
  });

  it("prevents the retry of a PUT whose response is lost", async () => {
    const lost = new TransportError("no answer", true);
    const { run, bodies } = changing({ changes: { mtu: 1400 }, refusal: lost, seconds: 0.2 });
    await expect(run()).rejects.toBe(lost);
    expect(bodies).toHaveLength(1);
  });
});
