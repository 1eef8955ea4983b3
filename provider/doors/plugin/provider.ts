import { Runtime } from "../../runtime";
import type { Sources } from "../../config/settings";
import type { Call } from "../../handlers/handler";
import type { EngineLog } from "./engineLog";

/** The provider of one process: its settings, and the end of its operations. */
export class PluginProvider {
  private readonly canceling = new AbortController();
  private runtime: Runtime;
  /** Every resource of an engine's run has the same project. */
  private project = "";

  constructor(private readonly log: EngineLog) {
    this.runtime = this.runtimeOf({ stack: () => undefined, env: process.env });
  }

  configure(sources: Sources): void {
    this.runtime = this.runtimeOf(sources);
  }

  /** Cancels all operations, and those that begin later. */
  cancel(): void {
    this.canceling.abort();
  }

  get isCanceled(): boolean {
    return this.canceling.signal.aborted;
  }

  /** The context of an operation in a project; undefined for one without a resource. */
  call(
    project: string | undefined,
    secretInputs: ReadonlySet<string> = new Set(),
    storedSecretInputs: ReadonlySet<string> = new Set(),
  ): Call & { readonly signal: AbortSignal } {
    this.project = project ?? this.project;
    const { runtime } = this;
    return { runtime, secretInputs, storedSecretInputs, signal: this.canceling.signal };
  }

  private runtimeOf(sources: Sources): Runtime {
    const project = () => this.project;
    return new Runtime(
      {
        ...sources,
        get project() {
          return project();
        },
      },
      (line) => this.log.print(line),
      (line) => this.log.showProgress(line),
    );
  }
}
