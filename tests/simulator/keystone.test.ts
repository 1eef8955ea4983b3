import type { Simulator } from "../../simulator";
import { Client, networkEndpoints, passwordLogin, send, start, stopAll } from "./client";

let simulator: Simulator;
let tokens: string;

beforeEach(async () => {
  simulator = await start();
  tokens = `${simulator.identityUrl}/auth/tokens`;
});
afterEach(stopAll);

const credentialLogin = (credential: object) => ({
  auth: {
    identity: { methods: ["application_credential"], application_credential: credential },
  },
});

it("logs a user in and names the network endpoint in the catalog", async () => {
  const { status, headers, body } = await send(
    "POST",
    tokens,
    passwordLogin("lab-user", "lab-user-pass", "lab"),
  );

  expect(status).toBe(201);
  expect(headers.get("x-subject-token")).toBeTruthy();
  expect(body.token.project.id).toBe(simulator.fixture.projectId);
  expect(networkEndpoints(body)).toContainEqual(
    expect.objectContaining({
      interface: "public",
      region: "RegionOne",
      url: simulator.endpoint,
    }),
  );
});

it.each([
  ["a wrong password", passwordLogin("lab-user", "x", "lab")],
  ["an unknown user", passwordLogin("nobody", "x", "lab")],
  ["a project of others", passwordLogin("lab-user", "lab-user-pass", "lab-other")],
])("answers %s with the same 401", async (_what, login) => {
  const { status, body } = await send("POST", tokens, login);

  expect(status).toBe(401);
  expect(body.error).toEqual({
    code: 401,
    message: "The request you have made requires authentication.",
    title: "Unauthorized",
  });
});

it("logs in with an application credential by name and user", async () => {
  const user = { name: "lab-user", domain: { id: "default" } };
  const credential = { name: "lab-app-cred", secret: "lab-app-secret", user };
  const { body } = await send("POST", tokens, credentialLogin(credential));

  expect(body.token.project.name).toBe("lab");
});

it("refuses an application credential with a scope", async () => {
  const user = { name: "lab-user", domain: { id: "default" } };
  const login = credentialLogin({ name: "lab-app-cred", secret: "lab-app-secret", user });
  const scope = { project: { id: simulator.fixture.projectId } };

  expect((await send("POST", tokens, { auth: { ...login.auth, scope } })).status).toBe(401);
});

it("rescopes an unscoped token", async () => {
  const unscoped = await send("POST", tokens, passwordLogin("lab-user", "lab-user-pass"));
  const id = unscoped.headers.get("x-subject-token");
  const { body } = await send("POST", tokens, {
    auth: {
      identity: { methods: ["token"], token: { id } },
      scope: { project: { id: simulator.fixture.projectId } },
    },
  });

  expect(unscoped.body.token.project).toBeUndefined();
  expect(body.token.methods).toEqual(["password", "token"]);
});

it("answers a malformed login with 400", async () => {
  expect((await send("POST", tokens, {})).status).toBe(400);
});

it("refuses requests to the network API without a token, in Keystone's shape", async () => {
  const { status, body } = await send("GET", `${simulator.endpoint}/v2.0/vpn/vpnservices`);

  expect(status).toBe(401);
  expect(body.error.code).toBe(401);
});

it("refuses tokens that were revoked", async () => {
  const client = await Client.login(simulator);
  simulator.revokeTokens();

  expect((await client.get("vpn/vpnservices")).status).toBe(401);
});

it("refuses tokens that have expired", async () => {
  const client = await Client.login(await start({ tokenSeconds: 0 }));

  expect((await client.get("vpn/vpnservices")).status).toBe(401);
});
