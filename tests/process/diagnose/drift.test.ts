import { driftFindings } from "../../../provider/diagnose/driftFindings";
import { reportOf } from "../../../provider/drift/buildReport";
import { Clouds } from "../../../provider/drift/clouds";
import { takeInventory } from "../../../provider/drift/inventory";
import { Log } from "../../../provider/log";
import { loginOf } from "../../support/harness/cloud";
import { aHeld, aStack } from "../../unit/support/givenInventory";
import { DiagnoseScene } from "./scene";

let scene: DiagnoseScene;

beforeEach(async () => {
  scene = await DiagnoseScene.open();
});
afterEach(() => scene.close());

/** The findings for a report on a stack with a connection of the cloud, each as `verdict property`. */
async function findingsOf(id: string, secret: readonly string[] = []) {
  const clouds = new Clouds(loginOf(scene.cloud), new Log(() => undefined, "info"));
  const { endpoint } = scene.cloud;
  const shown = await scene.cloud.api.get(`/vpn/ipsec-site-connections/${id}`);
  const resource = aHeld("IpsecSiteConnection", {
    id,
    secret: new Set(secret),
    state: { endpoint, peerCidrs: shown["peer_cidrs"] },
  });
  const config = (name: string) => (name === "dialect" ? "neutron" : undefined);
  const inventory = await takeInventory(clouds, [aStack([resource], { config })]);
  const findings = await driftFindings(reportOf(inventory), inventory);
  return [...findings].map(([tunnel, all]) => [tunnel.id, all] as const);
}

it("a DOWN tunnel of a drift report has the findings by the API alone", async () => {
  const id = await scene.connect("v2", {
    dpd: { action: "disabled", interval: 30, timeout: 120 },
  });
  const found = await findingsOf(id);
  expect(found).toEqual([
    [
      id,
      [
        expect.objectContaining({ verdict: "problem", property: "dpd.action" }),
        expect.objectContaining({ verdict: "open", property: "status" }),
      ],
    ],
  ]);
});

it("a DOWN tunnel of a drift report is compared with its peer in the same cloud", async () => {
  const id = await scene.connect("v2", {
    peer_address: "203.0.113.11",
    peer_id: "203.0.113.11",
    peer_cidrs: ["10.40.0.0/24"],
  });
  await scene.connectOpposite({ psk: "Other0key" });
  const found = await findingsOf(id);
  const [, findings] = found.find(([one]) => one === id)!;
  expect(findings.map(({ property }) => property)).toEqual(["psk"]);
  expect(JSON.stringify(found)).not.toMatch(/Canary0key|Other0key/);
});

it("a value that the state keeps secret does not appear in the findings of a drift report", async () => {
  const id = await scene.connect("v2", { peer_cidrs: ["198.51.100.0/24"] });
  const [shown, hidden] = [await findingsOf(id), await findingsOf(id, ["peerCidrs"])];
  expect(JSON.stringify(shown)).toContain("198.51.100.0/24");
  expect(JSON.stringify(hidden)).not.toContain("198.51.100.0/24");
});

it.each([
  ["an ACTIVE tunnel", { description: "[settles ACTIVE]" }],
  ["a tunnel that is switched off", { admin_state_up: false }],
])("%s has no findings in a drift report", async (_title, values) => {
  expect(await findingsOf(await scene.connect("v2", values))).toEqual([]);
});
