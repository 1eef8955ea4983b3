import type { Kind } from "../support/harness/kinds";
import type { ProviderOptions, ProviderProcess } from "../support/harness/providerProcess";
import { Scene } from "./scene";

/** The dialect of a simulated cloud. */
export type Dialect = "neutron" | "k5";

const elsewhere = { "vpnaas:username": "lab-other-user", "vpnaas:password": "lab-other-pass" };

/** Provider processes by their purpose, with their environment. */
const PROCESSES = {
  first: {},
  /** Also a member's; it has not seen the first one's objects. */
  later: {},
  reader: {
    config: { "vpnaas:username": "lab-reader", "vpnaas:password": "lab-reader-pass" },
  },
  ofAnotherProject: { config: { ...elsewhere, "vpnaas:projectName": "lab-other" } },
} satisfies Record<string, Partial<ProviderOptions>>;

/**
 * A cloud of each dialect without pending times, and provider processes that log in there. All
 * tests of a file share them, for every kind; each is started at its first use.
 */
export class Shared {
  private readonly scenes = new Map<Dialect, Promise<Scene>>();
  private readonly processes = new Map<string, Promise<ProviderProcess>>();

  async scene(dialect: Dialect, kind: Kind): Promise<Scene> {
    // Tests that share a cloud share its router, and each may create a VPN service there.
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

  /** Stops all clouds and processes. */
  async close(): Promise<void> {
    for (const scene of this.scenes.values()) await (await scene).close();
  }
}
