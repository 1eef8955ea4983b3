import { driftOf, statusDrift } from "../../provider/model/drift";
import {
  fieldsToSend,
  isShownAs,
  toInputs,
  toOutputs,
  toWire,
} from "../../provider/model/wireMapping";
import { reportDrift } from "../../provider/lifecycle/reconcile/driftPolicy";
import {
  changedFields,
  diff,
  type DiffEnvironment,
} from "../../provider/lifecycle/operations/diff";
import { read } from "../../provider/lifecycle/operations/read";
import { update } from "../../provider/lifecycle/operations/update";
import type { Context } from "../../provider/lifecycle/core/context";
import { outputsOf } from "../../provider/lifecycle/core/outputs";
import { refreshed } from "../../provider/drift/refreshPreview";
import type { HeldResource } from "../../provider/drift/stackState";
import type { CloudResourceType, Field } from "../../provider/schema/resourceType";
import type { Inputs, Outputs, State, Values, WireObject } from "../../provider/values";

declare const definition: CloudResourceType;
declare const context: Context;
declare const environment: DiffEnvironment;
declare const field: Field;
declare const held: HeldResource;
declare const live: WireObject;
declare const state: State;
declare const outputs: Outputs;
declare const inputs: Inputs;
declare const plain: Values;

/**
 * A type test: nothing calls these functions. `tsc` reports an unused `@ts-expect-error` if a swap of
 * inputs, a state, outputs or an object of the cloud compiles.
 */
export const SWAPS: readonly (() => unknown)[] = [
  // @ts-expect-error: the state is not an object of the cloud
  () => toOutputs(definition, state, state),
  // @ts-expect-error: the object is not the declared values
  () => toOutputs(definition, live, live),
  // @ts-expect-error: plain values are not an object of the cloud
  () => toOutputs(definition, plain, inputs),
  // @ts-expect-error: both swapped
  () => outputsOf(context, state, live),
  // @ts-expect-error: outputs and state swapped
  () => driftOf(definition, state, outputs),
  // @ts-expect-error: an object has no outputs yet
  () => driftOf(definition, live, state),
  // @ts-expect-error: object and state swapped
  () => statusDrift(definition, live, state),
  // @ts-expect-error: object and state swapped
  () => reportDrift(context, "id", { state: live, live: state, outputs }),
  // @ts-expect-error: outputs and state swapped
  () => reportDrift(context, "id", { state: outputs, live, outputs: state }),
  // @ts-expect-error: inputs are not an object of the cloud
  () => isShownAs(field, inputs, "wanted"),
  // @ts-expect-error: object and inputs swapped
  () => fieldsToSend([field], inputs, live),
  // @ts-expect-error: a state is not the inputs of a program
  () => toWire([field], "neutron", state),
  // @ts-expect-error: inputs need no mapping to inputs
  () => toInputs(definition, "neutron", inputs),
  // @ts-expect-error: state and inputs swapped
  () => changedFields(environment, inputs, state),
  // @ts-expect-error: state and inputs swapped
  () => diff(environment, inputs, state),
  // @ts-expect-error: state and inputs swapped
  () => update(context, "id", inputs, state),
  // @ts-expect-error: an object is not a state
  () => read(context, "id", live),
  // @ts-expect-error: a state is not an object of the cloud
  () => refreshed(held, state, "http://127.0.0.1"),
];

/** The same calls compile with each value in its place. */
export const CALLS: readonly (() => unknown)[] = [
  () => toOutputs(definition, live, state),
  () => toOutputs(definition, live, inputs),
  () => driftOf(definition, outputs, state),
  () => statusDrift(definition, state, live),
  () => reportDrift(context, "id", { state, live, outputs }),
  () => fieldsToSend([field], live, inputs),
  () => changedFields(environment, state, inputs),
  () => update(context, "id", plain, plain),
];
