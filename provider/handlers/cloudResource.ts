import { orphanedReplacementReason } from "../lifecycle/adoption/orphanedReplacement";
import type { Context } from "../lifecycle/core/context";
import type { ResourceBehavior } from "../lifecycle/core/resource";
import { warnIfShared } from "../lifecycle/core/sharedObject";
import { create } from "../lifecycle/operations/create";
import { deleteObject } from "../lifecycle/operations/delete";
import {
  diff,
  isDependent,
  replacementNotice,
  type DiffResult,
} from "../lifecycle/operations/diff";
import { importObject } from "../lifecycle/operations/import";
import { plannedStep, type PlannedChange } from "../lifecycle/operations/interruptions";
import { previewOutputs } from "../lifecycle/operations/preview";
import { read, type ReadResult } from "../lifecycle/operations/read";
import { update } from "../lifecycle/operations/update";
import { immutableReason } from "../lifecycle/reconcile/immutability";
import { displayNameOf } from "../model/labels";
import { usableState, type Use } from "../model/storedState";
import type { ResourceType } from "../schema/resourceType";
import type { Inputs, Outputs, State, Values } from "../values";
import { cloudCheck } from "./cloudCheck";
import {
  allSecretInputs,
  haveSecretsChanged,
  subjectOf,
  type Call,
  type CreatedObject,
  type ResourceHandler,
} from "./handler";
import { assertAnswered, assertDependentAnswered, preflightChange } from "./preflight";

/** The operations of a type with objects in the cloud. */
export class CloudResourceHandler implements ResourceHandler {
  readonly type: ResourceType;
  readonly check: ResourceHandler["check"];

  constructor(private readonly resource: ResourceBehavior) {
    this.type = resource.definition;
    this.check = cloudCheck(resource);
  }

  async diff(call: Call, id: string, stored: State, inputs: Inputs): Promise<DiffResult> {
    const { resource } = this;
    const state = this.usable("diff", call, id, stored);
    const subject = this.displayName(call, id, state);
    const environment = {
      definition: resource.definition,
      dialect: call.runtime.behavior(state).dialect,
      project: call.runtime.project,
      immutableReason: () => this.replaceReason(call, id, state, inputs),
    };
    const { immutableReason: reason, ...compared } = await diff(environment, state, inputs);
    if (reason !== undefined) {
      call.runtime.log.once(`replaced ${id}`, replacementNotice(subject, reason));
    }
    const step = compared.changes ? plannedStep(environment, compared, inputs) : undefined;
    const change: PlannedChange = { resource, id, subject, state, inputs, step };
    await this.assertReplaceable(call, change, compared);
    const result = { ...compared, changes: compared.changes || haveSecretsChanged(call) };
    this.recordOwnership(call, change, result);
    if (step !== undefined && this.isChecked(call, inputs)) {
      await preflightChange(call, change, async () => {
        const { client } = await this.context(call, state);
        return call.runtime.preflight(state).factsOf(client);
      });
    }
    return result;
  }

  async create(call: Call, inputs: Inputs): Promise<CreatedObject> {
    const subject = subjectOf(call, this.type, inputs);
    const { id, outputs } = await call.runtime.errors.reporting(subject, async () =>
      create(await this.context(call, inputs), inputs),
    );
    if (call.secretInputs.has("name")) call.runtime.ownership.hideName(id);
    return { id, outputs };
  }

  async read(call: Call, id: string, stored: State): Promise<ReadResult | undefined> {
    const state = this.usable("read", call, id, stored);
    return this.reporting(call, id, state, async () =>
      read(await this.context(call, state), id, state),
    );
  }

  async import(call: Call, id: string): Promise<ReadResult> {
    return importObject(await this.context(call), id);
  }

  preview(inputs: Inputs, state?: State): Outputs {
    return previewOutputs(this.type, inputs, state);
  }

  async update(call: Call, id: string, stored: State, inputs: Inputs): Promise<Outputs> {
    const state = this.usable("update", call, id, stored);
    return this.reporting(call, id, state, async () =>
      update(await this.context(call, state, inputs), id, state, inputs),
    );
  }

  async delete(call: Call, id: string, stored: State): Promise<void> {
    const state = this.usable("delete", call, id, stored);
    return this.reporting(call, id, state, async () =>
      deleteObject(await this.context(call, state), id, state),
    );
  }

  private reporting<T>(
    call: Call,
    id: string,
    state: State,
    operation: () => Promise<T>,
  ): Promise<T> {
    return call.runtime.errors.reporting(this.displayName(call, id, state), operation);
  }

  /** Without the name if it is secret. */
  private displayName(call: Call, id: string, state: State): string {
    const shown = allSecretInputs(call).has("name") ? {} : state;
    return displayNameOf(this.resource.definition.kind, id, shown);
  }

  /**
   * No object is deleted for its replacement, or along with the object that it refers to, before the cloud has
   * answered every question about it.
   * @throws VpnaasError; CanceledError
   */
  private async assertReplaceable(
    call: Call,
    { resource, subject, inputs, step }: PlannedChange,
    result: DiffResult,
  ): Promise<void> {
    const { definition } = resource;
    if (step === "deleteFirst") assertAnswered(call, definition, subject, inputs);
    if (isDependent(definition, result, inputs) && !this.isChecked(call, inputs)) {
      await assertDependentAnswered(call, resource, subject, inputs);
    }
  }

  /** Whether a check of this run returned the inputs; the engine may also compare with those of the state. */
  private isChecked({ runtime }: Call, inputs: Inputs): boolean {
    return runtime.ownership.isChecked(this.resource.definition, inputs);
  }

  /** Records the plan for the object, on which later calls of the run depend. */
  private recordOwnership(
    call: Call,
    { id, subject, state, inputs }: PlannedChange,
    { changes, replaces }: DiffResult,
  ): void {
    const { definition } = this.resource;
    const { ownership } = call.runtime;
    ownership.hold(id);
    if (replaces.length > 0) ownership.markReplaced(definition, state);
    else {
      ownership.keep(definition, id, inputs);
      if (changes) ownership.willChange(id);
      warnIfShared(call.runtime, subject, id);
    }
    if (allSecretInputs(call).has("name")) ownership.hideName(id);
  }

  private context(call: Call, ...values: readonly Values[]): Promise<Context> {
    return call.runtime.context(this.resource, values, allSecretInputs(call), call.signal);
  }

  private usable(use: Use, call: Call, id: string, state: State): State {
    return usableState(use, this.resource.definition, id, state, call.storedSecretInputs);
  }

  /** Why an object has to be replaced although its API supports the change. */
  private async replaceReason(
    call: Call,
    id: string,
    state: State,
    inputs: Inputs,
  ): Promise<string | undefined> {
    const context = await this.context(call, state, inputs);
    return (
      (await immutableReason(context, id, state)) ??
      orphanedReplacementReason(context, id, state, inputs)
    );
  }
}
