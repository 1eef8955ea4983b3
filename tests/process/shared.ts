import type { Kind } from "../support/harness/kinds";
import type { ProviderOptions, ProviderProcess } from "../support/harness/providerProcess";
import { Scene } from "./scene";

/** Which cloud is played. */
export type Dialect = "neutron" | "k5";

const elsewhere = { "vpnaas:username": "lab-other-user", "vpnaas:password": "lab-other-pass" };

/** Provider processes by what they are for. */
const PROCESSES = {
  first: {},
  /** A member's too; it has not met what the first one made. */
  later: {},
  reader: {
    config: { "vpnaas:username": "lab-reader", "vpnaas:password": "lab-reader-pass" },
  },
  ofAnotherProject: { config: { ...elsewhere, "vpnaas:projectName": "lab-other" } },
} satisfies Record<string, Partial<ProviderOptions>>;

/**
 * A cloud of each dialect where nothing stays pending, and provider processes that are logged in
 * there: shared by all tests of a file, whatever their kind, and made when they are first wanted.
 */
export class Shared {
  private readonly scenes = new Map<Dialect, Promise<Scene>>();
  private readonly processes = new Map<string, Promise<ProviderProcess>>();

  async scene(dialect: Dialect, kind: Kind): Promise<Scene> {
    // Tests that share a cloud share its router, and each may make a VPN service there.
    const options = { dialect, pendingMs: 0, servicesPerRouter: Infinity };
    const scene = this.scenes.get(dialect) ?? Scene.open(options);
    this.scenes.set(dialect, scene);
    return (await scene).of(kind);
  }

  async process(
    dialect: Dialect,
    kind: Kind,
    which: keyof typeof PROCESSES = "first",
  ): Promise<ProviderProcess> {
    const key = `${dialect} ${which}`;
    const scene = await this.scene(dialect, kind);
    const process = this.processes.get(key) ?? scene.start(PROCESSES[which]);
    this.processes.set(key, process);
    return (await process).as(kind);
  }

  /** Ends all of them. */
  async close(): Promise<void> {
    for (const scene of this.scenes.values()) await (await scene).close();
  }
}
