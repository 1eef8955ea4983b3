import { randomUUID } from "node:crypto";

import { queriesFor } from "../../../provider/neutron/listQueries";

const uuids = Array.from({ length: 121 }, () => randomUUID());

it("queriesFor: puts at most fifty ids into one list, so that every server accepts the URL", () => {
  const queries = queriesFor("id", uuids);
  expect(queries.map((query) => query.getAll("id").length)).toEqual([50, 50, 21]);
  expect(queries.flatMap((query) => query.getAll("id"))).toEqual(uuids);
});

it("queriesFor: puts fewer long names into one list, and a very long one alone", () => {
  const names = ["a".repeat(1_500), "b".repeat(600), "\u3042".repeat(255), "c"];
  const queries = queriesFor("name", names);
  expect(queries.map((query) => query.getAll("name").length)).toEqual([1, 1, 1, 1]);
});

it("queriesFor: returns no query for no values", () => {
  expect(queriesFor("id", [])).toEqual([]);
});
