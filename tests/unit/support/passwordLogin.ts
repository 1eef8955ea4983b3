import type { Login } from "../../../provider/identity/session";

const domain = { id: "default" };

/** A login with a user's password at a Keystone that only a fake transport answers for. */
export const PASSWORD_LOGIN: Login = {
  kind: "password",
  authUrl: "http://identity.example.org/v3",
  sources: { authUrl: "vpnaas:authUrl", credential: "vpnaas:password" },
  user: { name: "alice", domain },
  password: "a password",
  project: { name: "web", domain },
};
