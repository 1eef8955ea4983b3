/** Helpers of the tests of logins. */
import { setTimeout as sleep } from "node:timers/promises";

import { stringify } from "yaml";

import type { ProviderProcess } from "../../support/harness/providerProcess";
import { COLLECTION, LOGIN, type Scene, refusal } from "../scene";

/** Settings of a login, by their names after `vpnaas:`. */
export type Settings = Record<string, string>;

/** A part of every wrong secret. */
export const CANARY = "canary";

/** The settings in the notation of the stack configuration. */
export const asConfig = (settings: Settings): Record<string, string> =>
  Object.fromEntries(Object.entries(settings).map(([name, value]) => [`vpnaas:${name}`, value]));

/** The settings in the notation of the environment. */
export const asEnv = (settings: Settings): Record<string, string> =>
  Object.fromEntries(Object.entries(settings).map(([name, value]) => [variableOf(name), value]));

/** The variable of a setting, such as `OS_AUTH_URL` for `authUrl`. */
export function variableOf(name: string): string {
  const exceptions: Settings = {
    region: "OS_REGION_NAME",
    endpoint: "OS_NETWORK_ENDPOINT_OVERRIDE",
  };
  return exceptions[name] ?? `OS_${snake(name).toUpperCase()}`;
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (sign) => `_${sign.toLowerCase()}`);
}

/** Sources of settings. */
export const PLACES = ["the stack configuration", "the environment"] as const;

/** Starts a provider process that has the settings from the given source alone. */
export const startWith = (
  scene: Scene,
  place: (typeof PLACES)[number],
  settings: Settings,
): Promise<ProviderProcess> => {
  // The debug level prints the most, and no output may contain a secret.
  const config = { "vpnaas:dialect": "neutron", "vpnaas:logLevel": "debug" };
  return place === "the environment"
    ? scene.startBare({ config, env: asEnv(settings) })
    : scene.startBare({ config: { ...config, ...asConfig(settings) } });
};

/** A login of `lab-user` by password and names. */
export const byNames = (scene: Scene): Settings => ({
  authUrl: scene.sim.identityUrl,
  username: "lab-user",
  userDomainName: "Default",
  password: "lab-user-pass",
  projectName: "lab",
  projectDomainName: "Default",
});

/** The same login in the notation of clouds.yaml. */
const authOf = (scene: Scene): Record<string, string> =>
  Object.fromEntries(Object.entries(byNames(scene)).map(([name, value]) => [snake(name), value]));

/** An entry of clouds.yaml for the scene's cloud. */
export const entryOf = (
  scene: Scene,
  dialect: "neutron" | "k5" = "neutron",
): { auth: Record<string, string>; vpnaas: object } => ({
  auth: authOf(scene),
  vpnaas: { dialect },
});

/** The content of a clouds.yaml. */
export const cloudsYaml = (clouds: Record<string, object>): string => stringify({ clouds });

/** Creates a connection; fails unless the cloud received it from the given user. */
export async function proveLogin(
  scene: Scene,
  provider: ProviderProcess,
  inputs: Record<string, unknown> = {},
  user = "lab-user",
): Promise<void> {
  const { id } = await scene.make(provider, { waitFor: "accepted", ...inputs });
  const made = scene.sent("POST", COLLECTION).at(-1);
  expect(made).toMatchObject({ status: 201, user });
  expect(await scene.live(id)).toMatchObject({ id });
}

/** The bodies of the logins since {@link Scene.forget}, inside their `auth`. */
export const loginsOf = (scene: Scene): Record<string, unknown>[] =>
  scene.sent("POST", LOGIN).map(({ body }) => (body as { auth: Record<string, unknown> }).auth);

/** The message of a refused operation; fails if the message or the process's output contains a secret. */
export async function refusedLogin(
  provider: ProviderProcess,
  operation: Promise<unknown>,
): Promise<string> {
  const { message } = await refusal(operation);
  // Output may arrive after the response.
  await sleep(30);
  expect(`${message}\n${provider.output}`).not.toMatch(
    new RegExp(`${CANARY}|lab-user-pass|lab-app-secret|gAAAAA|a pre-shared key`),
  );
  return message;
}
