import { formatDuration } from "../validation/duration";
import type { Clock } from "./clock";

const FIRST_LINE_MS = 5_000;
const NEXT_LINE_MS = 15_000;

/** An open wait, as part of the shared progress line. */
export interface ProgressEntry {
  update(status: string): void;
  end(): void;
}

interface OpenWait {
  readonly subject: string;
  readonly begin: number;
  readonly deadline: number;
  status: string;
}

/**
 * Reports all waits of a process in one line: after 5 seconds, then every 15. The engine shows such
 * lines on the stack and not on a resource, so one line must cover all of them.
 */
export class Progress {
  /** In the order of their begin. */
  private readonly open = new Set<OpenWait>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly log: (line: string) => void,
    private readonly clock: Clock,
  ) {}

  /** Adds a wait until `deadline` (a time of the clock). */
  begin(subject: string, deadline: number): ProgressEntry {
    const wait: OpenWait = { subject, deadline, begin: this.clock.now(), status: "not seen yet" };
    this.open.add(wait);
    this.timer ??= setTimeout(() => this.report(), FIRST_LINE_MS).unref();
    return {
      update: (status) => {
        wait.status = status;
      },
      end: () => {
        this.open.delete(wait);
        if (this.open.size > 0) return;
        clearTimeout(this.timer);
        this.timer = undefined;
      },
    };
  }

  /** The current line; empty if there are no open waits. */
  line(): string {
    const [oldest] = this.open;
    if (oldest === undefined) return "";
    const now = this.clock.now();
    const times = `for ${formatDuration(now - oldest.begin)}, ${formatDuration(oldest.deadline - now)} left`;
    if (this.open.size === 1) return `Waiting: ${oldest.subject} is ${oldest.status} ${times}`;
    const counts = new Map<string, number>();
    for (const { status } of this.open) counts.set(status, (counts.get(status) ?? 0) + 1);
    const sum = [...counts].map(([status, count]) => `${count} ${status}`).join(", ");
    return `Waiting for ${this.open.size}: ${sum}; the longest, ${oldest.subject}, ${times}`;
  }

  private report(): void {
    this.log(this.line());
    this.timer = setTimeout(() => this.report(), NEXT_LINE_MS).unref();
  }
}
