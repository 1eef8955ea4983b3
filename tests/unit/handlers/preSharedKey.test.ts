import { handlers } from "../../../provider/handlers";
import type { ResourceHandler } from "../../../provider/handlers/handler";
import { setUpCall } from "../support/givenCall";

const handler: ResourceHandler = handlers.preSharedKey;
const STATE = { generation: 2, current: "current-key", next: "next-key" };

it("PreSharedKey: no operation logs in", async () => {
  const { call, context } = setUpCall();
  await handler.check(call, {}, {});
  await handler.create(call, {});
  await handler.diff(call, "an-id", STATE, { generation: 3 });
  await handler.update(call, "an-id", STATE, { generation: 3 });
  await handler.read(call, "an-id", STATE);
  await handler.delete(call, "an-id", STATE);
  expect(context).not.toHaveBeenCalled();
});

it("PreSharedKey, check: names the property of a generation that skips a key", async () => {
  const { call } = setUpCall();
  const { failures } = await handler.check(call, { generation: 2 }, { generation: 4 });
  expect(failures).toEqual([
    { property: "", reason: expect.stringMatching(/^generation: must stay 2 /) },
  ]);
});

it("PreSharedKey, check: reports an invalid input alone", async () => {
  const { call } = setUpCall();
  const { failures } = await handler.check(call, { generation: 2 }, { generation: 0 });
  expect(failures).toEqual([{ property: "", reason: "generation: must be at least 1" }]);
});

it.each([
  [true, "the generation", { generation: 3 }],
  [true, "the length", { generation: 2, length: 64 }],
  [false, "a length that is the default", { generation: 2, length: 40 }],
  [false, "the same generation", { generation: 2 }],
])("PreSharedKey, diff: reports changes = %s for %s", async (changes, _, inputs) => {
  const { call } = setUpCall();
  expect(await handler.diff(call, "an-id", STATE, inputs)).toMatchObject({
    changes,
    replaces: [],
    deleteBeforeReplace: false,
  });
});

it("PreSharedKey, read: returns the state as it is", async () => {
  const { call } = setUpCall();
  expect(await handler.read(call, "an-id", STATE)).toEqual({
    inputs: { generation: 2 },
    outputs: STATE,
  });
});

it("PreSharedKey, update: rotates the keys of the state", async () => {
  const { call } = setUpCall();
  expect(await handler.update(call, "an-id", STATE, { generation: 3 })).toEqual({
    generation: 3,
    current: "next-key",
    next: expect.stringMatching(/^\w{40}$/),
  });
});
