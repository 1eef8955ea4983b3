import {
  ApiError,
  GoneError,
  InUseError,
  ImmutableError,
  PartialFailureError,
} from "../../../../provider/errors";
import { applyChange } from "../../../../provider/lifecycle/reconcile/applyChange";
import type { Kind, Values } from "../../../../provider/schema/resourceType";
import type { NeutronClient, WireObject } from "../../../../provider/neutron/client";
import type { OnDrift } from "../../../../provider/onDrift";
import { aState, aWire, checkedInputs, resourceOf } from "../../support/kinds";
import { aCloud, aUser, notFound } from "../../support/givenContext";

type Instead = Partial<Pick<NeutronClient, "get" | "update" | "list">>;

/** A change of the usual object of a type to those values, in a cloud with some calls replaced. */
function changing(
  kind: Kind,
  changes: Values,
  instead: (own: Required<Instead>) => Instead = () => ({}),
  onDrift: OnDrift = "report",
) {
  const there = aWire(kind);
  const cloud = aCloud(kind, { [kind]: [there] }, instead);
  const context = { ...cloud.context, onDrift };
  const inputs = checkedInputs(kind, { waitFor: undefined, ...changes });
  const fields = resourceOf(kind).definition.fields.filter(({ name }) => name in changes);
  const change = { id: there.id, fields, inputs, declared: inputs, state: aState(kind) };
  return { ...cloud, there, run: () => applyChange(context, change) };
}

const refusal = (status: number, faultType?: string) => ({
  status,
  method: "PUT",
  path: "/",
  faultType,
});

it("a change repeats no notice of its preview", async () => {
  const service = changing("VpnService", { description: "x" });
  await service.run();
  expect(service.lines).toEqual([]);
});

describe("a change that the cloud accepted and does not show", () => {
  it.each<[Kind, Values, string]>([
    ["IkePolicy", { description: "x", pfs: "group31" }, "description, pfs"],
    ["IpsecSiteConnection", { psk: "another" }, "psk (hidden)"],
  ])("of a %s fails and names the differing fields: %j", async (kind, changes, names) => {
    const { run, there } = changing(kind, changes, () => ({ get: () => Promise.resolve(there) }));
    await expect(run()).rejects.toThrow(PartialFailureError);
    await expect(run()).rejects.toThrow(
      `The cloud accepted the change of ${kind} office (${there.id}), but shows another value for: ${names}. ` +
        "Another client may have changed it at the same time; run `pulumi up --refresh`.",
    );
  });

  it("leaves the last observed values in the state if the object cannot be read any more", async () => {
    let hasChanged = false;
    const { run } = changing("IkePolicy", { pfs: "group31" }, (own) => ({
      get: (...args) =>
        hasChanged ? Promise.reject(new ApiError("forbidden", refusal(403))) : own.get(...args),
      update: (...args) => {
        hasChanged = true;
        return own.update(...args);
      },
    }));
    await expect(run()).rejects.toMatchObject({
      properties: expect.objectContaining({ pfs: "group31" }) as unknown,
    });
  });
});

describe("a change by another client between the read and the PUT", () => {
  /** Another client sets pfs just before the first PUT. */
  const meanwhile = () => {
    let isFirst = true;
    return (own: Required<Instead>): Instead => ({
      update: async (place, id, body) => {
        if (isFirst) await own.update(place, id, { pfs: "group2" });
        isFirst = false;
        return own.update(place, id, body);
      },
    });
  };

  it("is corrected with all desired values in one PUT if it concerns them", async () => {
    const { run, requests, there } = changing(
      "IkePolicy",
      { description: "x", pfs: "group14" },
      meanwhile(),
    );
    expect(await run()).toMatchObject({ description: "x", pfs: "group14" });
    expect(requests.slice(1)).toEqual([
      ["PUT", there.id, { description: "x" }],
      ["PUT", there.id, { description: "x", pfs: "group14" }],
    ]);
  });

  it.each<[OnDrift, string]>([
    ["report", "group2"],
    ["correct", "group14"],
  ])("is drift in other fields, which onDrift %s leaves at %s", async (onDrift, pfs) => {
    const { run, objects } = changing("IkePolicy", { description: "x" }, meanwhile(), onDrift);
    // The remaining difference is drift until a refresh, so the state keeps its old value.
    expect(await run()).toMatchObject({ description: "x", pfs: "group14" });
    expect(objects()).toMatchObject([{ description: "x", pfs }]);
  });
});

describe("a PUT that is refused", () => {
  const user = () => aUser({ ikepolicy_id: aWire("IkePolicy").id });

  /**
   * Refuses that many times with that error; after the first refusal, those objects use the policy.
   */
  function refusing(error: Error, users: readonly WireObject[] = [], times = Infinity) {
    let refusals = 0;
    const changed = changing("IkePolicy", { pfs: "group31" }, (own) => ({
      list: () => Promise.resolve(refusals > 0 ? [...users] : []),
      update: (...args) => {
        if (refusals >= times) return own.update(...args);
        refusals += 1;
        return Promise.reject(error);
      },
    }));
    return { ...changed, refused: () => refusals };
  }

  it("because the object no longer exists fails with that reason and leaves the state unchanged", async () => {
    const { run } = refusing(notFound(resourceOf("IkePolicy").definition));
    await expect(run()).rejects.toThrow(GoneError);
  });

  it.each<[string, ApiError]>([
    ["as in use", new InUseError("in use", refusal(409, "IKEPolicyInUse"))],
    ["without a reason", new ApiError("conflict", refusal(409))],
  ])("%s fails with the names of new dependents", async (_what, error) => {
    const { run } = refusing(error, [user()]);
    await expect(run()).rejects.toThrow(ImmutableError);
    await expect(run()).rejects.toThrow(
      "cannot be changed now: it is in use by IpsecSiteConnection a (a-id). Nothing was changed.",
    );
  });

  it.each<[string, ApiError]>([
    ["as in use", new InUseError("in use", refusal(409, "IKEPolicyInUse"))],
    ["without a reason", new ApiError("conflict", refusal(409))],
    ["for another reason", new ApiError("quota", refusal(409, "OverQuota"))],
  ])("%s fails with the server's error if no dependent explains it", async (_what, error) => {
    const { run, refused } = refusing(error);
    await expect(run()).rejects.toBe(error);
    expect(refused()).toBe(1);
  });

  it("for another reason causes no search for dependents", async () => {
    const quota = new ApiError("quota", refusal(409, "OverQuota"));
    await expect(refusing(quota, [user()]).run()).rejects.toBe(quota);
  });

  it("without a reason while the status is pending is sent again after that", async () => {
    const statuses = ["ACTIVE", "PENDING_UPDATE", "PENDING_UPDATE", "ACTIVE"];
    let puts = 0;
    const { run, objects } = changing("IpsecSiteConnection", { mtu: 1400 }, (own) => ({
      get: async (...args) => ({
        ...(await own.get(...args)),
        status: statuses.length > 1 ? statuses.shift() : "ACTIVE",
      }),
      update: (...args) => {
        puts += 1;
        const conflict = new ApiError("conflict", refusal(409));
        return puts === 1 ? Promise.reject(conflict) : own.update(...args);
      },
    }));
    expect(await run()).toMatchObject({ mtu: 1400 });
    expect([puts, objects()]).toEqual([2, [expect.objectContaining({ mtu: 1400 })]]);
  });
});
