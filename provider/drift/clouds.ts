import { cloudOf } from "../cloud";
import { readSettings, type Settings } from "../config/settings";
import type { Dialect } from "../dialect";
import type { Log } from "../log";
import type { NeutronClient } from "../neutron/client";
import type { StackState } from "./stackState";

/** One project of one cloud. */
export interface Place {
  /** The network endpoint. */
  readonly endpoint: string;
  readonly dialect: Dialect;
  /** Undefined where no login tells its project. */
  readonly projectId: string | undefined;
  /** The logins that lead here; not all of them may see everything. */
  readonly clients: readonly [NeutronClient, ...NeutronClient[]];
  /** The entries of clouds.yaml that lead here. */
  readonly names: ReadonlySet<string>;
  /** How often each path was asked for since {@link Clouds.forgetRequests}. */
  readonly requests: ReadonlyMap<string, number>;
}

interface OpenPlace extends Place {
  readonly clients: [NeutronClient, ...NeutronClient[]];
  readonly names: Set<string>;
  readonly requests: Map<string, number>;
}

/** The clouds of stacks, each logged in to once, however many stacks, entries and rounds there are. */
export class Clouds {
  private readonly logins = new Map<string, Promise<OpenPlace>>();
  private readonly places = new Map<string, OpenPlace>();

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
    if (session.cloud !== undefined) place.names.add(session.cloud);
    return place;
  }

  /** Begins to count anew. */
  forgetRequests(): void {
    for (const { requests } of this.places.values()) requests.clear();
  }

  private async logIn(settings: Settings): Promise<OpenPlace> {
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
    const known = this.places.get(key);
    if (known !== undefined) {
      // What this login asks from now on is counted there.
      requests = known.requests;
      known.clients.push(client);
      return known;
    }
    const place: OpenPlace = {
      endpoint,
      dialect,
      projectId,
      requests,
      clients: [client],
      names: new Set<string>(),
    };
    this.places.set(key, place);
    return place;
  }
}
