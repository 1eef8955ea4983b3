import { randomUUID } from "node:crypto";

import { queriesFor } from "../../../provider/neutron/listQueries";

const uuids = Array.from({ length: 121 }, () => randomUUID());

it("asks for fifty ids in one list at most, so that the URL is one that every server takes", () => {
  const queries = queriesFor("id", uuids);
  expect(queries.map((query) => query.getAll("id").length)).toEqual([50, 50, 21]);
  expect(queries.flatMap((query) => query.getAll("id"))).toEqual(uuids);
});

it("asks for fewer names where they are long, and by itself for one that is longer than all", () => {
  const names = ["a".repeat(1_500), "b".repeat(600), "\u3042".repeat(255), "c"];
  const queries = queriesFor("name", names);
  expect(queries.map((query) => query.getAll("name").length)).toEqual([1, 1, 1, 1]);
});

it("asks for nothing where nothing is wanted", () => {
  expect(queriesFor("id", [])).toEqual([]);
});
