import type { ProviderProcess } from "../../support/harness/providerProcess";
import { printed, Scene } from "../scene";

const ELSEWHERE = "00000000-0000-4000-8000-000000000000";

let scene: Scene;
let provider: ProviderProcess;

beforeEach(async () => {
  scene = await Scene.open({ pendingMs: 0 });
  provider = await scene.start();
});

afterEach(() => scene.close());

describe("a preview of a connection", () => {
  it("without a mistake reports no failure", async () => {
    expect((await provider.check(scene.args())).failures).toEqual([]);
  });

  it.each([
    ["vpnServiceId", "VpnService"],
    ["ikePolicyId", "IkePolicy"],
    ["ipsecPolicyId", "IpsecPolicy"],
  ])("fails for a wrong %s, which the reason names first", async (name, kind) => {
    const { failures } = await provider.check(scene.args({ [name]: ELSEWHERE }));
    expect(failures).toEqual([
      expect.stringMatching(new RegExp(`^${name}: http.* has no ${kind} ${ELSEWHERE} that`)),
    ]);
  });

  it("names the type of a policy that is given as the other one", async () => {
    const { ikePolicyId } = scene.parents;
    const { failures } = await provider.check(scene.args({ ipsecPolicyId: ikePolicyId }));
    expect(failures).toEqual([
      `ipsecPolicyId: ${ikePolicyId} is the id of an IkePolicy, and this property requires an IpsecPolicy.`,
    ]);
  });

  it("states a cause in full for the first connection only", async () => {
    await provider.check(scene.args({ name: "a", ikePolicyId: ELSEWHERE }));
    const { failures } = await provider.check(scene.args({ name: "b", ikePolicyId: ELSEWHERE }));
    expect(failures).toEqual(["ikePolicyId: the same as for IpsecSiteConnection a."]);
  });

  it("finds an object that was created after the list was read", async () => {
    await provider.check(scene.args());
    const { id } = await scene.of("IkePolicy").make(provider.as("IkePolicy"));
    expect((await provider.check(scene.args({ ikePolicyId: id }))).failures).toEqual([]);
  });

  it("sends no request if nothing changes", async () => {
    const { inputs } = await provider.check(scene.args());
    const other = await scene.start();
    scene.forget();
    await other.check(inputs, inputs);
    await other.check({ ...inputs, timeouts: { create: "5m" } }, inputs);
    expect(scene.sent()).toEqual([]);
  });

  it("leaves out a mistake that the old inputs already had", async () => {
    const old = scene.args({ ikePolicyId: ELSEWHERE });
    const { failures } = await provider.check({ ...old, description: "new" }, old);
    expect(failures).toEqual([]);
  });

  it("prints an unanswered question once, and does not fail", async () => {
    const refuse = { method: "GET", path: /\/ikepolicies/, answer: { status: 403 } };
    const failures = await scene.during(refuse, async () => [
      ...(await provider.check(scene.args({ ikePolicyId: ELSEWHERE }))).failures,
      ...(await provider.check(scene.args({ ikePolicyId: ELSEWHERE }))).failures,
    ]);
    expect(failures).toEqual([]);
    const lines = (await printed(provider)).split("\n").filter((line) => /^preflight/.test(line));
    expect(lines).toEqual([
      expect.stringMatching(
        /^preflight: the ikepolicies of this cloud cannot be read \(.*403.*\): ikePolicyId is not checked\.$/,
      ),
    ]);
  });
});

describe("vpnaas:preflight", () => {
  it("warn turns a failure into a warning", async () => {
    const lenient = await scene.start({ config: { "vpnaas:preflight": "warn" } });
    const args = scene.args({ name: "a", ikePolicyId: ELSEWHERE });
    expect((await lenient.check(args)).failures).toEqual([]);
    expect(await printed(lenient)).toMatch(
      /^warning: IpsecSiteConnection a: ikePolicyId: http.* has no IkePolicy/m,
    );
  });

  it("off sends no request", async () => {
    const silent = await scene.start({ config: { "vpnaas:preflight": "off" } });
    scene.forget();
    expect((await silent.check(scene.args({ ikePolicyId: ELSEWHERE }))).failures).toEqual([]);
    expect(scene.sent()).toEqual([]);
  });

  it("with another value fails the check, which names the valid ones", async () => {
    const wrong = await scene.start({ config: { "vpnaas:preflight": "no" } });
    const { failures } = await wrong.check(scene.args());
    expect(failures).toEqual(["vpnaas:preflight must be on, warn or off."]);
  });
});
