/** The key of an item's group; undefined if it is in none that can be asked for. */
export type GroupKey<T> = (item: T) => string | undefined;

/**
 * Items by identity, which also finds all items of a group without a search. The key of an item
 * follows from its identity, so it is computed once. Items are never removed.
 */
export class GroupedMap<T> {
  private readonly items = new Map<string, T>();
  private readonly groups = new Map<GroupKey<T>, Groups<T>>();

  constructor(entries: Iterable<readonly [string, T]> = []) {
    for (const [identity, item] of entries) this.set(identity, item);
  }

  get size(): number {
    return this.items.size;
  }

  get(identity: string): T | undefined {
    return this.items.get(identity);
  }

  values(): Iterable<T> {
    return this.items.values();
  }

  /** Adds an item, or replaces the one of that identity in its place. */
  set(identity: string, item: T): void {
    this.items.set(identity, item);
    for (const [keyOf, groups] of this.groups) add(groups, keyOf, identity, item);
  }

  /** The items whose key is that one, in the order of their addition. */
  group(keyOf: GroupKey<T>, key: string): ReadonlyMap<string, T> {
    return this.groupsBy(keyOf).get(key) ?? new Map<string, T>();
  }

  private groupsBy(keyOf: GroupKey<T>): Groups<T> {
    const known = this.groups.get(keyOf);
    if (known !== undefined) return known;
    const groups: Groups<T> = new Map();
    for (const [identity, item] of this.items) add(groups, keyOf, identity, item);
    this.groups.set(keyOf, groups);
    return groups;
  }
}

type Groups<T> = Map<string | undefined, Map<string, T>>;

function add<T>(groups: Groups<T>, keyOf: GroupKey<T>, identity: string, item: T): void {
  const key = keyOf(item);
  const group = groups.get(key) ?? new Map<string, T>();
  groups.set(key, group.set(identity, item));
}
