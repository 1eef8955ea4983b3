/** Faults of lists. */
import type { Answer, RecordedRequest } from "../../simulator";

type Row = Readonly<Record<string, unknown>> & { readonly id: string };

/** A list in a response. */
interface List {
  readonly key: string;
  readonly rows: readonly Row[];
}

/** Changes the usual response. */
type Change = (usual: Answer, request: RecordedRequest) => Answer;

/** An incorrect list. */
export interface ListFault {
  readonly answer: Change;
  /** Whether it hides existing objects. */
  readonly hides?: true;
}

/** An empty list. */
export const emptied: Change = changed(({ key }) => ({ [key]: [] }));

/** Each fault by its name in the table. */
export const LIST_FAULTS: Readonly<Record<string, ListFault>> = {
  "list that is empty": { answer: emptied, hides: true },
  "list without its last row": {
    answer: changed(({ key, rows }) => ({ [key]: rows.slice(0, -1) })),
    hides: true,
  },
  "list whose rows are ids alone": {
    answer: changed(({ key, rows }) => ({ [key]: rows.map(({ id }) => ({ id })) })),
    hides: true,
  },
  "list with a row twice": {
    answer: changed(({ key, rows }) => ({ [key]: [...rows, ...rows.slice(0, 1)] })),
  },
  "list in shorter pages than asked for": { answer: firstHalf() },
};

/**
 * A list in two pages, whose second page is empty as after a deletion of the object at the end of the
 * first. Other lists have all rows, as if that object had been created again.
 */
export function pagesWithLostMarker(): {
  readonly answer: Change;
  readonly emptyAfter: (request: RecordedRequest) => boolean;
} {
  let lost: string | undefined;
  return {
    answer: firstHalf((marker) => (lost = marker)),
    emptyAfter: ({ query }) =>
      lost !== undefined && new URLSearchParams(query).get("marker") === lost,
  };
}

/** The first half of the rows, with a link to the others; calls `tell` with the marker. */
function firstHalf(tell: (marker: string) => void = () => undefined): Change {
  return changed(({ key, rows }, { path, query }) => {
    const half = rows.slice(0, Math.ceil(rows.length / 2));
    const marker = half.at(-1)!.id;
    tell(marker);
    // The simulator supports markers only with a limit.
    const next = new URLSearchParams(query);
    next.set("limit", "1000");
    next.set("marker", marker);
    const href = `http://127.0.0.1${path}?${next.toString()}`;
    return { [key]: half, [`${key}_links`]: [{ rel: "next", href }] };
  });
}

function changed(change: (list: List, request: RecordedRequest) => object): Change {
  return (usual, request) => {
    const [list] = Object.entries((usual.body ?? {}) as Record<string, unknown>).flatMap(
      ([key, rows]): List[] =>
        Array.isArray(rows) && !key.endsWith("_links") ? [{ key, rows }] : [],
    );
    if (list === undefined || list.rows.length === 0) return usual;
    return { ...usual, body: change(list, request) };
  };
}
