/** Takes out of an answer what differs from run to run, and compares an answer with what is left. */

/** Keys whose values are made up anew by every run. */
const volatile = new Set([
  "audit_ids",
  "created_at",
  "expires_at",
  "external_v4_ip",
  "external_v6_ip",
  "issued_at",
  "updated_at",
]);
/** Stands for the value of such a key if it is not null. */
const anything = "{any}";

const identifier = /\b(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{32})\b/g;

/**
 * A copy with keys in alphabetical order and lists in a fixed one (unless `ordered`), where every
 * value in `names`, and every other id, is replaced by its `{name}`; new ids are added to `names`.
 * Ids that the requests themselves made up belong in `names` under a name of their own.
 */
export function masked(value: unknown, names: Map<string, string>, ordered: boolean): unknown {
  return walk(value, ordered, (text) => {
    let found = text;
    const longestFirst = [...names].sort(([, a], [, b]) => b.length - a.length);
    for (const [name, known] of longestFirst) found = found.replaceAll(known, `{${name}}`);
    return found.replace(identifier, (id) => {
      const name =
        [...names].find(([, known]) => known === id)?.[0] ??
        `id-${[...names.keys()].filter((key) => key.startsWith("id-")).length + 1}`;
      names.set(name, id);
      return `{${name}}`;
    });
  });
}

function walk(value: unknown, ordered: boolean, text: (value: string) => string): unknown {
  if (typeof value === "string") return text(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items: unknown[] = value;
    const masked = (ordered ? items : [...items].sort(byName)).map((item) =>
      walk(item, ordered, text),
    );
    return ordered || typeof masked[0] !== "string" ? masked : masked.sort();
  }
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    entries.map(([key, inner]) => [
      key,
      volatile.has(key) && inner !== null ? anything : walk(inner, ordered, text),
    ]),
  );
}

/** By what does not differ from run to run. */
function byName(a: unknown, b: unknown): number {
  const [first = "", second = ""] = [a, b].map((item) => {
    if (typeof item !== "object" || item === null) return "";
    const { name, interface: side, type, rel } = item as Record<string, unknown>;
    return JSON.stringify([name, side, type, rel]);
  });
  return first < second ? -1 : first > second ? 1 : 0;
}
