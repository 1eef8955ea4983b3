import type { Clock } from "../wait/clock";

/** The time and the version of the entries of a cache. */
export interface Validity {
  /** How long the entries are served, in milliseconds. */
  readonly ttlMs: number;
  /** The version of the source when the entries were requested. */
  readonly version: number;
}

/**
 * A cache with a time to live. Its entries come from one request, and expire together: when their
 * time is over, or when the version of their source changes.
 */
export class TtlCache<T> {
  private readonly entries = new Map<string, T>();
  private expiresAt = -Infinity;
  private version = NaN;

  /** `currentVersion` returns another number after each change of the source. */
  constructor(
    private readonly clock: Clock,
    private readonly currentVersion: () => number,
  ) {}

  /** Replaces all entries. */
  fill(entries: ReadonlyMap<string, T>, { ttlMs, version }: Validity): void {
    this.entries.clear();
    for (const [key, entry] of entries) this.entries.set(key, entry);
    this.expiresAt = this.clock.now() + ttlMs;
    this.version = version;
  }

  /** An entry, which leaves the cache; undefined if it is missing or expired. */
  take(key: string): T | undefined {
    const isValid = this.version === this.currentVersion() && this.clock.now() < this.expiresAt;
    const entry = isValid ? this.entries.get(key) : undefined;
    this.entries.delete(key);
    return entry;
  }
}
