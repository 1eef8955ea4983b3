import { LookupError } from "../errors";
import { previewOutputs } from "../lifecycle/operations/preview";
import type { ReadResult } from "../lifecycle/operations/read";
import { usableState, type Use } from "../model/storedState";
import type { ResourceType } from "../schema/resourceType";
import type { Inputs, Outputs, State } from "../values";
import type { Call } from "./handler";

/** The operations that all types without objects in the cloud have in common. */
export abstract class VirtualResourceHandler {
  constructor(readonly type: ResourceType) {}

  import(_call: Call, _id: string): Promise<ReadResult> {
    return Promise.reject(
      new LookupError(
        `A ${this.type.kind} cannot be imported: it exists in the state only. Create it in the program.`,
      ),
    );
  }

  preview(inputs: Inputs, state?: State): Outputs {
    return previewOutputs(this.type, inputs, state);
  }

  delete(): Promise<void> {
    return Promise.resolve();
  }

  protected usable(use: Use, call: Call, id: string, state: State): State {
    return usableState(use, this.type, id, state, call.storedSecretInputs);
  }
}
