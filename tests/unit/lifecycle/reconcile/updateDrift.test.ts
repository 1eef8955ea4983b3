import { DriftError } from "../../../../provider/errors";
import { changedFields } from "../../../../provider/lifecycle/operations/diff";
import {
  cloudResourceType,
  type Field,
  type Kind,
  type Values,
} from "../../../../provider/schema/resourceType";
import { read } from "../../../../provider/lifecycle/operations/read";
import { update } from "../../../../provider/lifecycle/operations/update";
import { isPlainObject, sameValue } from "../../../../provider/schema/equality";
import type { OnDrift } from "../../../../provider/onDrift";
import { OTHER_ID } from "../../support/builders";
import { aState, aWire, checkedInputs, KINDS } from "../../support/kinds";
import { aCloud } from "../../support/givenContext";

/*
 * The rules for state values of properties that an update does not send. With `ignoreChanges` the
 * engine passes the inputs of the last run on as new ones: if an update takes the cloud's value
 * into the outputs alone, the next update sends the old value over it.
 */

/** A value of a property in the API with another meaning than the existing one. */
function another({ name, format, refersTo }: Field, value: unknown): unknown {
  if (Array.isArray(value)) return ["10.99.0.0/24"];
  if (isPlainObject(value)) {
    const [part, there] = Object.entries(value).find(([, one]) => typeof one === "number")!;
    return { ...value, [part]: Number(there) + 1 };
  }
  if (typeof value === "boolean") return !value;
  if (typeof value === "number") return value + 1;
  if (format === "uuid" || refersTo !== undefined) return OTHER_ID;
  return format === "host" ? "203.0.113.99" : `${name} by ops`;
}

/** Every input of every type that the cloud shows, which are the properties with possible drift. */
const PROPERTIES = KINDS.flatMap((kind) =>
  cloudResourceType(kind)
    .fields.filter((field) => field.input.neutron && field.output && !field.local && !field.once)
    .map(({ name }): [Kind, string] => [kind, name]),
);

/** An object with one property changed outside Pulumi, and an update of another property. */
function rotated(kind: Kind, property: string, onDrift: OnDrift) {
  const { fields } = cloudResourceType(kind);
  const field = fields.find(({ name }) => name === property)!;
  const before = aWire(kind);
  const there = aWire(kind, { [field.wire]: another(field, before[field.wire]) });
  const { context: made, requests, lines } = aCloud(kind, { [kind]: [there] });
  const context = { ...made, onDrift };
  const state = aState(kind);
  const inputs = checkedInputs(kind, CHANGES[kind] ?? TIMEOUTS);
  const run = () => update(context, there.id, state, inputs);
  /** The changes that an `up` with the same inputs would make. */
  const left = (outputs: Values) => {
    const room = {
      definition: cloudResourceType(kind),
      dialect: "neutron",
      project: "network",
    } as const;
    return changedFields(room, outputs, inputs).map(({ name }) => name);
  };
  return { context, field, inputs, left, lines, requests, run, state, there };
}

const TIMEOUTS = { timeouts: { update: "20m" } };
const CHANGES: Partial<Record<Kind, Values>> = { IpsecSiteConnection: { waitFor: "accepted" } };

it.each(PROPERTIES)(
  "an update with onDrift report leaves %s.%s to a refresh",
  async (kind, property) => {
    const { context, field, left, lines, requests, run, state, there } = rotated(
      kind,
      property,
      "report",
    );
    const outputs = await run();
    expect(requests).toEqual([]);
    expect(outputs[property]).toEqual(state[property]);
    expect(left(outputs)).toEqual([]);
    expect(lines.join()).toContain(`: ${property}`);

    const refreshed = (await read(context, there.id, outputs))!;
    expect(refreshed.outputs[property]).toEqual(there[field.wire]);
    if (!field.chosen) expect(refreshed.inputs[property]).toEqual(there[field.wire]);
  },
);

it.each(PROPERTIES)(
  "an update with onDrift correct sends %s.%s or leaves it to a refresh",
  async (kind, property) => {
    const { field, inputs, left, requests, run, state, there } = rotated(kind, property, "correct");
    const outputs = await run();
    const isSent = !field.createOnly && inputs[property] !== undefined;
    const body = { [field.wire]: inputs[property] };
    expect(requests).toEqual(isSent ? [["PUT", there.id, body]] : []);
    expect(sameValue(field, outputs[property], state[property])).toBe(true);
    expect(left(outputs)).toEqual([]);
  },
);

it.each(PROPERTIES)(
  "an update with onDrift fail sends no change because of drift in %s.%s",
  async (kind, property) => {
    const { requests, run } = rotated(kind, property, "fail");
    await expect(run()).rejects.toThrow(DriftError);
    expect(requests).toEqual([]);
  },
);

it("an update stores the observed values of properties that are not inputs", async () => {
  const there = aWire("VpnService", { external_v4_ip: "198.51.100.99", status: "DOWN" });
  const { context } = aCloud("VpnService", { VpnService: [there] });
  const inputs = checkedInputs("VpnService", TIMEOUTS);
  const outputs = await update(context, there.id, aState("VpnService"), inputs);
  expect(outputs).toMatchObject({ externalV4Ip: "198.51.100.99", status: "DOWN" });
});
