import { CanceledError } from "../../../provider/errors";
import { handlers } from "../../../provider/handlers";
import type { Call, ResourceHandler } from "../../../provider/handlers/handler";
import { lookUpObject } from "../../../provider/handlers/lookup";
import { resources } from "../../../provider/resources";
import { Runtime } from "../../../provider/runtime";
import { OTHER_ID } from "../support/builders";
import { setUpCall } from "../support/givenCall";
import { aCloud } from "../support/givenContext";
import { aState, aWire, checkedInputs } from "../support/kinds";

const wire = aWire("IkePolicy");
const state = aState("IkePolicy");
const inputs = checkedInputs("IkePolicy");
const { signal } = new AbortController();

function setUpCancelableCall() {
  const user = aWire("IpsecSiteConnection", { ikepolicy_id: wire.id });
  const cloud = aCloud("IkePolicy", { IkePolicy: [wire], IpsecSiteConnection: [user] });
  const { call, context } = setUpCall({ cloud });
  return { call: { ...call, signal }, context };
}

const policy: ResourceHandler = handlers.ikePolicy;
const ready: ResourceHandler = handlers.connectionsReady;
const NO_IDS = { ids: [], statuses: {}, waitFor: "settled" };
const ONE_ID = { ids: [OTHER_ID], waitFor: "settled" };

it.each<[string, (call: Call) => Promise<unknown>]>([
  ["check", (call) => policy.check(call, {}, { ...inputs, adopt: OTHER_ID })],
  ["diff", (call) => policy.diff(call, wire.id, state, { ...inputs, description: "new" })],
  ["create", (call) => policy.create(call, inputs)],
  ["read", (call) => policy.read(call, wire.id, state)],
  ["update", (call) => policy.update(call, wire.id, state, inputs)],
  ["delete", (call) => policy.delete(call, wire.id, state)],
  ["create of ConnectionsReady", (call) => ready.create(call, NO_IDS)],
  ["read of ConnectionsReady", (call) => ready.read(call, "an-id", NO_IDS)],
  ["update of ConnectionsReady", (call) => ready.update(call, "an-id", NO_IDS, NO_IDS)],
  [
    "diff of ConnectionsReady",
    (call) => ready.diff(call, "an-id", { ...ONE_ID, statuses: { [OTHER_ID]: "DOWN" } }, ONE_ID),
  ],
  ["lookup", ({ runtime }) => lookUpObject(runtime, "IkePolicy", { id: wire.id }, signal)],
])("handler: %s passes its signal to every context", async (_operation, run) => {
  const { call, context } = setUpCancelableCall();
  await run(call).catch(() => undefined);
  expect(context).toHaveBeenCalled();
  for (const [, , , passed] of context.mock.calls) expect(passed).toBe(signal);
});

it("Runtime: begins no login for a canceled operation", async () => {
  const stack = jest.fn(() => undefined);
  const runtime = new Runtime({ stack, env: {}, project: "network" });
  const opening = runtime.context(resources.ikePolicy, [{}], new Set(), AbortSignal.abort());
  await expect(opening).rejects.toThrow(CanceledError);
  await expect(opening).rejects.toThrow(
    /^The operation was canceled before the login was finished\. It changed nothing\. Run/,
  );
  expect(stack).not.toHaveBeenCalled();
});
