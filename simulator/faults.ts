import type { FaultRule, RecordedRequest, ScriptedFault } from "./types";

/** A rule in force. */
export class Fault implements ScriptedFault {
  used = 0;
  private passed = 0;
  private readonly gate: Promise<void>;
  private open: () => void = () => undefined;

  constructor(readonly rule: FaultRule) {
    this.gate = new Promise((resolve) => {
      this.open = resolve;
    });
  }

  release(): void {
    this.open();
  }

  /** Resolves when {@link release} was called. */
  released(): Promise<void> {
    return this.gate;
  }

  /** Whether the rule is for this request; counts it if so. */
  takes(request: RecordedRequest): boolean {
    const { rule } = this;
    const { method, path } = request;
    const matches =
      this.used < (rule.times ?? 1) &&
      (rule.method === undefined || rule.method.toUpperCase() === method) &&
      (rule.path === undefined || path.search(rule.path) >= 0) &&
      (rule.when?.(request) ?? true);
    if (!matches) {
      return false;
    }
    if (this.passed < (rule.skip ?? 0)) {
      this.passed += 1;
      return false;
    }
    this.used += 1;
    return true;
  }
}
