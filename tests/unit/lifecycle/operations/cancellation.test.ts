import {
  CanceledError,
  InUseError,
  messageOf,
  NotFoundError,
  PartialFailureError,
  PendingStateError,
  TransportError,
  UnavailableError,
} from "../../../../provider/errors";
import {
  createConnectionsReady,
  diffConnectionsReady,
  updateConnectionsReady,
} from "../../../../provider/lifecycle/operations/connectionsReady";
import { create } from "../../../../provider/lifecycle/operations/create";
import { deleteObject } from "../../../../provider/lifecycle/operations/delete";
import { lookUp } from "../../../../provider/lifecycle/operations/lookup";
import { read } from "../../../../provider/lifecycle/operations/read";
import { update } from "../../../../provider/lifecycle/operations/update";
import { immutableReason } from "../../../../provider/lifecycle/reconcile/immutability";
import { PROJECT_ID } from "../../support/builders";
import { cancelableCloud } from "../../support/cancelableCloud";
import { aUser } from "../../support/givenContext";
import { aState, aWire, checkedInputs } from "../../support/kinds";

const CONNECTION = "IpsecSiteConnection";
const pending = aWire(CONNECTION, { status: "PENDING_UPDATE" });
const active = aWire(CONNECTION, { status: "ACTIVE" });
const refusal = { status: 409, method: "PUT", path: "/" };

function errorOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => new Error("it succeeded"),
    (error: unknown) => error,
  );
}

describe("a canceled create", () => {
  const inputs = checkedInputs(CONNECTION);
  const toPending: Parameters<typeof cancelableCloud>[3] = (own) => ({
    create: (collection, body, label) =>
      own.create(collection, { ...body, status: "PENDING_CREATE" }, label),
  });

  it("creates nothing before its POST", async () => {
    const { context, requests } = cancelableCloud(CONNECTION, "list");
    expect(await errorOf(create(context, inputs))).toBeInstanceOf(CanceledError);
    expect(requests).toEqual([]);
  });

  it("keeps the id of the object if it is canceled during its POST", async () => {
    const { context } = cancelableCloud(CONNECTION, "create", {}, toPending);
    const error = await errorOf(create(context, inputs));
    expect(error).toBeInstanceOf(PartialFailureError);
    expect(error).toMatchObject({ id: "made-1", properties: { status: "PENDING_CREATE" } });
    expect(messageOf(error)).toMatch(
      /^The operation was canceled after 0s of waiting for IpsecSiteConnection office \(made-1\) to settle: it is still PENDING_CREATE\. No change is left to be sent\. Run the same command again/,
    );
  });

  it("keeps the id of the object if it is canceled during the wait", async () => {
    const { context } = cancelableCloud(CONNECTION, "get", {}, toPending);
    expect(await errorOf(create(context, inputs))).toMatchObject({ id: "made-1" });
  });

  it("succeeds after its POST if there is nothing to wait for", async () => {
    const { context } = cancelableCloud("IkePolicy", "create");
    expect(await create(context, checkedInputs("IkePolicy"))).toMatchObject({ id: "made-1" });
  });

  it("finds the object of a POST whose response was lost meanwhile", async () => {
    const { context } = cancelableCloud("IkePolicy", "create", {}, (own) => ({
      create: async (...args) => {
        await own.create(...args);
        throw new TransportError("no answer (ECONNRESET).", true);
      },
    }));
    expect(await create(context, checkedInputs("IkePolicy"))).toMatchObject({ id: "made-1" });
  });

  it("does not POST again after a 503", async () => {
    const post = jest.fn(() =>
      Promise.reject(new UnavailableError("away.", { ...refusal, status: 503 })),
    );
    const { context } = cancelableCloud("IkePolicy", "create", {}, () => ({ create: post }));
    await expect(create(context, checkedInputs("IkePolicy"))).rejects.toThrow(
      /^away\. It was not tried again, since the operation was canceled\./,
    );
    expect(post).toHaveBeenCalledTimes(1);
  });

  it("leaves the queue of creates with the same name", async () => {
    const { context, requests } = cancelableCloud("IkePolicy", "list");
    const { ownership, resource } = context;
    const policy = checkedInputs("IkePolicy");
    void ownership.inTurn(resource.definition, policy, () => new Promise(() => undefined));
    const creating = create({ ...context, signal: AbortSignal.abort() }, policy);
    await expect(creating).rejects.toThrow(/canceled while it waited for an earlier one/);
    expect(requests).toEqual([]);
  });
});

describe("a canceled update", () => {
  const state = aState(CONNECTION, {}, { description: "" });
  const inputs = checkedInputs(CONNECTION, { description: "new" });

  it("sends nothing if it is canceled before its PUT", async () => {
    const { context, requests } = cancelableCloud(CONNECTION, "get", { [CONNECTION]: [active] });
    const updating = update(context, active.id, state, inputs);
    expect(await errorOf(updating)).toBeInstanceOf(CanceledError);
    expect(requests).toEqual([]);
  });

  it("records the change if it is canceled during its PUT", async () => {
    const { context } = cancelableCloud(CONNECTION, "update", { [CONNECTION]: [active] });
    const error = await errorOf(update(context, active.id, state, inputs));
    expect(error).toBeInstanceOf(PartialFailureError);
    expect(error).toMatchObject({ id: active.id, properties: { description: "new" } });
  });

  it("does not send a PUT again that was refused as pending", async () => {
    const put = jest.fn(() => Promise.reject(new PendingStateError("busy", refusal)));
    const content = { [CONNECTION]: [active] };
    const { context, clock } = cancelableCloud(CONNECTION, "update", content, () => ({
      update: put,
    }));
    await expect(update(context, active.id, state, inputs)).rejects.toThrow(
      /waiting for .* to leave PENDING_\* .* The cloud has not confirmed the change\. Run/,
    );
    expect([put.mock.calls.length, clock.pauses]).toEqual([1, []]);
  });

  it("does not send a PUT again whose response was lost", async () => {
    const put = jest.fn(() => Promise.reject(new TransportError("no answer (ECONNRESET).", true)));
    const content = { [CONNECTION]: [active] };
    const { context } = cancelableCloud(CONNECTION, "update", content, () => ({ update: put }));
    await expect(update(context, active.id, state, inputs)).rejects.toThrow(
      /^no answer \(ECONNRESET\)\. It was not tried again, since the operation was canceled/,
    );
    expect(put).toHaveBeenCalledTimes(1);
  });

  it("states that the change is not confirmed if it waits for the end of another one", async () => {
    const content = { [CONNECTION]: [pending] };
    const { context, requests } = cancelableCloud(CONNECTION, "get", content, () => ({}), 2);
    const updating = update(context, pending.id, state, inputs);
    await expect(updating).rejects.toThrow(
      /to leave PENDING_\* .*: it is still PENDING_UPDATE\. The cloud has not confirmed the change\./,
    );
    expect(requests).toEqual([]);
  });
});

describe("a canceled delete", () => {
  const ike = aWire("IkePolicy");
  const state = { name: "office", projectId: PROJECT_ID };

  it("states that DELETE was accepted if it is canceled during the DELETE", async () => {
    const { context, objects } = cancelableCloud("IkePolicy", "remove", { IkePolicy: [ike] });
    const error = await errorOf(deleteObject(context, ike.id, state));
    expect(error).toBeInstanceOf(CanceledError);
    expect(messageOf(error)).toMatch(
      / to be gone: its status was never seen\. DELETE was accepted\./,
    );
    expect(objects()).toEqual([]);
  });

  it("does not send a DELETE again that was refused as in use", async () => {
    const remove = jest.fn(() => Promise.reject(new InUseError("in use", refusal)));
    const content = { IkePolicy: [ike], [CONNECTION]: [aUser({ ikepolicy_id: ike.id })] };
    const { context } = cancelableCloud("IkePolicy", "list", content, () => ({ remove }));
    await expect(deleteObject(context, ike.id, state)).rejects.toThrow(
      /to be deleted: .* The cloud has not confirmed the DELETE\. Run the same command again/,
    );
    expect(remove).toHaveBeenCalledTimes(1);
  });

  it("does not take a canceled proof of deletion for a doubt", async () => {
    const notFound = new NotFoundError("not found", { ...refusal, status: 404 });
    const { context } = cancelableCloud("IkePolicy", "list", {}, () => ({
      remove: () => Promise.reject(notFound),
    }));
    expect(await errorOf(deleteObject(context, ike.id, state))).toBeInstanceOf(CanceledError);
  });
});

describe("a canceled wait of ConnectionsReady", () => {
  const ids = ["a", "b"];
  const content = {
    [CONNECTION]: ids.map((id) => aWire(CONNECTION, { id, name: id, status: "BUILD" })),
  };

  it("create: names the connections, and is an error of its own class", async () => {
    const { context } = cancelableCloud(CONNECTION, "get", content);
    const error = await errorOf(createConnectionsReady(context, { ids }));
    expect(error).toBeInstanceOf(CanceledError);
    expect(messageOf(error)).toBe(
      "2 of 2 connections are not waited for any longer, since the operation was canceled: a, b. The next `pulumi up` continues to wait.",
    );
  });

  it("update: keeps its id", async () => {
    const { context } = cancelableCloud(CONNECTION, "get", content);
    const error = await errorOf(updateConnectionsReady(context, "own-id", { ids }));
    expect(error).toBeInstanceOf(PartialFailureError);
    expect(error).toMatchObject({ id: "own-id", properties: { ids, statuses: {} } });
  });

  it("diff: neither reports a change nor logs a failed check", async () => {
    const { context, lines } = cancelableCloud(CONNECTION, "get", content);
    const state = { ids, statuses: { a: "ACTIVE", b: "ACTIVE" } };
    const environment = { ...context, context: () => Promise.resolve(context) };
    const diffing = diffConnectionsReady(environment, "own-id", state, { ids });
    expect(await errorOf(diffing)).toBeInstanceOf(CanceledError);
    expect(lines).toEqual([]);
  });
});

it("a canceled read is not taken for a deletion", async () => {
  const { context } = cancelableCloud("IkePolicy", "get");
  const reading = read(context, "gone", aState("IkePolicy"));
  expect(await errorOf(reading)).toBeInstanceOf(CanceledError);
});

it("a canceled lookup is not taken for one without a result", async () => {
  const { context } = cancelableCloud("IkePolicy", "list");
  expect(await errorOf(lookUp(context, { name: "office" }))).toBeInstanceOf(CanceledError);
});

it("a canceled check of dependents is not taken for one without a result", async () => {
  const { context } = cancelableCloud("IkePolicy", "list");
  expect(await errorOf(immutableReason(context, "x", {}))).toBeInstanceOf(CanceledError);
});
