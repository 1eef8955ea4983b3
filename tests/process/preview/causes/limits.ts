import type { Kind } from "../../../support/harness/kinds";
import type { Properties } from "../../../support/harness/providerProcess";
import type { Scene } from "../../scene";
import { limit, made, type Attempt, type Cause } from "../cause";

const policy = (changes: Properties): Attempt => ({ kind: "IkePolicy", changes });

/** A cloud with one extension more. */
function withExtension(scene: Scene, alias: string): void {
  scene.sim.script({
    method: "GET",
    path: /\/extensions$/,
    times: Infinity,
    answer: ({ status, body }) => {
      const { extensions } = body as { extensions: { alias: string }[] };
      return { status, body: { extensions: [...extensions, { ...extensions[0], alias }] } };
    },
  });
  scene.sim.script({
    method: "GET",
    path: new RegExp(`/extensions/${alias}$`),
    times: Infinity,
    answer: { status: 200, body: { extension: { alias } } },
  });
}

/** Quotas, and values that the cloud or its VPN agent does not support. */
export const limits: readonly Cause[] = [
  {
    what: "The quota has no room for the object",
    effect: "failure",
    words: "quota",
    attempt: async (scene) => {
      await limit(scene, { ikepolicy: 1 });
      return policy({});
    },
  },
  {
    what: "The quota has room for some of the objects of the program",
    effect: "failure",
    words: "quota",
    attempt: async (scene) => {
      await limit(scene, { ipsec_site_connection: 1 });
      const other = { name: "first", peerAddress: "198.51.100.8" };
      return { before: [{ kind: "IpsecSiteConnection", changes: other }] };
    },
  },
  {
    what: "The cloud has no endpoint groups",
    effect: "failure",
    words: "type",
    scene: { missingExtensions: ["vpn-endpoint-groups"] },
    simulated: () => ({ kind: "EndpointGroup" }),
  },
  {
    what: "`flavorId`, and the cloud has no flavors",
    effect: "failure",
    words: "flavorId",
    scene: { missingExtensions: ["vpn-flavors"] },
    simulated: ({ sim }) => ({
      kind: "VpnService",
      changes: { flavorId: sim.fixture.routerId },
    }),
  },
  {
    what: '`encryptionAlgorithm: "aes-256-ctr"`, and the cloud has no CTR ciphers',
    effect: "failure",
    words: "encryptionAlgorithm",
    scene: { missingExtensions: ["vpn-aes-ctr"] },
    simulated: () => policy({ encryptionAlgorithm: "aes-256-ctr" }),
  },
  {
    what: '`pfs: "group19"`, and the cloud seems to be older than that group',
    effect: "warning",
    words: "pfs",
    scene: { missingExtensions: ["vpn-aes-ctr"] },
    simulated: () => policy({ pfs: "group19" }),
  },
  {
    what: '`authAlgorithm: "sha1"`, and the cloud has removed it',
    effect: "failure",
    words: "authAlgorithm",
    simulated: (scene) => {
      withExtension(scene, "vpn-no-sha1-3des");
      return policy({ authAlgorithm: "sha1" });
    },
  },
  {
    what: '`ipsecPolicyId` is a policy with `transformProtocol: "ah-esp"`',
    effect: "failure",
    words: "ipsecPolicyId",
    attempt: async ({ cloud }) => ({
      changes: {
        ipsecPolicyId: await made(cloud, "ipsecpolicy", "ipsecpolicies", {
          name: "both-protocols",
          transform_protocol: "ah-esp",
        }),
      },
    }),
  },
  {
    what: "`ipsecPolicyId` is a policy with an elliptic group, and `ikePolicyId` one with IKE v1",
    effect: "warning",
    words: "ipsecPolicyId",
    attempt: async ({ cloud }) => ({
      changes: {
        ikePolicyId: await made(cloud, "ikepolicy", "ikepolicies", {
          name: "old",
          ike_version: "v1",
        }),
        ipsecPolicyId: await made(cloud, "ipsecpolicy", "ipsecpolicies", {
          name: "elliptic",
          pfs: "group19",
        }),
      },
    }),
  },
  {
    what: '`pfs: "group24"`, which libreswan lacks',
    effect: "warning",
    words: "pfs",
    simulated: () => policy({ pfs: "group24" }),
  },
  ...(["disabled", "restart-by-peer"] as const).map((action): Cause => ({
    what: `\`dpd.action: "${action}"\`, which no stock VPN agent can use`,
    effect: "warning",
    words: "dpd.action",
    attempt: () => ({ changes: { dpd: { action } } }),
  })),
];

/** Values that are wrong in every cloud. */
export const values: readonly Cause[] = (
  [
    ["A required input is missing", "IpsecSiteConnection", { psk: undefined }, "psk"],
    [
      "An input does not exist",
      "IpsecSiteConnection",
      { peerAdress: "198.51.100.7" },
      "peerAdress",
    ],
    ["A value that is not in the list", "IkePolicy", { ikeVersion: "v3" }, "ikeVersion"],
    ["An id that is not a UUID", "VpnService", { routerId: "edge" }, "routerId"],
    ["A CIDR that is malformed", "IpsecSiteConnection", { peerCidrs: ["10.2.0.0"] }, "peerCidrs"],
    [
      "`psk` begins or ends with whitespace",
      "IpsecSiteConnection",
      { psk: " a pre-shared key" },
      "psk",
    ],
    [
      "`dpd.timeout` is not greater than `dpd.interval`",
      "IpsecSiteConnection",
      { dpd: { interval: 30, timeout: 30 } },
      "dpd.timeout",
    ],
    [
      "`peerCidrs` beside endpoint groups",
      "IpsecSiteConnection",
      { localEpGroupId: "1f2e3d4c-0000-4000-8000-000000000001" },
      "peerCidrs",
    ],
  ] satisfies [string, Kind, Properties, string][]
).map(([what, kind, changes, words]) => ({
  what,
  effect: "failure",
  words,
  attempt: () => ({ kind, changes }),
}));
