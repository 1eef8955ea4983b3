import type { Attributes } from "./attributes";
import type { ApiRequest, Cloud } from "./cloud";
import { ApiFault, badRequest } from "./faultBodies";
import type { Row } from "./rows";
import type { Answer } from "./types";

/** A page of rows with links to the adjacent pages; without a limit there are no links. */
interface Page {
  rows: Row[];
  links: { rel: "next" | "previous"; href: string }[];
}

const controls = ["fields", "limit", "marker", "page_reverse", "sort_key", "sort_dir"];

/** Keeps the requested `fields`, or all if the query has none. Ignores unknown names. */
export function pickFields(row: object, query: URLSearchParams): object {
  const fields = query.getAll("fields");
  return fields.length === 0
    ? row
    : Object.fromEntries(Object.entries(row).filter(([name]) => fields.includes(name)));
}

/**
 * Values of the same name are alternatives; names that are not columns are ignored. Source:
 * neutron/db/_model_query.py.
 */
function filterRows(rows: Row[], query: URLSearchParams, attributes: Attributes): Row[] {
  const wanted = [...new Set(query.keys())].filter((name) => !controls.includes(name));
  return wanted.reduce((left, given) => {
    const name = given === "project_id" ? "tenant_id" : given;
    const attribute = attributes[name];
    if (!attribute || attribute.notAColumn) {
      return left;
    }
    const values = query
      .getAll(given)
      .map((value) => String(attribute.convert ? attribute.convert(value) : value));
    return left.filter((row) => values.includes(String(row[name])));
  }, rows);
}

/** Source: neutron/api/api_common.py, get_sorts. */
function sortRows(rows: Row[], query: URLSearchParams, attributes: Attributes): Row[] {
  const keys = query.getAll("sort_key").map((key) => (key === "project_id" ? "tenant_id" : key));
  const directions = query.getAll("sort_dir");
  if (keys.length !== directions.length) {
    throw badRequest("The number of sort_keys and sort_dirs must be same");
  }
  const unsortable = keys.filter((key) => !attributes[key]?.sortable);
  if (unsortable.length > 0) {
    throw badRequest(
      `[${unsortable.map((key) => `'${key}'`).join(", ")}] is invalid attribute for sort_keys`,
    );
  }
  if (directions.some((direction) => direction !== "asc" && direction !== "desc")) {
    throw badRequest(
      `[${directions.map((each) => `'${each}'`).join(", ")}] is invalid value for sort_dirs, valid value is 'asc' and 'desc'`,
    );
  }
  return [...rows].sort((one, other) => {
    for (const [index, key] of keys.entries()) {
      const [a, b] = [String(one[key]), String(other[key])];
      if (a !== b) {
        return a < b === (directions[index] === "asc") ? -1 : 1;
      }
    }
    return 0;
  });
}

/** The page size; 0 for no pages. Source: neutron/api/api_common.py, get_limit_and_marker. */
function limitOf(query: URLSearchParams, most: number): number {
  const limit = query.get("limit") ?? "0";
  if (!/^\d+$/.test(limit)) {
    throw new ApiFault(
      400,
      "BadRequest",
      `Bad limit request: Limit must be an integer 0 or greater and not '${limit}'.`,
    );
  }
  const bounded = Math.min(most, Number(limit) || most);
  return Number.isFinite(bounded) ? bounded : 0;
}

/**
 * A marker that is not, or no longer, in a row gives an empty page, as at the end of the list.
 * Source: neutron/api/api_common.py, PaginationEmulatedHelper and get_pagination_links.
 */
function paginate(rows: Row[], query: URLSearchParams, url: string, most: number): Page {
  const limit = limitOf(query, most);
  const marker = query.get("marker");
  const backwards = ["true", "1"].includes((query.get("page_reverse") ?? "").toLowerCase());
  if (limit === 0) {
    return { rows, links: [] };
  }
  const at =
    marker === null ? (backwards ? rows.length : -1) : rows.findIndex((row) => row.id === marker);
  const known = marker === null || at >= 0;
  const page = backwards
    ? rows.slice(Math.max(0, at - limit), at)
    : rows.slice(at + 1, at + 1 + limit);
  const shown = known ? page : [];
  const link = (rel: "next" | "previous", row: Row | undefined): Page["links"] => {
    const parameters = new URLSearchParams(query);
    parameters.delete("marker");
    parameters.delete("page_reverse");
    if (row) {
      parameters.set("marker", row.id);
    }
    if (rel === "previous") {
      parameters.set("page_reverse", "True");
    }
    return [{ rel, href: `${url}?${parameters.toString()}` }];
  };
  const full = shown.length >= limit;
  return {
    rows: shown,
    links: [
      ...(full || backwards ? link("next", shown.at(-1)) : []),
      ...(full || !backwards ? link("previous", shown[0]) : []),
    ],
  };
}

/**
 * Filters, sorts and pages the rows by the query of a request.
 * @throws ApiFault for an invalid query
 */
export function answerList(
  plural: string,
  rows: Row[],
  attributes: Attributes,
  { query, path }: ApiRequest,
  { dialect, endpoint, paginationMaxLimit }: Cloud,
): Answer {
  const sorted = sortRows(filterRows(rows, query, attributes), query, attributes);
  const page = paginate(sorted, query, `${endpoint()}${path}`, paginationMaxLimit);
  const shown = page.rows.map((row) => pickFields(dialect.show(row), query));
  const links = page.links.length > 0 ? { [`${plural}_links`]: page.links } : {};
  return { status: 200, body: { [plural]: shown, ...links } };
}
