import { DiagnoseScene } from "./scene";

let scene: DiagnoseScene;
let id: string;

beforeAll(async () => {
  scene = await DiagnoseScene.open("k5");
  id = await scene.connect("v1");
});
afterAll(() => scene.close());

describe("diagnose in K5, whose service shows no external address", () => {
  it("asks for the address that the peer connects to", async () => {
    const { code, stdout } = await scene.diagnose(id);
    expect(code).toBe(2);
    expect(stdout).toMatch(/^office {2}DOWN {2}\? - any$/m);
    expect(stdout).toMatch(
      /\? {5}vpnService: The address of the cloud's end is unknown.*--cloud-address/,
    );
  });

  it("compares the peer for the given address", async () => {
    const tunnel = {
      ikePolicy: { ikeVersion: "v1" },
      ipsecPolicy: { encryptionAlgorithm: "aes-128" },
      service: { externalV4Ip: "203.0.113.77" },
    };
    const options = ["--cloud-address", "203.0.113.77", "--peer-config"];
    const file = scene.write("office.conf", scene.peerText(tunnel));
    const { code, stdout } = await scene.diagnose(id, ...options, file);
    expect(code).toBe(2);
    expect(stdout.match(/FAIL {2}\S+/g)).toEqual(["FAIL  ipsecPolicy.encryptionAlgorithm:"]);
  });
});
