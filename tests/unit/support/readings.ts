import { readSettings, type Settings } from "../../../provider/config/settings";
import { ConfigurationError } from "../../../provider/errors";

/** Values of the stack configuration, or variables, by name. */
export type Texts = Readonly<Record<string, string | undefined>>;

/** A complete login in the stack configuration. */
export const STACK: Texts = {
  authUrl: "https://identity.example.org/v3",
  username: "alice",
  password: "one",
  projectName: "web",
};

/** Another complete login in the environment. */
export const ENV: Texts = {
  OS_AUTH_URL: "https://env.example.org/v3",
  OS_USERNAME: "bob",
  OS_PASSWORD: "two",
  OS_PROJECT_NAME: "ops",
};

/** The settings of these sources; `cloud` is a resource's own. */
export function settings(stack: Texts, env: Texts = {}, cloud?: string): Settings {
  return readSettings({ stack: (name) => stack[name], env }, cloud);
}

/** The login of these settings. */
export function login(stack: Texts, env: Texts = {}, cloud?: string): Settings["session"]["login"] {
  return settings(stack, env, cloud).session.login;
}

/** The message of the error when the settings cannot be read. */
export function errorOf(stack: Texts, env: Texts = {}, cloud?: string): string {
  try {
    settings(stack, env, cloud);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as Error).message;
  }
  throw new Error("nothing was thrown");
}
