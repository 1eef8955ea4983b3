import { selfSigned } from "../../support/harness/certificates";
import type { Properties, ProviderProcess } from "../../support/harness/providerProcess";
import { startTlsFront } from "../../support/harness/tls";
import { printed, Scene } from "../scene";

const COUNT = 200;

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.open({ pendingMs: 0 });
});

afterEach(() => scene.endProviders());

afterAll(() => scene.close());

/** The failures and warnings of a preview of many new connections that are checked at once. */
async function preview(provider: ProviderProcess, changes: Properties = {}) {
  const checks = Array.from({ length: COUNT }, (_, i) =>
    provider.check(scene.args({ name: `c${i}`, peerCidrs: [`10.2.${i}.0/24`], ...changes })),
  );
  const failures = (await Promise.all(checks)).flatMap((one) => one.failures);
  const lines = (await printed(provider)).split("\n");
  const warnings = lines.filter((line) => /^(?:warning|preflight|retry)/.test(line));
  const repeated = failures.filter((one) => /the same as for /.test(one));
  return { full: failures.filter((one) => !repeated.includes(one)), repeated, warnings };
}

describe(`a preview of ${COUNT} new connections reports once`, () => {
  it("that the login is a reader's, as a warning", async () => {
    const reader = { "vpnaas:username": "lab-reader", "vpnaas:password": "lab-reader-pass" };
    const { full, repeated, warnings } = await preview(await scene.start({ config: reader }));
    expect([full, repeated]).toEqual([[], []]);
    expect(warnings).toEqual([
      expect.stringMatching(/^warning: the only role of this login is a reader role/),
    ]);
  });

  it("that another project's login sees none of the referenced objects", async () => {
    const other = {
      "vpnaas:username": "lab-other-user",
      "vpnaas:password": "lab-other-pass",
      "vpnaas:projectName": "lab-other",
    };
    const { full, repeated, warnings } = await preview(await scene.start({ config: other }));
    expect(full).toEqual([expect.stringMatching(/^vpnServiceId: this login can see none of /)]);
    expect(repeated).toHaveLength(COUNT - 1);
    expect(warnings).toEqual([]);
  });

  it.each([
    ["an unreachable cloud", { "vpnaas:authUrl": "http://127.0.0.1:9/v3" }, /127\.0\.0\.1:9/],
    ["a wrong password", { "vpnaas:password": "wrong" }, /401.*vpnaas:password/],
    ["an unknown region", { "vpnaas:region": "nowhere" }, /no network endpoint .*region nowhere/],
    ["an unknown project", { "vpnaas:projectName": "nowhere" }, /401/],
    [
      "a login that lacks several settings, with all of them",
      { "vpnaas:password": "", "vpnaas:projectName": "" },
      /^The login lacks password and projectName: .*vpnaas:.*OS_PASSWORD.*clouds\.yaml/,
    ],
    [
      "an expired token",
      { "vpnaas:token": "expired", "vpnaas:endpoint": "SIMULATOR" },
      /401.*vpnaas:token/,
    ],
    [
      "a wrong dialect, with the command",
      { "vpnaas:dialect": "k5" },
      /pulumi config set vpnaas:dialect neutron/,
    ],
  ])("%s", async (_cause, config, reason) => {
    const endpoint = { "vpnaas:endpoint": scene.sim.endpoint };
    const provider = await scene.start({
      config: { ...config, ...("vpnaas:endpoint" in config ? endpoint : {}) },
    });
    const { full, repeated, warnings } = await preview(provider);
    expect(full).toEqual([expect.stringMatching(reason)]);
    expect(warnings.filter((line) => !line.startsWith("retry: "))).toEqual([]);
    expect(warnings.length).toBeLessThan(2);
    expect(repeated).toHaveLength(COUNT - 1);
  });
});

it("a catalog without a network endpoint fails a preview, with the setting that gives one", async () => {
  const bare = await Scene.open({ pendingMs: 0, networkEndpoints: [] });
  const { failures } = await (await bare.start()).check(bare.args());
  expect(failures).toEqual([expect.stringMatching(/no network endpoint.*vpnaas:endpoint/)]);
  await bare.close();
});

it("an untrusted certificate fails a preview, with the setting of its authority", async () => {
  const front = await startTlsFront({
    certificate: await selfSigned(),
    to: () => scene.sim.identityUrl,
  });
  const provider = await scene.start({ config: { "vpnaas:authUrl": `${front.url}/identity/v3` } });
  scene.forget();
  const { failures } = await provider.check(scene.args());
  expect(failures).toEqual([expect.stringMatching(/certificate is not trusted.*vpnaas:cacert/)]);
  expect(scene.sent()).toEqual([]);
  await front.stop();
});

it("a cloud without the vpnaas extension fails a preview", async () => {
  const bare = await Scene.open({ pendingMs: 0 });
  const provider = await bare.start();
  const none = {
    method: "GET",
    path: /\/extensions$/,
    answer: { status: 200, body: { extensions: [] } },
  };
  const { failures } = await bare.during(none, () => provider.check(bare.args()));
  expect(failures).toEqual([expect.stringMatching(/has no extension vpnaas: /)]);
  await bare.close();
});
