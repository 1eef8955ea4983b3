import { selfSigned } from "../../../support/harness/certificates";
import { CLOSED_PORT } from "../../../support/harness/loopback";
import { startTlsFront } from "../../../support/harness/tls";
import { KINDS } from "../../../support/harness/kinds";
import type { Attempt, Cause } from "../cause";

const config = (settings: Record<string, string>): Attempt => ({ settings });

const neutron = { dialect: "neutron" };

/** Logins and settings. */
export const logins: readonly Cause[] = [
  {
    what: "No login is set",
    effect: "failure",
    words: "clouds.yaml",
    attempt: () => ({ onlySettings: neutron }),
  },
  {
    what: "The login is incomplete",
    effect: "failure",
    words: "vpnaas:password",
    attempt: ({ sim }) => ({
      onlySettings: {
        ...neutron,
        authUrl: sim.identityUrl,
        username: "lab-user",
      },
    }),
  },
  {
    what: "The password is wrong",
    effect: "failure",
    words: "lab-user",
    attempt: () => config({ password: "canary" }),
  },
  {
    what: "The secret of the application credential is wrong",
    effect: "failure",
    words: "application credential",
    attempt: ({ sim }) => ({
      onlySettings: {
        ...neutron,
        authUrl: sim.identityUrl,
        applicationCredentialName: "lab-app-cred",
        applicationCredentialSecret: "canary",
        username: "lab-user",
        userDomainName: "Default",
      },
    }),
  },
  {
    what: "The token has expired",
    effect: "failure",
    words: "oken",
    simulated: ({ sim, token }) => {
      sim.revokeTokens();
      return {
        onlySettings: {
          ...neutron,
          authType: "token",
          authUrl: sim.identityUrl,
          token: token,
          projectName: "lab",
        },
      };
    },
  },
  {
    what: "The project does not exist, or the user has no role in it",
    effect: "failure",
    words: "project",
    attempt: () => config({ projectName: "lab-other" }),
  },
  {
    what: "The region is not in the catalog",
    effect: "failure",
    words: "region",
    attempt: () => config({ region: "RegionNine" }),
  },
  {
    what: "The catalog has no network endpoint",
    effect: "failure",
    words: "network",
    scene: { networkEndpoints: [] },
    simulated: () => ({}),
  },
  {
    what: "The cloud is unreachable",
    effect: "failure",
    words: "no answer",
    attempt: () => config({ authUrl: `http://127.0.0.1:${CLOSED_PORT}/v3` }),
  },
  {
    what: "The certificate is not trusted",
    effect: "failure",
    words: "certificate",
    attempt: async ({ sim }) => {
      const certificate = await selfSigned();
      const front = await startTlsFront({ certificate, to: () => sim.identityUrl });
      return { ...config({ authUrl: `${front.url}/identity/v3` }), end: () => front.stop() };
    },
  },
  {
    what: "The cloud has no VPNaaS",
    effect: "failure",
    words: "vpnaas",
    simulated: ({ sim }) => {
      sim.script({
        path: /\/v2\.0\/vpn\//,
        times: Infinity,
        answer: {
          status: 404,
          body: {
            NeutronError: {
              type: "HTTPNotFound",
              message: "The resource could not be found.",
              detail: "",
            },
          },
        },
      });
      sim.script({
        path: /\/extensions$/,
        times: Infinity,
        answer: { status: 200, body: { extensions: [{ alias: "router" }] } },
      });
      sim.script({ path: /\/extensions\/./, times: Infinity, answer: { status: 404 } });
      return {};
    },
  },
  {
    what: "The user may only read (role `reader`)",
    effect: "warning",
    words: "reader",
    attempt: () => ({
      kind: "IkePolicy",
      ...config({ username: "lab-reader", password: "lab-reader-pass" }),
    }),
  },
  {
    what: "A Neutron, and the dialect is `k5` (the default)",
    effect: "failure",
    words: "vpnaas:dialect neutron",
    attempt: () => ({ kind: "IkePolicy", ...config({ dialect: "k5" }) }),
  },
  {
    what: "An entry of clouds.yaml does not exist",
    effect: "failure",
    words: "clouds.yaml",
    attempt: () => ({ onlySettings: { ...neutron, cloud: "missing" } }),
  },
  {
    what: "A setting has a value that it does not know",
    effect: "failure",
    words: "vpnaas:dialect",
    attempt: () => config({ dialect: "K5" }),
  },
];

/** Causes that no request before the change can show. */
export const silent: readonly Cause[] = [
  {
    what: "`psk`, a proposal or a lifetime differs from that of the peer",
    effect: "silence",
    why: "The peer is outside the cloud.",
    attempt: () => ({ changes: { psk: "not the key of the peer" } }),
  },
  {
    what: "`peerAddress` is the address of another host",
    effect: "silence",
    why: "The peer is outside the cloud.",
    attempt: () => ({ changes: { peerAddress: "198.51.100.99" } }),
  },
  {
    what: "A host name in `peerAddress` that the cloud cannot resolve",
    effect: "silence",
    why: "The cloud resolves it in its own DNS at the POST; the name may mean something else here.",
    attempt: () => ({ changes: { peerAddress: "gateway.invalid" } }),
  },
  {
    what: "A firewall drops UDP 500, UDP 4500 or ESP",
    effect: "silence",
    why: "Only packets show it.",
    attempt: () => ({}),
  },
  {
    what: "No VPN agent runs, so that the status stays PENDING_CREATE",
    effect: "silence",
    why: "Neutron lists its agents for administrators only.",
    scene: { pendingMs: 60_000 },
    simulated: () => ({}),
  },
  {
    what: "The agent reports ERROR",
    effect: "silence",
    why: "The status exists only after the POST.",
    scene: { settlesTo: "ERROR" },
    simulated: () => ({}),
  },
  {
    what: "The cloud fails between the preview and the request",
    effect: "silence",
    why: "It has not happened yet; `up` repeats the checks before it deletes anything.",
    simulated: ({ sim }) => {
      sim.script({
        method: "POST",
        path: new RegExp(`${KINDS.IpsecSiteConnection.path}$`),
        answer: { status: 500 },
      });
      return {};
    },
  },
  {
    what: "An id that is the output of a resource of the same run",
    effect: "silence",
    why: "The id is unknown in the preview; `up` checks it once it is known.",
    attempt: () => ({ changes: { vpnServiceId: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" } }),
  },
];
