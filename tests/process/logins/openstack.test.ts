import { printed, Scene } from "../scene";

let scene: Scene;

afterEach(() => scene.close());

it("the provider logs in with openstack:* alone, and prints that it does", async () => {
  scene = await Scene.open({ kind: "IkePolicy", pendingMs: 0 });
  const provider = await scene.startBare({
    config: {
      "openstack:authUrl": scene.sim.identityUrl,
      "openstack:userName": "lab-user",
      "openstack:password": "lab-user-pass",
      "openstack:tenantName": "lab",
      "vpnaas:dialect": "neutron",
    },
  });
  const { id } = await scene.make(provider);
  expect(await scene.live(id)).toMatchObject({ id });
  expect(await printed(provider)).toMatch(/^The login is that of openstack:\* in the stack/m);
});
