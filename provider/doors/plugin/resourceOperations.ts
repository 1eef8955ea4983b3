import {
  CheckFailure,
  CheckRequest,
  CheckResponse,
  CreateResponse,
  DiffResponse,
  PropertyDiff,
  ReadResponse,
  UpdateResponse,
  type CreateRequest,
  type DeleteRequest,
  type DiffRequest,
  type ReadRequest,
  type UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb";

import { withAutoName, type AutoNaming } from "../../handlers/autoNaming";
import { propertyChanges, type PropertyChange } from "../../handlers/propertyChanges";
import type { PluginProvider } from "./provider";
import { ResourceCall } from "./resourceCall";

const { PROPOSE, DISABLE } = CheckRequest.AutonamingOptions.Mode;

export async function check(
  provider: PluginProvider,
  request: CheckRequest,
): Promise<CheckResponse> {
  const one = new ResourceCall(provider, request.getUrn(), {
    oldInputs: request.getOlds(),
    inputs: request.getNews(),
  });
  const { handler, call, oldInputs } = one;
  const named = withAutoName(
    handler.type,
    one.target,
    autoNamingOf(request),
    oldInputs,
    one.inputs,
  );
  const { inputs, failures } = await handler.check(call, oldInputs, named.inputs);
  const all = [...named.failures, ...failures].map(({ property, reason }) =>
    new CheckFailure().setProperty(property).setReason(reason),
  );
  return new CheckResponse().setInputs(one.encode(inputs)).setFailuresList(all);
}

export async function diff(provider: PluginProvider, request: DiffRequest): Promise<DiffResponse> {
  const one = new ResourceCall(provider, request.getUrn(), {
    state: request.getOlds(),
    oldInputs: request.getOldInputs(),
    inputs: request.getNews(),
  });
  const { handler, call, state, inputs } = one;
  const result = await handler.diff(call, request.getId(), state, inputs);
  const changes = propertyChanges(call, handler, result, state, inputs);
  const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;
  const response = new DiffResponse()
    .setChanges(result.changes ? DIFF_SOME : DIFF_NONE)
    .setReplacesList([...result.replaces])
    .setDeletebeforereplace(result.deleteBeforeReplace)
    .setDiffsList([...new Set(changes.map(({ path }) => path.split(".")[0]!))])
    .setHasdetaileddiff(changes.length > 0);
  for (const change of changes) {
    const kind = new PropertyDiff().setKind(KINDS[change.kind][change.replaces ? 1 : 0]);
    response.getDetaileddiffMap().set(change.path, kind);
  }
  return response;
}

const { ADD, ADD_REPLACE, DELETE, DELETE_REPLACE, UPDATE, UPDATE_REPLACE } = PropertyDiff.Kind;

/** The kinds of a change without and with a replacement. */
const KINDS: Readonly<
  Record<PropertyChange["kind"], readonly [PropertyDiff.Kind, PropertyDiff.Kind]>
> = {
  add: [ADD, ADD_REPLACE],
  delete: [DELETE, DELETE_REPLACE],
  update: [UPDATE, UPDATE_REPLACE],
};

export async function create(
  provider: PluginProvider,
  request: CreateRequest,
): Promise<CreateResponse> {
  const one = new ResourceCall(provider, request.getUrn(), {
    inputs: request.getProperties(),
    timeout: ["create", request.getTimeout()],
  });
  const { handler, call, inputs } = one;
  if (request.getPreview()) {
    return new CreateResponse().setProperties(one.encode(handler.preview(inputs)));
  }
  const { id, outputs } = await one.run(() => handler.create(call, inputs));
  return new CreateResponse().setId(id).setProperties(one.encode(outputs));
}

export async function read(provider: PluginProvider, request: ReadRequest): Promise<ReadResponse> {
  const one = new ResourceCall(provider, request.getUrn(), {
    state: request.getProperties(),
    oldInputs: request.getInputs(),
  });
  const { handler, call, state } = one;
  const id = request.getId();
  const found = one.isRecorded
    ? await handler.read(call, id, state)
    : await handler.import(call, id);
  // A response without an id informs the engine that the object is deleted.
  if (found === undefined) return new ReadResponse();
  return new ReadResponse()
    .setId(id)
    .setProperties(one.encode(found.outputs))
    .setInputs(one.encode(found.inputs));
}

export async function update(
  provider: PluginProvider,
  request: UpdateRequest,
): Promise<UpdateResponse> {
  const one = new ResourceCall(provider, request.getUrn(), {
    state: request.getOlds(),
    oldInputs: request.getOldInputs(),
    inputs: request.getNews(),
    timeout: ["update", request.getTimeout()],
  });
  const { handler, call, state, inputs } = one;
  const outputs = request.getPreview()
    ? handler.preview(inputs, state)
    : await one.run(() => handler.update(call, request.getId(), state, inputs));
  return new UpdateResponse().setProperties(one.encode(outputs));
}

/** `delete` is a word of the language. */
export async function deleteResource(
  provider: PluginProvider,
  request: DeleteRequest,
): Promise<void> {
  const { handler, call, state } = new ResourceCall(provider, request.getUrn(), {
    state: request.getProperties(),
    oldInputs: request.getOldInputs(),
    timeout: ["delete", request.getTimeout()],
  });
  await handler.delete(call, request.getId(), state);
}

function autoNamingOf(request: CheckRequest): AutoNaming {
  const options = request.getAutonaming();
  if (options === undefined) return undefined;
  if (options.getMode() === DISABLE) return "disabled";
  const proposed = options.getProposedName();
  // Without a name there is nothing to propose.
  return options.getMode() === PROPOSE && proposed === "" ? undefined : { proposed };
}
