import { cloudOf } from "../cloud";
import { readSettings } from "../config/settings";
import type { Dialect } from "../dialect";
import type { Log } from "../log";
import type { NeutronClient } from "../neutron/client";
import type { StackState } from "./stackState";

/** One project of one cloud, as one login sees it. */
export interface Place {
  readonly client: NeutronClient;
  readonly dialect: Dialect;
  /** The login's project; undefined where nobody tells. */
  readonly projectId: string | undefined;
  /** The entries of clouds.yaml that lead here. */
  readonly names: Set<string>;
  /** How often each URL path was asked for since the last {@link Clouds.forgetRequests}. */
  readonly requests: Map<string, number>;
}

/** The clouds of stacks, each logged in to once, however many stacks, entries and rounds there are. */
export class Clouds {
  private readonly logins = new Map<string, Promise<Place>>();
  private readonly places = new Map<string, Place>();

  /** `env` is the environment that settings are read from; `debug` lines go to the log. */
  constructor(
    private readonly env: Readonly<Record<string, string | undefined>>,
    private readonly log: Log,
  ) {}

  /**
   * The place that resources of a stack live in, by their input `cloud`. A login that failed is tried
   * anew the next time.
   * @throws ConfigurationError, UnauthorizedError and others of the login
   */
  async at(stack: StackState, cloud: string | undefined): Promise<Place> {
    const settings = readSettings({ stack: stack.config, env: this.env }, cloud);
    for (const line of settings.warnings) this.log.once(line);
    // Other settings may lead to the same place, so the place is told only after the login.
    const { session, transport, dialect } = settings;
    const key = JSON.stringify([session, transport, dialect]);
    const login = this.logins.get(key) ?? this.logIn(settings);
    this.logins.set(key, login);
    login.catch(() => this.logins.delete(key));
    const place = await login;
    if (settings.session.cloud !== undefined) place.names.add(settings.session.cloud);
    return place;
  }

  /** Begins to count anew. */
  forgetRequests(): void {
    for (const { requests } of this.places.values()) requests.clear();
  }

  private async logIn(settings: ReturnType<typeof readSettings>): Promise<Place> {
    const requests = new Map<string, number>();
    const { client: open } = cloudOf(settings, this.log, ({ url }) => {
      const path = new URL(url).pathname;
      requests.set(path, (requests.get(path) ?? 0) + 1);
    });
    const client = await open();
    const projectId = await client.projectId();
    const { dialect } = settings;
    const key = JSON.stringify([client.endpoint, projectId ?? null, dialect]);
    const place = this.places.get(key) ?? {
      ...{ client, dialect, projectId, requests },
      names: new Set<string>(),
    };
    this.places.set(key, place);
    return place;
  }
}
