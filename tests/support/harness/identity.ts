/** Tests' own requests to Keystone, of the simulator and of the live server. */

/** An application credential in Keystone's notation. */
export interface Credential {
  readonly id: string;
  readonly name: string;
  readonly secret: string;
}

/** Methods of authentication of `lab-user` in Keystone's notation. */
export const BY_PASSWORD = {
  methods: ["password"],
  password: {
    user: { name: "lab-user", domain: { id: "default" }, password: "lab-user-pass" },
  },
};

/**
 * A token for a method of authentication; without a scope an unscoped one, or one for the credential's project.
 * @throws Error with Keystone's response if the login fails
 */
export async function tokenBy(
  identityUrl: string,
  identity: object,
  scope?: object,
): Promise<string> {
  const { headers, body } = await ask(identityUrl, "POST", "/auth/tokens", {
    auth: { identity, scope },
  });
  const token = headers.get("x-subject-token");
  if (token === null) throw new Error(JSON.stringify(body));
  return token;
}

/** The id of a token's user. */
export async function userIdOf(identityUrl: string, token: string): Promise<string> {
  const { body } = await ask(identityUrl, "GET", "/auth/tokens", undefined, token);
  return (body as { token: { user: { id: string } } }).token.user.id;
}

/** Creates an application credential named `made by a test` for the user and project of a token. */
export async function newCredential(identityUrl: string, token: string): Promise<Credential> {
  const path = `/users/${await userIdOf(identityUrl, token)}/application_credentials`;
  const asked = { application_credential: { name: "made by a test" } };
  const { body } = await ask(identityUrl, "POST", path, asked, token);
  return (body as { application_credential: Credential }).application_credential;
}

/** Revokes a token. */
export async function revoke(identityUrl: string, token: string): Promise<void> {
  await ask(identityUrl, "DELETE", "/auth/tokens", undefined, token);
}

async function ask(
  identityUrl: string,
  method: string,
  path: string,
  body?: object,
  token?: string,
): Promise<{ headers: Headers; body: unknown }> {
  const own: Record<string, string> =
    token === undefined ? {} : { "X-Auth-Token": token, "X-Subject-Token": token };
  const response = await fetch(`${identityUrl}${path}`, {
    method,
    headers: { "Content-Type": "application/json", ...own },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { headers: response.headers, body: text === "" ? undefined : JSON.parse(text) };
}
