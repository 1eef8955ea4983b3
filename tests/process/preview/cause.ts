import type { Simulator } from "../../../simulator";
import { api, login, type Api, type Parents } from "../../support/harness/api";
import type { Kind } from "../../support/harness/kinds";
import type { Properties } from "../../support/harness/providerProcess";
import { handlers } from "../../../provider/handlers";
import { Runtime } from "../../../provider/runtime";
import { leastOf } from "../inputs";
import { Scene, type SceneOptions } from "../scene";

/** A declaration that a preview checks, and the settings of the stack. */
export interface Attempt {
  /** Connections by default. */
  readonly kind?: Kind;
  /** On top of valid inputs of the kind; undefined removes one. */
  readonly changes?: Properties;
  /** Declarations that the preview has checked before, without a failure. */
  readonly before?: readonly { readonly kind: Kind; readonly changes: Properties }[];
  /** Stack configuration by the names after `vpnaas:`, on top of a member's login. */
  readonly settings?: Settings;
  /** The whole stack configuration, without a login. */
  readonly onlySettings?: Settings;
  /** Ends the set-up. */
  readonly end?: () => Promise<void>;
}

type Settings = Readonly<Record<string, string>>;

/** A cloud with the objects that a connection refers to. */
export interface Ground {
  /** The network API as a member of project `lab`. */
  readonly cloud: Api;
  readonly parents: Parents;
  readonly sim: Pick<Simulator, "endpoint" | "identityUrl" | "fixture">;
  /** A member's token. */
  readonly token: string;
}

/** A cause for which an `up` fails, or its tunnel does not come up. */
export type Cause = {
  /** For the table; Markdown. */
  readonly what: string;
  /** The effect on a preview: it fails, it warns, or it cannot know the cause. */
  readonly effect: "failure" | "warning" | "silence";
  /** For a failure or a warning: a part of its words, usually the property. */
  readonly words?: string;
  /** For silence: the reason, a sentence for the table. */
  readonly why?: string;
} & (
  | { readonly attempt: (ground: Ground) => Attempt | Promise<Attempt> }
  /** A cause that no live Neutron can have. */
  | {
      readonly scene?: SceneOptions;
      readonly simulated: (scene: Scene) => Attempt | Promise<Attempt>;
    }
);

/** The result of a cause. */
export interface Outcome {
  readonly effect: Cause["effect"];
  /** The words of the preview, with placeholders for ids and addresses; empty for silence. */
  readonly words: string;
  /** The requests that could have changed the cloud. */
  readonly changes: readonly string[];
}

/** Sets the cause up in a fresh simulated cloud, and checks its declaration. */
export async function tryCause(cause: Cause): Promise<Outcome> {
  const isSimulated = "simulated" in cause;
  const scene = await Scene.open(isSimulated ? cause.scene : {});
  try {
    const attempt = await (isSimulated ? cause.simulated(scene) : cause.attempt(scene));
    scene.forget();
    const outcome = await preview(scene, attempt, scene.dialect);
    const changes = scene
      .sent()
      .filter(({ method, path }) => method !== "GET" && !path.endsWith("/auth/tokens"))
      .map(({ method, path }) => `${method} ${path}`);
    return { ...outcome, changes };
  } finally {
    await scene.close();
  }
}

/**
 * Checks a declaration as a preview does: by the handlers, in this process, since each cause needs a
 * provider without a past.
 */
export async function preview(
  ground: Ground,
  attempt: Attempt,
  dialect = "neutron",
): Promise<Omit<Outcome, "changes">> {
  const { kind = "IpsecSiteConnection", changes = {}, before = [] } = attempt;
  const login = { ...loginOf(ground), dialect, ...attempt.settings };
  const check = checkerOf(attempt.onlySettings ?? login);
  try {
    for (const one of before) {
      const earlier = await check(one.kind, inputsOf(ground, one.kind, one.changes));
      if (earlier.failures.length > 0) throw new Error(earlier.failures.join("\n"));
    }
    const { failures, warnings } = await check(kind, inputsOf(ground, kind, changes));
    return {
      effect: failures.length > 0 ? "failure" : warnings.length > 0 ? "warning" : "silence",
      words: masked((failures.length > 0 ? failures : warnings).join("\n"), ground),
    };
  } finally {
    await attempt.end?.();
  }
}

const loginOf = ({ sim }: Ground): Settings => ({
  authUrl: sim.identityUrl,
  username: "lab-user",
  password: "lab-user-pass",
  projectName: "lab",
});

const HANDLERS = {
  VpnService: handlers.vpnService,
  IkePolicy: handlers.ikePolicy,
  IpsecPolicy: handlers.ipsecPolicy,
  EndpointGroup: handlers.endpointGroup,
  IpsecSiteConnection: handlers.ipsecSiteConnection,
};

/** The checks of one run with those settings, and an environment without any. */
function checkerOf(settings: Settings) {
  const lines: string[] = [];
  const sources = {
    stack: (name: string) => settings[name],
    env: { HOME: "/nowhere" },
    project: "project",
  };
  const runtime = new Runtime(sources, (line) => lines.push(line));
  const call = { runtime, secretInputs: new Set<string>(), storedSecretInputs: new Set<string>() };
  return async (kind: Kind, inputs: Properties) => {
    const { failures } = await HANDLERS[kind].check(call, {}, inputs);
    return {
      failures: failures.map(({ reason }) => reason),
      warnings: lines.filter((line) => line.startsWith("warning:")),
    };
  };
}

function inputsOf(ground: Ground, kind: Kind, changes: Properties): Properties {
  const inputs = { name: "example", ...leastOf(kind, ground), ...changes };
  return Object.fromEntries(
    Object.entries<unknown>(inputs).filter(([, value]) => value !== undefined),
  );
}

/** Replaces the parts that differ from run to run. */
function masked(words: string, { sim }: Ground): string {
  return words
    .replaceAll(sim.endpoint, "https://network.example.com")
    .replaceAll(sim.identityUrl, "https://identity.example.com/v3")
    .replace(/https?:\/\/127\.0\.0\.1:\d+/g, "https://cloud.example.com")
    .replace(/127\.0\.0\.1:\d+/g, "cloud.example.com")
    .replace(/req-[0-9a-f-]{36}/g, "req-…")
    .replace(/\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/g, "ID")
    .replace(/\b[0-9a-f]{32}\b/g, "ID")
    .replaceAll(process.cwd(), "~/program")
    .replaceAll("/nowhere", "~");
}

/** An id that no object has. */
export const ABSENT = "00000000-0000-4000-8000-000000000000";

/** The network API as a member of project `lab-other`. */
export async function otherProject({ sim }: Ground): Promise<Api> {
  const user = ["lab-other-user", "lab-other-pass", "lab-other"] as const;
  return api(sim.endpoint, await login(sim.identityUrl, ...user));
}

/** Sets limits of project `lab`. */
export async function limit({ sim }: Ground, quota: Record<string, number>): Promise<void> {
  const admin = api(sim.endpoint, await login(sim.identityUrl, "admin", "lab-admin-pass", "admin"));
  await admin.put(`/quotas/${sim.fixture.projectId}`, { quota });
}

/** Creates an object and returns its id. */
export async function made(
  cloud: Api,
  key: string,
  path: string,
  body: Properties,
): Promise<string> {
  return (await cloud.post(`/vpn/${path}`, { [key]: body })).id;
}
