import type { RunResult } from "../tests/support/harness/child";
import type { Workload } from "./model";

/** How the processes of a provider are told from all others. */
export interface ProviderProcesses {
  /** HOME in their environment. */
  readonly home: string;
  /** Matches their command line. */
  readonly command: RegExp;
}

/** Somebody who makes and changes the same connections on one server, with a state of its own. */
export interface Tool {
  readonly provider?: ProviderProcesses;
  /**
   * The workloads; each resolves however its command ends. `change` gives every connection a
   * description. A line without a `preview` of its own has the same as `refresh`.
   */
  readonly commands: Readonly<
    Record<Exclude<Workload, "preview" | "change">, () => Promise<RunResult>>
  > & {
    readonly preview?: () => Promise<RunResult>;
    readonly change: (description: string) => Promise<RunResult>;
  };
  /**
   * Creates all with a description, in the quickest way there is, and waits for none. Who has no
   * such thing does not bear to change what is pending.
   */
  readonly prepare?: (description: string) => Promise<RunResult>;
  /** Ends what still runs and removes its files. */
  dispose(): Promise<void>;
}
