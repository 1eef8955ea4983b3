import { CanceledError, GoneError, UnauthorizedError } from "../../../provider/errors";
import type { Call } from "../../../provider/handlers/handler";
import {
  assertAnswered,
  assertDependentAnswered,
  preflight,
  preflightChange,
} from "../../../provider/handlers/preflight";
import type { Context } from "../../../provider/lifecycle/core/context";
import { CloudFacts } from "../../../provider/lifecycle/preflight/facts";
import { UNKNOWN } from "../../../provider/model/unknowns";
import type { PreflightMode } from "../../../provider/preflightMode";
import { ikePolicy } from "../../../provider/resources/ikePolicy";
import { ipsecSiteConnection } from "../../../provider/resources/ipsecSiteConnection";
import { Runtime } from "../../../provider/runtime";
import type { Values } from "../../../provider/values";
import { checkedInputs } from "../support/kinds";
import { preflightCloud, type CloudContent } from "../support/preflightCloud";

const INPUTS = checkedInputs("IpsecSiteConnection", {
  vpnServiceId: "s1",
  ikePolicyId: "k1",
  ipsecPolicyId: "p1",
});
const COMPLETE: CloudContent = {
  extensions: ["vpnaas"],
  objects: {
    VpnService: [{ id: "s1", subnet_id: "lan", router_id: "r1" }],
    IkePolicy: [{ id: "k1" }],
    IpsecPolicy: [{ id: "p1" }],
  },
  subnets: { lan: { ip_version: 4 } },
};
/** A cloud that does not show its IKE policies. */
const CLOSED: CloudContent = { ...COMPLETE, refused: ["ikepolicies"] };

const REFUSED = new UnauthorizedError("The login was refused.", {
  status: 401,
  method: "POST",
  path: "/v3/auth/tokens",
});

/** A call of a process with that mode, whose login leads to a cloud with that content. */
function setUp(content = COMPLETE, mode: PreflightMode = "on", signal?: AbortSignal) {
  const lines: string[] = [];
  const settings: Record<string, string> = { dialect: "neutron", preflight: mode };
  const sources = { stack: (name: string) => settings[name], env: {}, project: "network" };
  const runtime = new Runtime(sources, (line) => lines.push(line));
  const { client, clock, ownership, requests } = preflightCloud(content);
  const context = jest.spyOn(runtime, "context").mockResolvedValue({ client } as Context);
  const call: Call = { runtime, secretInputs: new Set(), storedSecretInputs: new Set(), signal };
  const open = () => Promise.resolve(new CloudFacts(client, clock, ownership));
  return { call, runtime, context, lines, requests, open };
}

const check = ({ call }: ReturnType<typeof setUp>, inputs: Values, oldInputs: Values = {}) =>
  preflight(call, ipsecSiteConnection, oldInputs, inputs);

describe("handler: the preflight of a resource", () => {
  it("finds nothing if the cloud would accept it", async () => {
    expect(await check(setUp(), INPUTS)).toEqual([]);
  });

  it("is a failure without a property, whose reason begins with the path", async () => {
    const failures = await check(setUp(), { ...INPUTS, ikePolicyId: "k9" });
    expect(failures).toEqual([
      { property: "", reason: expect.stringMatching(/^ikePolicyId: \S+ has no IkePolicy k9/) },
    ]);
  });

  it("escapes control characters in a reason", async () => {
    const [failure] = await check(setUp(), { ...INPUTS, ikePolicyId: "k\u001b9" });
    expect(failure?.reason).toMatch("k\\x1b9");
  });

  it.each([
    ["nothing changed", {}],
    ["only `waitFor` changed, which the cloud does not store", { waitFor: "accepted" }],
  ])("logs in to no cloud if %s", async (_what, changes) => {
    const given = setUp();
    expect(await check(given, { ...INPUTS, ...changes }, INPUTS)).toEqual([]);
    expect(given.context).not.toHaveBeenCalled();
  });

  it.each([
    ["an input changed", { mtu: 1400 }],
    ["an input became unknown", { vpnServiceId: UNKNOWN }],
  ])("reads the cloud if %s", async (_what, changes) => {
    const given = setUp();
    await check(given, { ...INPUTS, ...changes }, INPUTS);
    expect(given.requests).not.toEqual([]);
  });

  it("logs in to no cloud while the cloud is unknown", async () => {
    const given = setUp();
    expect(await check(given, { ...INPUTS, cloud: UNKNOWN, ikePolicyId: "k9" })).toEqual([]);
    expect(given.context).not.toHaveBeenCalled();
  });

  it("sends nothing if vpnaas:preflight is off", async () => {
    const given = setUp(COMPLETE, "off");
    expect(await check(given, { ...INPUTS, ikePolicyId: "k9" })).toEqual([]);
    expect(given.context).not.toHaveBeenCalled();
  });

  it("is a line if vpnaas:preflight is warn", async () => {
    const given = setUp(COMPLETE, "warn");
    expect(await check(given, { ...INPUTS, ikePolicyId: "k9" })).toEqual([]);
    expect(given.lines).toEqual([expect.stringMatching(/^warning: .* ikePolicyId: /)]);
  });

  it("reports a login that fails, and does not repeat it for the next resource", async () => {
    const given = setUp();
    given.context.mockRejectedValue(REFUSED);
    const [first] = await check(given, INPUTS);
    expect(first?.reason).toBe("The login was refused.");
    const [second] = await check(given, { ...INPUTS, name: "b" });
    expect(second?.reason).toMatch(/^the same as for IpsecSiteConnection /);
    expect(given.context).toHaveBeenCalledTimes(1);
  });

  it("throws an error that is not one of this package", async () => {
    const given = setUp();
    given.context.mockRejectedValue(new TypeError("a defect"));
    await expect(check(given, INPUTS)).rejects.toThrow(TypeError);
  });

  it("is a failure if it was canceled", async () => {
    const failures = await check(setUp(COMPLETE, "on", AbortSignal.abort()), INPUTS);
    expect(failures).toEqual([
      { property: "", reason: expect.stringMatching(/^The check was canceled while it compared/) },
    ]);
  });
});

describe("handler: an object that is replaced delete-first", () => {
  const { definition } = ipsecSiteConnection;
  const replace = async (content: CloudContent, mode: PreflightMode = "on") => {
    const given = setUp(content, mode);
    await check(given, INPUTS);
    return () => assertAnswered(given.call, definition, "IpsecSiteConnection a", INPUTS);
  };

  it("is deleted if the cloud has answered every question", async () => {
    expect(await replace(COMPLETE)).not.toThrow();
  });

  it("is not deleted while a question is open", async () => {
    expect(await replace(CLOSED)).toThrow(
      /^IpsecSiteConnection a is not replaced, .*: ikePolicyId is not checked\. Nothing was deleted\./,
    );
  });

  it("is deleted although a question is open if vpnaas:preflight is warn", async () => {
    expect(await replace(CLOSED, "warn")).not.toThrow();
  });
});

describe("handler: a connection that is deleted with its VPN service", () => {
  const inputs = { ...INPUTS, vpnServiceId: UNKNOWN };
  const assert = ({ call }: ReturnType<typeof setUp>) =>
    assertDependentAnswered(call, ipsecSiteConnection, "IpsecSiteConnection a", inputs);

  it("is deleted if the cloud answers every question", async () => {
    await expect(assert(setUp())).resolves.toBeUndefined();
  });

  it("is not deleted while a question is open", async () => {
    await expect(assert(setUp(CLOSED))).rejects.toThrow(
      /^IpsecSiteConnection a is not replaced, .*: ikePolicyId is not checked\./,
    );
  });

  it("is deleted although its old inputs would be refused, since the new ones are not known yet", async () => {
    const given = setUp({ ...COMPLETE, objects: { VpnService: [{ id: "s1" }] } });
    await expect(assert(given)).resolves.toBeUndefined();
    expect(given.lines).toEqual([]);
  });

  it.each(["warn", "off"] as const)("sends no request if vpnaas:preflight is %s", async (mode) => {
    const given = setUp(CLOSED, mode);
    await expect(assert(given)).resolves.toBeUndefined();
    expect(given.context).not.toHaveBeenCalled();
  });

  it("is not deleted if the login fails", async () => {
    const given = setUp();
    given.context.mockRejectedValue(REFUSED);
    await expect(assert(given)).rejects.toThrow("The login was refused.");
  });

  it("is not deleted if the comparison was canceled", async () => {
    await expect(assert(setUp(COMPLETE, "on", AbortSignal.abort()))).rejects.toThrow(CanceledError);
  });
});

describe("handler: an object that is changed in place", () => {
  const change = { id: "k1", subject: "IkePolicy a (k1)", state: {}, inputs: { name: "a" } };
  const announce = (
    { call, open }: ReturnType<typeof setUp>,
    step: "update" | "createFirst" = "update",
  ) => preflightChange(call, { resource: ikePolicy, ...change, step }, open);
  const GONE: CloudContent = { ...COMPLETE, objects: { IkePolicy: [] } };

  it("may exist", async () => {
    await expect(announce(setUp())).resolves.toBeUndefined();
  });

  it("fails if it is gone", async () => {
    await expect(announce(setUp(GONE))).rejects.toThrow(GoneError);
  });

  it("is not read if it is replaced", async () => {
    const given = setUp(GONE);
    await expect(announce(given, "createFirst")).resolves.toBeUndefined();
    expect(given.requests).toEqual([]);
  });

  it("may be gone, with a warning, if vpnaas:preflight is warn", async () => {
    const given = setUp(GONE, "warn");
    await announce(given);
    expect(given.lines).toEqual([expect.stringMatching(/^warning: IkePolicy a \(k1\) /)]);
  });

  it("is not read if vpnaas:preflight is off", async () => {
    const given = setUp(GONE, "off");
    await announce(given);
    expect(given.requests).toEqual([]);
  });

  it("is left to its update if the cloud does not answer", async () => {
    await expect(announce(setUp(CLOSED))).resolves.toBeUndefined();
  });

  it("fails if the comparison was canceled", async () => {
    await expect(announce(setUp(COMPLETE, "on", AbortSignal.abort()))).rejects.toThrow(
      /^The comparison was canceled while it read the changed objects/,
    );
  });
});
