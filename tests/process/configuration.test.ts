import { setTimeout as sleep } from "node:timers/promises";

import {
  OperationError,
  PROVIDER_TEXT,
  type ProviderProcess,
} from "../support/harness/providerProcess";
import { Scene, refusal } from "./scene";

let scene: Scene;
let provider: ProviderProcess;

beforeEach(async () => {
  scene = await Scene.open();
});

afterEach(() => scene.close());

describe("an invalid configuration", () => {
  it("with an unknown dialect fails the check, which names the setting and the valid values", async () => {
    provider = await scene.start({ config: { "vpnaas:dialect": "K5" } });
    const { failures } = await provider.check(scene.args());
    expect(failures).toEqual(["vpnaas:dialect must be k5 or neutron: did you mean k5?"]);
    expect(provider.stderr).toEqual([]);
  });

  it.each([
    ["no password", { "vpnaas:password": "" }, "vpnaas:password"],
    ["no project", { "vpnaas:projectName": "" }, "vpnaas:projectName"],
    ["a network endpoint that is no URL", { "vpnaas:endpoint": "cloud" }, "vpnaas:endpoint"],
    ["an identity endpoint that is no URL", { "vpnaas:authUrl": "cloud:5000" }, "vpnaas:authUrl"],
    ["an unknown way to log in", { "vpnaas:authType": "kerberos" }, "vpnaas:authType"],
  ])("with %s fails the operation, which names the setting", async (_what, config, setting) => {
    provider = await scene.start({ config });
    const error = await refusal(scene.make(provider));
    expect(error).toBeInstanceOf(OperationError);
    expect(error.message).toContain(setting);
    expect(error.partial).toBeUndefined();
    expect(scene.sent()).toEqual([]);
    expect(provider.stderr).toEqual([]);
  });

  it("fails a read too, without a stack trace", async () => {
    provider = await scene.start({ config: { "vpnaas:password": "" } });
    const state = { ...scene.args(), __provider: PROVIDER_TEXT };
    const { message } = await refusal(provider.read("9b2e7a56-2f5a-4e0d-9d0e-1f6f3a5f0a11", state));
    expect(message).toContain("vpnaas:password");
    await sleep(20);
    expect(provider.stderr.filter((line) => line.trim() !== "")).toHaveLength(1);
  });
});

describe("check", () => {
  it("answers malformed inputs with failures and prints no line", async () => {
    provider = await scene.start();
    const { failures } = await provider.check({ psk: 5, dpd: "hold", peerCidrs: [{}], oops: null });
    expect(failures.length).toBeGreaterThan(5);
    expect(provider.output).toBe("");
    expect(scene.sent()).toEqual([]);
  });
});
