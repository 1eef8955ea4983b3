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

it("the simulated Keystone logs a user in and names the network endpoint in the catalog", async () => {
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
])("the simulated Keystone answers %s with the same 401", async (_what, login) => {
  const { status, body } = await send("POST", tokens, login);

  expect(status).toBe(401);
  expect(body.error).toEqual({
    code: 401,
    message: "The request you have made requires authentication.",
    title: "Unauthorized",
  });
});

it("the simulated Keystone logs in with an application credential by name and user", async () => {
  const user = { name: "lab-user", domain: { id: "default" } };
  const credential = { name: "lab-app-cred", secret: "lab-app-secret", user };
  const { body } = await send("POST", tokens, credentialLogin(credential));

  expect(body.token.project.name).toBe("lab");
});

it("the simulated Keystone refuses an application credential with a scope", async () => {
  const user = { name: "lab-user", domain: { id: "default" } };
  const login = credentialLogin({ name: "lab-app-cred", secret: "lab-app-secret", user });
  const scope = { project: { id: simulator.fixture.projectId } };

  expect((await send("POST", tokens, { auth: { ...login.auth, scope } })).status).toBe(401);
});

const tokenLogin = (id: string | null, scope?: unknown) => ({
  auth: { identity: { methods: ["token"], token: { id } }, ...(scope ? { scope } : {}) },
});

const toLab = () => ({ project: { id: simulator.fixture.projectId } });

it("the simulated Keystone rescopes an unscoped token", async () => {
  const unscoped = await send("POST", tokens, passwordLogin("lab-user", "lab-user-pass"));
  const id = unscoped.headers.get("x-subject-token");
  const { body } = await send("POST", tokens, tokenLogin(id, toLab()));

  expect(unscoped.body.token.project).toBeUndefined();
  expect(body.token.methods).toEqual(["password", "token"]);
  expect(body.token.project.name).toBe("lab");
  expect(body.token.expires_at).toBe(unscoped.body.token.expires_at);
});

it("the simulated Keystone answers a token without a scope with an unscoped token", async () => {
  const { token } = await Client.login(simulator);
  const { status, body } = await send("POST", tokens, tokenLogin(token));

  expect(status).toBe(201);
  expect(body.token).not.toHaveProperty("project");
  expect(body.token).not.toHaveProperty("catalog");
});

it("the simulated Keystone answers 404 to a rescope of an expired token", async () => {
  const { token } = await Client.login(simulator);
  simulator.revokeTokens();

  const dead = await send("POST", tokens, tokenLogin(token, toLab()));
  expect(dead).toMatchObject({
    status: 404,
    body: { error: { message: "Failed to validate token" } },
  });
  const madeUp = await send("POST", tokens, tokenLogin("no token", toLab()));
  expect(madeUp).toMatchObject({
    status: 404,
    body: { error: { message: "Could not recognize Fernet token" } },
  });
});

it("the simulated Keystone does not rescope the token of an application credential", async () => {
  const user = { name: "lab-user", domain: { id: "default" } };
  const login = credentialLogin({ name: "lab-app-cred", secret: "lab-app-secret", user });
  const id = (await send("POST", tokens, login)).headers.get("x-subject-token");

  expect((await send("POST", tokens, tokenLogin(id, toLab()))).status).toBe(403);
  expect((await send("POST", tokens, tokenLogin(id))).status).toBe(201);
});

it("the simulated Keystone shows the user of a token, with its project and catalog", async () => {
  const { token } = await Client.login(simulator);
  const headers = { "X-Auth-Token": token, "X-Subject-Token": token };
  const { status, body } = await send("GET", tokens, undefined, headers);

  expect(status).toBe(200);
  expect(body.token.project.id).toBe(simulator.fixture.projectId);
  expect(networkEndpoints(body)).toHaveLength(3);
});

it.each([{ domain: { id: "default" } }, { system: { all: true } }])(
  "the simulated Keystone knows no role in the scope %j",
  async (scope) => {
    const { auth } = passwordLogin("lab-user", "lab-user-pass");

    expect((await send("POST", tokens, { auth: { ...auth, scope } })).status).toBe(401);
  },
);

describe("an application credential created through the API", () => {
  const mine = (client: Client, rest = "") => {
    const credentials = `${simulator.identityUrl}/users/${client.userId}/application_credentials`;
    return (method: string, body?: unknown) =>
      send(method, `${credentials}${rest}`, body, { "X-Auth-Token": client.token });
  };

  it("logs in by its id until it is deleted", async () => {
    const client = await Client.login(simulator);
    const application_credential = { name: "another", secret: "its secret" };
    const { body } = await mine(client)("POST", { application_credential });
    const id: string = body.application_credential.id;
    const login = credentialLogin({ id, secret: "its secret" });

    expect((await send("POST", tokens, login)).status).toBe(201);
    expect((await mine(client, `/${id}`)("DELETE")).status).toBe(204);
    expect(await send("POST", tokens, login)).toMatchObject({
      status: 404,
      body: { error: { message: `Could not find Application Credential: ${id}.` } },
    });
  });

  it("is refused if the user has one of the same name", async () => {
    const client = await Client.login(simulator);
    const application_credential = { name: "lab-app-cred", secret: "x" };

    expect((await mine(client)("POST", { application_credential })).status).toBe(409);
  });
});

it.each([
  ["without auth", {}],
  [
    "with an empty scope",
    { auth: { ...passwordLogin("lab-user", "lab-user-pass").auth, scope: {} } },
  ],
  ["with a credential's name but no user", credentialLogin({ name: "lab-app-cred", secret: "x" })],
])("the simulated Keystone answers a malformed login with 400: %s", async (_what, login) => {
  expect((await send("POST", tokens, login)).status).toBe(400);
});

it("the network API refuses requests without a token in Keystone's format", async () => {
  const { status, body } = await send("GET", `${simulator.endpoint}/v2.0/vpn/vpnservices`);

  expect(status).toBe(401);
  expect(body.error.code).toBe(401);
});

it("the network API refuses revoked tokens", async () => {
  const client = await Client.login(simulator);
  simulator.revokeTokens();

  expect((await client.get("vpn/vpnservices")).status).toBe(401);
});

it("the network API refuses expired tokens", async () => {
  const client = await Client.login(await start({ tokenSeconds: 0 }));

  expect((await client.get("vpn/vpnservices")).status).toBe(401);
});
