import { changedFields, type DiffResult } from "../lifecycle/operations/diff";
import {
  createPreSharedKey,
  preSharedKeyType,
  previewPreSharedKey,
  rotationFailures,
  updatePreSharedKey,
} from "../lifecycle/operations/preSharedKey";
import type { ReadResult } from "../lifecycle/operations/read";
import { toInputs } from "../model/wireMapping";
import type { Inputs, Outputs, State } from "../values";
import {
  haveSecretsChanged,
  type Call,
  type CheckedInputs,
  type CreatedObject,
  type ResourceHandler,
} from "./handler";
import { inputCheck } from "./inputCheck";
import { VirtualResourceHandler } from "./virtualResource";

/** The operations of PreSharedKey, which has no object in the cloud and needs no login. */
export class PreSharedKeyHandler extends VirtualResourceHandler implements ResourceHandler {
  private readonly checkInputs = inputCheck(preSharedKeyType, []);

  constructor() {
    super(preSharedKeyType);
  }

  async check(call: Call, oldInputs: Inputs, given: Inputs): Promise<CheckedInputs> {
    const { inputs, failures } = await this.checkInputs(call, oldInputs, given);
    if (failures.length > 0) return { inputs, failures };
    return { inputs, failures: rotationFailures(oldInputs, inputs) };
  }

  diff(call: Call, id: string, stored: State, inputs: Inputs): Promise<DiffResult> {
    const { project } = call.runtime;
    const { dialect } = call.runtime.behavior();
    const state = this.usable("diff", call, id, stored);
    const changed = changedFields(
      { definition: preSharedKeyType, dialect, project },
      state,
      inputs,
    );
    const changes = changed.length > 0 || haveSecretsChanged(call);
    return Promise.resolve({ changes, changed, replaces: [], deleteBeforeReplace: false });
  }

  create(_call: Call, inputs: Inputs): Promise<CreatedObject> {
    return Promise.resolve(createPreSharedKey(inputs));
  }

  read(call: Call, id: string, stored: State): Promise<ReadResult> {
    const state = this.usable("read", call, id, stored);
    const { dialect } = call.runtime.behavior();
    return Promise.resolve({ inputs: toInputs(preSharedKeyType, dialect, state), outputs: state });
  }

  override preview(inputs: Inputs, state?: State): Outputs {
    return previewPreSharedKey(inputs, state);
  }

  update(call: Call, id: string, stored: State, inputs: Inputs): Promise<Outputs> {
    return Promise.resolve(updatePreSharedKey(this.usable("update", call, id, stored), inputs));
  }
}
