import { cloudOf } from "../cloud";
import { readSettings, type Settings } from "../config/settings";
import type { Dialect } from "../dialect";
import type { Log } from "../log";
import type { NeutronClient } from "../neutron/client";
import type { HeldResource, StackState } from "./stackState";

/** The settings of a stack. */
export type StackSettings = Pick<StackState, "config" | "openstack">;

/** The parts of a resource that lead to its cloud. */
export type LocatedResource = Pick<HeldResource, "provider" | "outputs">;

/** The entry of clouds.yaml that a resource names; undefined for the login of its provider. */
export function entryOf({ cloud }: HeldResource["outputs"]): string | undefined {
  return typeof cloud === "string" ? cloud : undefined;
}

/** Whether two resources of a stack have the same provider and the same entry of clouds.yaml. */
export function haveOneLogin(one: LocatedResource, other: LocatedResource): boolean {
  return one.provider === other.provider && entryOf(one.outputs) === entryOf(other.outputs);
}

/** One project of one cloud. */
export interface CloudProject {
  /** The network endpoint. */
  readonly endpoint: string;
  readonly dialect: Dialect;
  /** Undefined if the project of the login is unknown. */
  readonly projectId: string | undefined;
  /** The logins to the project; some of them may not see everything. */
  readonly clients: readonly [NeutronClient, ...NeutronClient[]];
  /** The entries of clouds.yaml for the project. */
  readonly names: ReadonlySet<string>;
  /** The number of requests by path since {@link Clouds.forgetRequests}. */
  readonly requests: ReadonlyMap<string, number>;
}

interface OpenCloudProject extends CloudProject {
  readonly clients: [NeutronClient, ...NeutronClient[]];
  readonly names: Set<string>;
  readonly requests: Map<string, number>;
}

/**
 * The clouds of stacks, each with one login, regardless of the number of stacks, entries and
 * rounds.
 */
export class Clouds {
  private readonly logins = new Map<string, Promise<OpenCloudProject>>();
  private readonly cloudProjects = new Map<string, OpenCloudProject>();

  /** `env` is the environment that settings are read from; `debug` lines go to the log. */
  constructor(
    private readonly env: Readonly<Record<string, string | undefined>>,
    private readonly log: Log,
  ) {}

  /**
   * The project of a resource, by its provider and its input `cloud`.
   * @throws ConfigurationError, UnauthorizedError and others of the login
   */
  of(stack: StackSettings, { provider, outputs }: LocatedResource): Promise<CloudProject> {
    const settings = provider === undefined ? stack : { config: provider, isExplicit: true };
    return this.at(settings, entryOf(outputs));
  }

  /**
   * The project that settings lead to, with an entry of clouds.yaml. A failed login is repeated at the
   * next call.
   * @throws ConfigurationError, UnauthorizedError and others of the login
   */
  async at(
    { config, openstack, isExplicit = false }: StackSettings & { readonly isExplicit?: boolean },
    cloud: string | undefined,
  ): Promise<CloudProject> {
    const settings = readSettings({ stack: config, openstack, env: this.env, isExplicit }, cloud);
    for (const { key, line } of settings.warnings) this.log.once(key, line);
    // Different settings may lead to the same project, which is known only after the login.
    const { session, transport, dialect } = settings;
    const key = JSON.stringify([session, transport, dialect]);
    const login = this.logins.get(key) ?? this.logIn(settings);
    this.logins.set(key, login);
    login.catch(() => this.logins.delete(key));
    const cloudProject = await login;
    if (session.cloud !== undefined) cloudProject.names.add(session.cloud);
    return cloudProject;
  }

  /** Resets the numbers of requests. */
  forgetRequests(): void {
    for (const { requests } of this.cloudProjects.values()) requests.clear();
  }

  private async logIn(settings: Settings): Promise<OpenCloudProject> {
    const { dialect } = settings;
    let requests = new Map<string, number>();
    const { client: open } = cloudOf(settings, this.log, ({ url }) => {
      const path = new URL(url).pathname;
      requests.set(path, (requests.get(path) ?? 0) + 1);
    });
    const client = await open();
    const { endpoint } = client;
    const projectId = await client.projectId();
    const key = JSON.stringify([endpoint, projectId ?? null, dialect]);
    const known = this.cloudProjects.get(key);
    if (known !== undefined) {
      // Later requests of this login are counted there.
      requests = known.requests;
      known.clients.push(client);
      return known;
    }
    const cloudProject: OpenCloudProject = {
      endpoint,
      dialect,
      projectId,
      requests,
      clients: [client],
      names: new Set<string>(),
    };
    this.cloudProjects.set(key, cloudProject);
    return cloudProject;
  }
}
