import type { Kind } from "../../support/harness/kinds";
import type { Properties, ProviderProcess } from "../../support/harness/providerProcess";
import { linesAs, linesOf, subject } from "./lines";
import type { Scene } from "../scene";
import { type Dialect, Shared } from "../sharedScene";

const OTHER_ID = "0b4bd9ec-5d4c-4f2f-9a53-0d1c6a1a0b77";

const shared = new Shared();
let scene: Scene;
let provider: ProviderProcess;

afterAll(() => shared.close());

const open = async (kind: Kind, dialect: Dialect = "neutron") => {
  scene = await shared.scene(dialect, kind);
  provider = await shared.process(dialect, kind);
};

const BY_HAND = "(changed outside Pulumi)";

const OF_POLICIES: [Properties, string][] = [
  [{ name: "theirs" }, `name: declared NAME, there is theirs ${BY_HAND}`],
  [{ description: "by hand" }, `description: declared "", there is "by hand" ${BY_HAND}`],
  [{ auth_algorithm: "sha1" }, `authAlgorithm: declared sha256, there is sha1 ${BY_HAND}`],
  [
    { encryption_algorithm: "3des" },
    `encryptionAlgorithm: declared aes-128, there is 3des ${BY_HAND}`,
  ],
  [{ pfs: "group2" }, `pfs: declared group14, there is group2 ${BY_HAND}`],
  [
    { lifetime: { units: "seconds", value: 60 } },
    `lifetime.value: declared 3600, there is 60 ${BY_HAND}`,
  ],
];

const OF_CONNECTIONS: [Properties, string][] = [
  [{ description: "by hand" }, `description: declared "", there is "by hand" ${BY_HAND}`],
  [{ admin_state_up: false }, `adminStateUp: declared true, there is false ${BY_HAND}`],
  [
    { peer_address: "203.0.113.9" },
    `peerAddress: declared 198.51.100.7, there is 203.0.113.9 ${BY_HAND}`,
  ],
  [{ peer_id: "@peer" }, `peerId: declared 198.51.100.7, there is @peer ${BY_HAND}`],
  [
    { peer_cidrs: ["10.9.0.0/24"] },
    `peerCidrs: declared 10.2.0.0/24, there is 10.9.0.0/24 ${BY_HAND}`,
  ],
  [{ psk: "another key" }, "psk: differs (hidden)"],
  [
    { initiator: "response-only" },
    `initiator: declared bi-directional, there is response-only ${BY_HAND}`,
  ],
  [
    { dpd: { action: "restart", interval: 30, timeout: 120 } },
    `dpd.action: declared hold, there is restart ${BY_HAND}`,
  ],
  [{ vpnservice_id: OTHER_ID }, `vpnServiceId: declared SERVICE, there is ${OTHER_ID} ${BY_HAND}`],
];

const KINDS_AND_DRIFTS: [Kind, Dialect, [Properties, string][]][] = [
  [
    "VpnService",
    "neutron",
    [
      [{ name: "theirs" }, `name: declared NAME, there is theirs ${BY_HAND}`],
      [{ description: "by hand" }, `description: declared "", there is "by hand" ${BY_HAND}`],
      [{ admin_state_up: false }, `adminStateUp: declared true, there is false ${BY_HAND}`],
      [
        { external_v4_ip: "203.0.113.9" },
        "externalV4Ip: declared ADDRESS, there is 203.0.113.9 (set by the cloud)",
      ],
    ],
  ],
  [
    "IkePolicy",
    "neutron",
    [
      ...OF_POLICIES,
      [{ ike_version: "v2" }, `ikeVersion: declared v1, there is v2 ${BY_HAND}`],
      [
        { phase1_negotiation_mode: "aggressive" },
        `phase1NegotiationMode: declared main, there is aggressive ${BY_HAND}`,
      ],
    ],
  ],
  [
    "IpsecPolicy",
    "neutron",
    [
      ...OF_POLICIES,
      [
        { encapsulation_mode: "transport" },
        `encapsulationMode: declared tunnel, there is transport ${BY_HAND}`,
      ],
      [{ transform_protocol: "ah" }, `transformProtocol: declared esp, there is ah ${BY_HAND}`],
    ],
  ],
  [
    "EndpointGroup",
    "neutron",
    [
      [{ name: "theirs" }, `name: declared NAME, there is theirs ${BY_HAND}`],
      [
        { endpoints: ["10.5.0.0/24"] },
        `endpoints: declared 10.5.0.0/24, 10.6.0.0/24, there is 10.5.0.0/24 ${BY_HAND}`,
      ],
    ],
  ],
  [
    "IpsecSiteConnection",
    "neutron",
    [
      ...OF_CONNECTIONS,
      [{ mtu: 1400 }, `mtu: declared 1500, there is 1400 ${BY_HAND}`],
      [{ local_id: "@here" }, `localId: declared "", there is @here ${BY_HAND}`],
      [
        { local_ep_group_id: OTHER_ID },
        `localEpGroupId: declared nothing, there is ${OTHER_ID} ${BY_HAND}`,
      ],
    ],
  ],
  ["IkePolicy", "k5", OF_POLICIES],
  ["IpsecSiteConnection", "k5", OF_CONNECTIONS],
];

describe.each(KINDS_AND_DRIFTS)("a refresh of one %s (%s)", (kind, dialect, drifts) => {
  beforeAll(() => open(kind, dialect));

  it("reports each drifted property in one line, and no other property", async () => {
    const known = await scene.settled(provider);
    const written = (line: string) =>
      line
        .replace("NAME", String(known.inputs["name"]))
        .replace("SERVICE", String(known.inputs["vpnServiceId"]))
        .replace("ADDRESS", String(known.outputs["externalV4Ip"]));
    const changes = Object.assign({}, ...drifts.map(([body]) => body)) as Properties;
    const lines = drifts.map(([, line]) => `${subject(kind, known)}${written(line)}`);
    expect((await linesAs(scene, provider, known, changes)).sort()).toEqual(lines.sort());
  });

  it("reports nothing for an unchanged object", async () => {
    expect(await linesOf(provider, await scene.settled(provider))).toEqual([]);
  });

  it("reports nothing for defaults that the cloud omits or shows as empty", async () => {
    const known = await scene.settled(provider);
    const isDefault = (value: unknown) => value === "" || value === true || value === null;
    const names = Object.entries(await scene.live(known.id))
      .filter(([, value]) => isDefault(value))
      .map(([name]) => name);
    expect(names).toContain("description");
    for (const empty of [undefined, null]) {
      const changes = Object.fromEntries(names.map((name) => [name, empty]));
      expect(await linesAs(scene, provider, known, changes)).toEqual([]);
    }
  });
});

describe("a refresh of a connection", () => {
  beforeAll(() => open("IpsecSiteConnection"));

  it.each<[string, Properties, Properties]>([
    [
      "another order of networks",
      { peerCidrs: ["10.2.0.0/24", "10.3.0.0/24"] },
      { peer_cidrs: ["10.3.0.0/24", "10.2.0.0/24"] },
    ],
    ["a network without its host bits", { peerCidrs: ["10.2.0.7/24"] }, {}],
    ["a network with host bits", {}, { peer_cidrs: ["10.2.0.7/24"] }],
    [
      "another notation of IPv6",
      { peerAddress: "198.51.100.7", peerId: "2001:DB8::1" },
      { peer_id: "2001:db8:0:0:0:0:0:1" },
    ],
    ["dpd written out", { dpd: { interval: 10 } }, {}],
    ["dpd left out", {}, { dpd: {} }],
    ["an empty list and empty strings", {}, { local_id: "", local_ep_group_id: "" }],
    ["null groups", {}, { local_ep_group_id: null, peer_ep_group_id: null }],
    ["a hidden psk", {}, { psk: null }],
    ["an omitted psk", {}, { psk: undefined }],
    ["unknown attributes", {}, { flavor: "large", updated_at: "2026-01-01" }],
  ])("reports nothing for %s", async (_what, given, changes) => {
    const known = await scene.settled(provider, given);
    expect(await linesAs(scene, provider, known, changes)).toEqual([]);
  });

  it("reports nothing for ids in capitals", async () => {
    const known = await scene.settled(provider);
    const live = await scene.live(known.id);
    const names = ["vpnservice_id", "ikepolicy_id", "ipsecpolicy_id"];
    const changes = names.map((name) => [name, String(live[name]).toUpperCase()]);
    expect(
      await linesAs(scene, provider, known, Object.fromEntries(changes) as Properties),
    ).toEqual([]);
  });

  it("reports nothing for a host name whose address is unchanged", async () => {
    const known = await scene.settled(provider, { peerAddress: "localhost" });
    expect(known.outputs).toMatchObject({ peerAddress: "localhost" });
    expect(await linesOf(provider, known)).toEqual([]);
  });

  it("reports the previous address of a host name whose address has changed", async () => {
    const known = await scene.settled(provider, { peerAddress: "localhost" });
    const before = String(known.outputs["resolvedPeerAddress"]);
    expect(await linesAs(scene, provider, known, { peer_address: "203.0.113.9" })).toEqual([
      `${subject("IpsecSiteConnection", known)}peerAddress: declared localhost, there is 203.0.113.9 ` +
        `(changed outside Pulumi; the name resolved to ${before} before)`,
    ]);
  });

  it("reports nothing once the state has the value", async () => {
    const known = await scene.settled(provider);
    await scene.alter(known.id, { mtu: 1400 });
    expect(await linesOf(provider, known)).toHaveLength(1);
    const { outputs } = await provider.read(known.id, known.outputs);
    expect(await linesOf(provider, { ...known, outputs })).toEqual([]);
  });

  it("reports remaining drift again at the next refresh", async () => {
    const known = await scene.settled(provider);
    await scene.alter(known.id, { mtu: 1400 });
    expect(await linesOf(provider, known)).toEqual(await linesOf(provider, known));
  });

  it("escapes control characters of a terminal", async () => {
    const known = await scene.settled(provider);
    const [line] = await linesAs(scene, provider, known, {
      description: "\u001b[31mred\u009b\u202e",
    });
    expect(line).toContain('there is "\\u001b[31mred\\x9b\\u{202e}"');
  });
});
