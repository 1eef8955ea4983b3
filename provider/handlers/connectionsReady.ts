import type { Context } from "../lifecycle/core/context";
import type { DiffResult } from "../lifecycle/operations/diff";
import {
  connectionsReadyType,
  createConnectionsReady,
  diffConnectionsReady,
  readConnectionsReady,
  updateConnectionsReady,
} from "../lifecycle/operations/connectionsReady";
import type { ReadResult } from "../lifecycle/operations/read";
import { resources } from "../resources";
import type { Inputs, Outputs, State, Values } from "../values";
import {
  allSecretInputs,
  haveSecretsChanged,
  type Call,
  type CreatedObject,
  type ResourceHandler,
} from "./handler";
import { inputCheck } from "./inputCheck";
import { VirtualResourceHandler } from "./virtualResource";

/**
 * The operations of ConnectionsReady, which waits for connections and has no object in the cloud.
 */
export class ConnectionsReadyHandler extends VirtualResourceHandler implements ResourceHandler {
  readonly check = inputCheck(connectionsReadyType, []);

  constructor() {
    super(connectionsReadyType);
  }

  async diff(call: Call, id: string, stored: State, inputs: Inputs): Promise<DiffResult> {
    const { ownership, log, project } = call.runtime;
    const state = this.usable("diff", call, id, stored);
    const { dialect } = call.runtime.behavior(state);
    const context = () => connectionContext(call, state, inputs);
    const environment = { dialect, project, ownership, log, context };
    const result = await diffConnectionsReady(environment, id, state, inputs);
    return { ...result, changes: result.changes || haveSecretsChanged(call) };
  }

  async create(call: Call, inputs: Inputs): Promise<CreatedObject> {
    return createConnectionsReady(await connectionContext(call, inputs), inputs);
  }

  async read(call: Call, id: string, stored: State): Promise<ReadResult> {
    const state = this.usable("read", call, id, stored);
    return readConnectionsReady(await connectionContext(call, state), state);
  }

  async update(call: Call, id: string, stored: State, inputs: Inputs): Promise<Outputs> {
    this.usable("update", call, id, stored);
    return updateConnectionsReady(await connectionContext(call, inputs), id, inputs);
  }
}

function connectionContext(call: Call, ...values: readonly Values[]): Promise<Context> {
  const secretInputs = allSecretInputs(call);
  return call.runtime.context(resources.ipsecSiteConnection, values, secretInputs, call.signal);
}
