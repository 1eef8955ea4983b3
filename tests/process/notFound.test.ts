import type { ProviderProcess } from "../support/harness/providerProcess";
import { login } from "../support/harness/api";
import { ITEM, type Known, Scene, refusal } from "./scene";

let scene: Scene;
let provider: ProviderProcess;

beforeAll(async () => {
  scene = await Scene.open({ pendingMs: 0 });
  provider = await scene.start();
});

beforeEach(() => scene.forget());

afterAll(() => scene.close());

describe("a 404 that does not prove a deletion", () => {
  let known: Known;

  beforeAll(async () => {
    known = await scene.settled(provider);
  });

  /** Expects read and delete to fail with a reason and to keep the connection. */
  const expectUnproven = async (asked: ProviderProcess, why: RegExp) => {
    for (const operation of ["read", "delete"] as const) {
      const error = await refusal(asked[operation](known.id, known.outputs));
      expect(error.message).toMatch(why);
      expect(error.message).toMatch(/does not prove that it is gone/);
    }
    expect(await scene.live(known.id)).toMatchObject({ id: known.id });
  };

  it("comes from a reader's login", async () => {
    const reader = await scene.start({
      config: { "vpnaas:username": "lab-reader", "vpnaas:password": "lab-reader-pass" },
    });
    await expectUnproven(reader, /role `member`/);
  });

  it("comes from another project's login", async () => {
    const other = await scene.start({
      config: {
        "vpnaas:username": "lab-other-user",
        "vpnaas:password": "lab-other-pass",
        "vpnaas:projectName": "lab-other",
      },
    });
    await expectUnproven(other, /belongs to project .* the login is in project/);
  });

  it("comes from a wrong path of the endpoint", async () => {
    const wrong = await scene.start({
      config: { "vpnaas:endpoint": scene.sim.endpoint.replace("network", "compute") },
    });
    await expectUnproven(wrong, /was created at .*vpnaas:endpoint/);
  });

  it("comes from another cloud with the same project id", async () => {
    const elsewhere = await Scene.open();
    try {
      expect(elsewhere.sim.fixture.projectId).toBe(known.outputs["projectId"]);
      await expectUnproven(await elsewhere.start(), /was created at .*vpnaas:region/);
    } finally {
      await elsewhere.close();
    }
  });

  it("comes from a cloud without the extension", async () => {
    const body = { NeutronError: { type: "HTTPNotFound", message: "No such path.", detail: "" } };
    scene.sim.script({ path: /\/vpn\//, times: 4, answer: { status: 404, body } });
    await expectUnproven(provider, /extension/);
  });

  it("comes from a token of another project than the configured one", async () => {
    const token = await login(
      scene.sim.identityUrl,
      "lab-other-user",
      "lab-other-pass",
      "lab-other",
    );
    const other = await scene.start({
      config: {
        "vpnaas:authType": "token",
        "vpnaas:token": token,
        "vpnaas:endpoint": scene.sim.endpoint,
      },
      env: { OS_PROJECT_ID: scene.sim.fixture.projectId },
    });
    await expectUnproven(other, /belongs to project .* the login is in project/);
  });

  it("concerns a state that does not record its project", async () => {
    const { projectId: _projectId, ...state } = known.outputs;
    const body = { NeutronError: { type: "IPsecSiteConnectionNotFound", message: "not found" } };
    scene.sim.script({ path: ITEM, answer: { status: 404, body } });
    const error = await refusal(provider.read(known.id, state));
    expect(error.message).toMatch(/does not prove that it is gone: the state does not record/);
  });

  it("comes from a token of an unknown project", async () => {
    const unscoped = await scene.start({
      config: {
        "vpnaas:authType": "token",
        "vpnaas:token": scene.token,
        "vpnaas:endpoint": scene.sim.endpoint,
      },
    });
    const body = {
      NeutronError: { type: "IPsecSiteConnectionNotFound", message: "not found", detail: "" },
    };
    scene.sim.script({ path: ITEM, times: 2, answer: { status: 404, body } });
    scene.sim.script({ path: /\/quotas\//, times: 2, answer: { status: 404 } });
    await expectUnproven(unscoped, /vpnaas:projectId/);
  });
});
