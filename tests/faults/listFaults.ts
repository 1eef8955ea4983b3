/** What goes wrong with lists alone. */
import type { Answer, RecordedRequest } from "../../simulator";

type Row = Readonly<Record<string, unknown>> & { readonly id: string };

/** A list in an answer. */
interface List {
  readonly key: string;
  readonly rows: readonly Row[];
}

/** Makes another answer of the usual one. */
type Change = (usual: Answer, request: RecordedRequest) => Answer;

/** A list that is not as it should be. */
export interface ListFault {
  readonly answer: Change;
  /** Whether it does not show what is there. */
  readonly hides?: true;
}

/** A list without its rows. */
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
 * A list in two pages; the object at the end of the first is deleted before the second is asked
 * for, which is then empty. Other lists have all the rows, as if the object had come back.
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

/** The first half of the rows, with a link to the others; `tell` hears of the marker. */
function firstHalf(tell: (marker: string) => void = () => undefined): Change {
  return changed(({ key, rows }, { path, query }) => {
    const half = rows.slice(0, Math.ceil(rows.length / 2));
    const marker = half.at(-1)!.id;
    tell(marker);
    // Without a limit the simulator knows no markers.
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
