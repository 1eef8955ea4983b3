import { handlers } from "../../../provider/handlers";
import type { ResourceHandler } from "../../../provider/handlers/handler";
import { setUpCall } from "../support/givenCall";

const handler: ResourceHandler = handlers.connectionsReady;
const IDS = new Set(["ids"]);
const STATE = { ids: [], statuses: {}, waitFor: "settled" };

it.each([
  ["no change", "mark the same inputs as secret", { secretInputs: IDS, storedSecretInputs: IDS }],
  ["a change", "mark other inputs as secret", { secretInputs: IDS }],
])("ConnectionsReady, diff: reports %s when program and state %s", async (answer, _, marks) => {
  const { call } = setUpCall(marks);
  const { changes } = await handler.diff(call, "an-id", STATE, { ids: [], waitFor: "settled" });
  expect(changes).toBe(answer === "a change");
});

it("ConnectionsReady, diff: refuses a damaged state", async () => {
  const { call } = setUpCall();
  await expect(handler.diff(call, "an-id", { ids: 5 }, { ids: [] })).rejects.toThrow(
    /^The state of ConnectionsReady an-id is damaged: /,
  );
});

it("ConnectionsReady, delete: does not log in", async () => {
  const { call, context } = setUpCall();
  await handler.delete(call, "an-id", STATE);
  expect(context).not.toHaveBeenCalled();
});
