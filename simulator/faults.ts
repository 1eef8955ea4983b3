import type { FaultRule, RecordedRequest, ScriptedFault } from "./types";

/** An active rule. */
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

  /** Resolves once {@link release} has been called. */
  released(): Promise<void> {
    return this.gate;
  }

  /** Whether the rule applies to this request. Counts the request if it does. */
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
