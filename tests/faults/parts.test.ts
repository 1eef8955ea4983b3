import type { RecordedRequest } from "../../simulator";
import { CallNames } from "./calls";
import { CrowdCallNames } from "./crowdCalls";
import { type Cell, leaksIn, type Outcome } from "./cell";
import { Elsewhere } from "./elsewhere";
import type { Fate } from "./fate";
import { faultList } from "./faultList";
import { quickPart } from "./matrix";
import { OPERATIONS } from "./operations";
import { tables, totals } from "./report";
import { PLACES, titleOf } from "./places";

const TIMES = { maintenance: 3, timeout: 4 };
const POLICIES = "/network/v2.0/vpn/ikepolicies";

function request(method: string, path: string): RecordedRequest {
  return { method, path, query: "", body: null, status: 0, user: null, at: 0 };
}

describe("the names of calls of one resource", () => {
  const named = (...requests: [string, string][]) => {
    const names = new CallNames("IkePolicy");
    return requests.map(([method, path]) => names.next(request(method, path)));
  };

  it("contain the target of a request and the change before it", () => {
    const calls = named(
      ["POST", "/identity/v3/auth/tokens"],
      ["GET", POLICIES],
      ["GET", "/network/v2.0/vpn/ipsec-site-connections"],
      ["POST", POLICIES],
      ["GET", `${POLICIES}/id`],
      ["PUT", `${POLICIES}/id`],
      ["DELETE", `${POLICIES}/id`],
    );
    expect(calls.map(({ name, about }) => `${name}: ${about}`)).toEqual([
      "login: login",
      "list: collection",
      "list of users: other",
      "POST: collection",
      "GET after POST: object",
      "PUT after POST: object",
      "DELETE after PUT: object",
    ]);
    expect(calls.map(({ before }) => before)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it("number the calls of one purpose, except the polls of a wait", () => {
    const look: [string, string] = ["GET", `${POLICIES}/id`];
    const calls = named(look, look, ["DELETE", `${POLICIES}/id`], look, look, look);
    expect(calls.map(({ name }) => name)).toEqual([
      "GET",
      "GET (2)",
      "DELETE",
      "GET after DELETE",
      "GET after DELETE",
      "GET after DELETE",
    ]);
  });
});

describe("the names of calls of many resources", () => {
  const namesOf = (...requests: [string, string, string?, string?][]) => {
    const place = { kind: "IkePolicy", dialect: "neutron", count: 3 } as const;
    const names = new CrowdCallNames(place, new Set(["old", "older"]));
    return requests.map(([method, path, query = "", name]) => {
      const body = name === undefined ? null : { ikepolicy: { name } };
      return names.next({ ...request(method, path), query, body }).name;
    });
  };

  it("distinguish the forms of lists", () => {
    expect(
      namesOf(
        ["GET", POLICIES, "name=a"],
        ["GET", POLICIES, "name=b&name=c"],
        ["GET", POLICIES, "id=old&id=older"],
        ["GET", POLICIES, "fields=id&fields=status&id=old"],
        ["GET", POLICIES, "limit=320"],
        ["GET", POLICIES, "limit=320&marker=old"],
      ),
    ).toEqual([
      "list by name",
      "list by names",
      "list by ids",
      "list of statuses",
      "list of all",
      "next page of list of all",
    ]);
  });

  it("contain the earlier change of their own objects alone", () => {
    expect(
      namesOf(
        ["PUT", `${POLICIES}/old`],
        ["GET", `${POLICIES}/older`],
        ["GET", POLICIES, "id=older&id=old"],
        ["POST", POLICIES, "", "a"],
        ["GET", `${POLICIES}/new`],
        ["GET", POLICIES, "name=b"],
        ["GET", POLICIES, "name=a"],
      ),
    ).toEqual([
      "PUT",
      "GET",
      "list by ids after PUT",
      "POST",
      "GET after POST",
      "list by name",
      "list by name after POST",
    ]);
  });

  it("are equal for all requests of one purpose, except the first and the last change", () => {
    expect(
      namesOf(
        ["DELETE", `${POLICIES}/old`],
        ["DELETE", `${POLICIES}/older`],
        ["DELETE", `${POLICIES}/oldest`],
        ["GET", `${POLICIES}/old`],
        ["GET", `${POLICIES}/older`],
      ),
    ).toEqual(["DELETE", "other DELETE", "last DELETE", "GET after DELETE", "GET after DELETE"]);
  });
});

describe("leaks", () => {
  it.each([
    ["a password", "for lab-user-pass.", ["lab-user-pass"]],
    ["a token", "X-Auth-Token: gAAAAABxyz_-12345", ["gAAAAABxyz_-123"]],
    ["a pre-shared key", '{"psk":"canary-17-first"}', ["canary-17-first"]],
    ["names alone", "lab-user of cell-17 has a psk (hidden)", []],
  ])("are found in a string with %s", (_what, text, found) => {
    expect(leaksIn(text)).toEqual(found);
  });
});

describe("the report", () => {
  const [place, operation] = [PLACES[0]!, OPERATIONS[0]!];
  const [fault] = faultList(new Elsewhere(), TIMES);
  const call = { name: "POST", about: "collection", method: "POST", before: 2 } as const;
  const cell: Cell = { place, operation, call, fault: fault! };
  const outcome = (fate: Fate): Outcome => ({ cell, number: 1, fate, errors: [] });

  it("counts lost, doubled and leaked outcomes, including leaks in the output", () => {
    const outcomes = (["at once", "lost", "doubled", "doubled", "leaked"] as const).map(outcome);
    expect(totals(outcomes, 2)).toBe("5 cells: 1 lost, 2 doubled, 3 leaked, 0 late");
  });

  it("has a row for each fault and each call, with the number of failures", () => {
    const text = tables((["at once", "next run", "not tried"] as const).map(outcome));
    expect(text).toMatch(/\| connection refused for a moment +\| 3 \/ 1 \/ 1 \(1 not\) \|/);
    expect(text).toMatch(/\| POST +\| 3 +\| 1 +\| 1 +\|/);
  });
});

it("the quick part contains every fault, and every operation of each kind on each cloud", () => {
  const cells = PLACES.flatMap((place) =>
    OPERATIONS.flatMap((operation) =>
      ["GET", "POST"].flatMap((method) =>
        faultList(new Elsewhere(), TIMES).map((fault): Cell => {
          const call = { name: method, about: "collection", method, before: 0 } as const;
          return { place, operation, call, fault };
        }),
      ),
    ),
  );
  const quick = quickPart(cells, "dynamic");
  expect(new Set(quick.map(({ fault }) => fault.name)).size).toBe(
    faultList(new Elsewhere(), TIMES).length,
  );
  const kinds = (some: readonly Cell[]) =>
    new Set(some.map(({ place, operation }) => `${operation.name} ${titleOf(place)}`));
  expect(kinds(quick)).toEqual(kinds(cells));
  expect(quick.length).toBeLessThan(cells.length / 4);
});
