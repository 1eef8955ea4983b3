import { createHash } from "node:crypto";

/** Random choices, equal for equal seeds. */
export class Random {
  private drawn = 0;

  constructor(private readonly seed: string) {}

  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number {
    this.drawn += 1;
    const lot = createHash("sha256").update(`${this.seed} ${this.drawn}`).digest();
    return lot.readUInt32BE(0) % limit;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }

  /** True in `percent` of 100 cases. */
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }
}
