import {
  diagnosedCloud,
  readCloudEnd,
  type DiagnosedCloud,
} from "../../../provider/diagnose/cloudEnd";
import { findCloudPeer } from "../../../provider/diagnose/cloudPeer";
import { diagnose, type Diagnosis } from "../../../provider/diagnose/diagnose";
import { readPeerFiles } from "../../../provider/diagnose/readers";
import { Clouds } from "../../../provider/drift/clouds";
import { Log } from "../../../provider/log";
import { loginOf } from "../../support/harness/cloud";
import { causesFor } from "../../unit/support/causes";
import { DiagnoseScene } from "./scene";

let scene: DiagnoseScene;
const ids: Record<string, string> = {};

beforeAll(async () => {
  scene = await DiagnoseScene.open();
  ids["v1"] = await scene.connect("v1");
  // Two connections of one service with the same peer and networks would be a finding.
  const { vpnServiceId } = scene.cloud.parents;
  ids["v2"] = await scene.connect("v2", { vpnservice_id: vpnServiceId });
});

afterAll(() => scene.close());

async function openCloud(): Promise<DiagnosedCloud> {
  const clouds = new Clouds(loginOf(scene.cloud), new Log(() => undefined, "info"));
  const config = (name: string) => (name === "dialect" ? "neutron" : undefined);
  return diagnosedCloud(await clouds.at({ config }, undefined));
}

/** The diagnosis of a connection in the cloud, for a peer with that configuration. */
async function diagnosisOf(version: "v1" | "v2", text: string): Promise<Diagnosis> {
  const end = await readCloudEnd(await openCloud(), ids[version]!);
  const files = [{ name: "peer.conf", text }];
  return diagnose(end, { settings: readPeerFiles(files, end.view!.local.address!) });
}

/** The tunnel of a version as the peer has it, with changes. */
function peerText(version: "v1" | "v2", tunnel: Parameters<DiagnoseScene["peerText"]>[0] = {}) {
  const isSecond = version === "v2";
  return scene.peerText({
    ...(isSecond && { localNetworks: ["10.40.0.0/24"] }),
    ...tunnel,
    ikePolicy: { ikeVersion: version, ...tunnel.ikePolicy },
    service: { ...(isSecond && { externalV4Ip: "203.0.113.11" }), ...tunnel.service },
  });
}

const differencesOf = ({ findings }: Diagnosis) =>
  findings
    .filter(({ verdict, property }) => verdict !== "ok" && property !== "status")
    .map(({ verdict, property }) => `${verdict} ${property}`);

describe.each(["v1", "v2"] as const)("diagnose of an IKE %s connection of a cloud", (version) => {
  it.each(causesFor(version))("names $title", async ({ peer, verdict, property }) => {
    const found = await diagnosisOf(version, peerText(version, peer));
    expect(differencesOf(found)).toEqual([`${verdict} ${property}`]);
  });

  it("names a peer without PFS", async () => {
    const text = peerText(version).replace(/(esp_proposals = \S+)-modp2048/, "$1");
    expect(differencesOf(await diagnosisOf(version, text))).toEqual(["problem ipsecPolicy.pfs"]);
  });

  it("names a peer without the connection", async () => {
    const found = await diagnosisOf(version, "connections {\n}\n");
    expect(differencesOf(found)).toEqual(["problem peerAddress"]);
  });

  it("finds no difference to a right peer, and names packets that do not arrive", async () => {
    const found = await diagnosisOf(version, peerText(version));
    expect(differencesOf(found)).toEqual([]);
    expect(found.findings[0]).toMatchObject({ verdict: "problem", property: "status" });
    expect(found.findings[0]!.text).toMatch(/packets do not arrive/);
  });
});

it("diagnose of two connections reads each list of their cloud once", async () => {
  const cloud = await openCloud();
  const before = (await scene.cloud.requests()).length;
  const ends = await Promise.all(Object.values(ids).map((id) => readCloudEnd(cloud, id)));
  await Promise.all(ends.map((end) => findCloudPeer(end, [openedAs(cloud)])));
  const lists = (await scene.cloud.requests())
    .slice(before)
    .map(({ path }) => path)
    .filter((path) => /\/(vpnservices|ipsec-site-connections)$/.test(path));
  expect(lists).toHaveLength(2);
  expect(new Set(lists).size).toBe(2);
});

const openedAs = (cloud: DiagnosedCloud) => ({ name: "lab", open: () => Promise.resolve(cloud) });
