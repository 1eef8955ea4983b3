import { type Step, passwordLogin } from "../play";
import { list } from "./build";

const login = (note: string, body: unknown, keep?: string): Step => ({
  note,
  as: "nobody",
  send: "POST /v3/auth/tokens",
  body,
  ...(keep && { keep }),
});

const domain = { id: "default" };
const lab = { name: "lab", domain };
const credential = (secret: string, more: object = {}): unknown => ({
  auth: {
    identity: {
      methods: ["application_credential"],
      application_credential: {
        name: "lab-app-cred",
        secret,
        user: { name: "lab-user", domain },
      },
    },
    ...more,
  },
});

const rescoped = (token: string): unknown => ({
  auth: { identity: { methods: ["token"], token: { id: token } }, scope: { project: lab } },
});

/** Logins, good and bad, and what the network service says to a token. */
export const steps: Step[] = [
  login("a good login", passwordLogin("lab-user", "lab-user-pass", lab), "good"),
  login("a project by its id", passwordLogin("lab-user", "lab-user-pass", { id: "{project}" })),
  login(
    "domains by their name",
    passwordLogin("lab-user", "lab-user-pass", { name: "lab", domain: { name: "Default" } }),
  ),
  login("a reader", passwordLogin("lab-reader", "lab-reader-pass", lab)),
  login("no project", passwordLogin("lab-user", "lab-user-pass"), "unscoped"),
  login("an unscoped token turned into one for a project", rescoped("{unscoped}")),
  login("an application credential", credential("lab-app-secret"), "app"),
  login("an application credential with a wrong secret", credential("wrong")),
  login(
    "an application credential with a project beside it",
    credential("lab-app-secret", { scope: { project: lab } }),
  ),
  login("an application credential that is not there", {
    auth: {
      identity: {
        methods: ["application_credential"],
        application_credential: { id: "0123456789abcdef0123456789abcdef", secret: "x" },
      },
    },
  }),
  login("an application credential's token turned into one for a project", rescoped("{app}")),
  login("a token that is none", rescoped("nonsense")),
  login("a wrong password", passwordLogin("lab-user", "wrong", lab)),
  login("an unknown user", passwordLogin("nobody", "lab-user-pass", lab)),
  login("an unknown project", passwordLogin("lab-user", "lab-user-pass", { name: "x", domain })),
  login(
    "a project in which the user has no role",
    passwordLogin("lab-user", "lab-user-pass", { name: "lab-other", domain }),
  ),
  login(
    "a project name without a domain",
    passwordLogin("lab-user", "lab-user-pass", { name: "lab" }),
  ),
  login("an unknown method", { auth: { identity: { methods: ["magic"], magic: {} } } }),
  login("a body without auth", {}),
  list("ikepolicy", "", "the network service with a good token", { as: "{good}" }),
  list("ikepolicy", "", "the network service with an application credential's token", {
    as: "{app}",
  }),
  list("ikepolicy", "", "the network service with an unscoped token", { as: "{unscoped}" }),
  list("ikepolicy", "", "the network service without a token", { as: "nobody" }),
  { note: "the extension itself", send: "GET /v2.0/extensions/vpnaas?fields=alias" },
  { note: "endpoint groups", send: "GET /v2.0/extensions/vpn-endpoint-groups?fields=alias" },
  { note: "an unknown extension", send: "GET /v2.0/extensions/nonsense" },
  { note: "an unknown collection", send: "GET /v2.0/nonsense" },
  { note: "an unknown VPN collection", send: "GET /v2.0/vpn/nonsense" },
  { note: "a method that is not allowed", send: "PATCH /v2.0/vpn/ikepolicies", body: {} },
];
