/** What the tests of logins share. */
import { setTimeout as sleep } from "node:timers/promises";

import { stringify } from "yaml";

import type { ProviderProcess } from "../../support/harness/providerProcess";
import { COLLECTION, LOGIN, type Scene, refusal } from "../scene";

/** Settings of a login, by their names after `vpnaas:`. */
export type Settings = Record<string, string>;

/** Stands in every wrong secret. */
export const CANARY = "canary";

/** The settings as the stack configuration has them. */
export const asConfig = (settings: Settings): Record<string, string> =>
  Object.fromEntries(Object.entries(settings).map(([name, value]) => [`vpnaas:${name}`, value]));

/** The settings as the environment has them. */
export const asEnv = (settings: Settings): Record<string, string> =>
  Object.fromEntries(Object.entries(settings).map(([name, value]) => [variableOf(name), value]));

/** `OS_AUTH_URL` of `authUrl`, as a rule. */
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

/** Where settings can stand. */
export const PLACES = ["the stack configuration", "the environment"] as const;

/** Starts a provider process that has the settings from there, and from there alone. */
export const startWith = (
  scene: Scene,
  place: (typeof PLACES)[number],
  settings: Settings,
): Promise<ProviderProcess> => {
  // The most that can be printed, since no secret may be among it.
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

/** The same in the words of clouds.yaml. */
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

/** The text of a clouds.yaml. */
export const cloudsYaml = (clouds: Record<string, object>): string => stringify({ clouds });

/** Makes a connection and fails if the cloud has not taken it from that user. */
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

/** What an operation was refused with; fails if a secret stands there or in what the process printed. */
export async function refusedLogin(
  provider: ProviderProcess,
  operation: Promise<unknown>,
): Promise<string> {
  const { message } = await refusal(operation);
  // What was printed may arrive after the answer.
  await sleep(30);
  expect(`${message}\n${provider.output}`).not.toMatch(
    new RegExp(`${CANARY}|lab-user-pass|lab-app-secret|gAAAAA|a pre-shared key`),
  );
  return message;
}
