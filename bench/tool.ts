import type { RunResult } from "../tests/support/harness/child";
import type { Workload } from "./model";

/** The marks by which a provider's processes are found. */
export interface ProviderProcesses {
  /** HOME in their environment. */
  readonly home: string;
  /** Matches their command line. */
  readonly command: RegExp;
}

/** A tool that creates and changes the same connections on one server, with its own state. */
export interface Tool {
  /** Set if it creates no connections; its commands complete all of them. */
  readonly isEmpty?: true;
  readonly provider?: ProviderProcesses;
  /**
   * The workloads; each resolves for any end of its command. `change` gives every connection a
   * description. A line without a `preview` of its own has the same as `refresh`.
   */
  readonly commands: Readonly<
    Record<Exclude<Workload, "preview" | "change">, () => Promise<RunResult>>
  > & {
    readonly preview?: () => Promise<RunResult>;
    readonly change: (description: string) => Promise<RunResult>;
  };
  /**
   * Creates all with a description, in the quickest way, and waits for none. A tool without it
   * cannot change pending connections.
   */
  readonly prepare?: (description: string) => Promise<RunResult>;
  /** Ends what still runs and removes its files. */
  dispose(): Promise<void>;
}
