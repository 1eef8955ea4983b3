import { wasListed, type Report, type ReportedResource } from "../../../provider/drift/report";

/**
 * The latest known facts after a later report: that report, completed by earlier facts for the parts
 * that it could not read.
 */
export function knownAfter(known: Report, after: Report): Report {
  const unread = unreadStacks(known, after);
  const isUnread = ({ stack }: { readonly stack: string }) => unread.has(stack);
  const old = new Map(known.resources.map((one) => [keyOf(one), one]));
  const listed = new Set(after.clouds.flatMap(collectionsOf));
  return {
    ...after,
    stacks: [...after.stacks, ...known.stacks.filter(({ name }) => unread.has(name))],
    resources: [
      ...after.resources.map((one) =>
        one.verdict === "notRead" ? (old.get(keyOf(one)) ?? one) : one,
      ),
      ...known.resources.filter(isUnread),
    ],
    unmanaged:
      unread.size > 0
        ? known.unmanaged
        : [...after.unmanaged, ...known.unmanaged.filter((one) => !wasListed(after, one))],
    clouds: [
      ...after.clouds,
      ...known.clouds.filter((one) => collectionsOf(one).some((each) => !listed.has(each))),
    ],
  };
}

/** The stacks of a report that another report lacks because it could not read them. */
export function unreadStacks({ stacks }: Report, other: Report): ReadonlySet<string> {
  if (other.problems.length === 0) return new Set();
  const read = new Set(other.stacks.map(({ name }) => name));
  return new Set(stacks.map(({ name }) => name).filter((name) => !read.has(name)));
}

/** Identifies a resource among those of all stacks. */
export function keyOf({ stack, urn }: ReportedResource): string {
  return JSON.stringify([stack, urn]);
}

function collectionsOf({ endpoint, lists }: Report["clouds"][number]): string[] {
  return Object.keys(lists).map((collection) => `${endpoint} ${collection}`);
}
