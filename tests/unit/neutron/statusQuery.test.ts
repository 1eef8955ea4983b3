import { statusQuery } from "../../../provider/neutron/statusQuery";
import type { PolledObject } from "../../../provider/wait/statusList";

const watched = (count: number, services: number): PolledObject[] =>
  Array.from({ length: count }, (_, i) => ({
    id: `c${i}`,
    status: "PENDING_CREATE",
    since: 0,
    until: 0,
    ...(services > 0 && { among: ["vpnservice_id", `s${i % services}`] as const }),
  }));

it("statusQuery: requests only ids and statuses, in pages", () => {
  const query = statusQuery(watched(3, 1));
  expect(query.getAll("fields")).toEqual(["id", "status"]);
  expect(query.get("limit")).toBe("1000");
});

it("statusQuery: filters by ids while they are few", () => {
  const query = statusQuery(watched(50, 1));
  expect(query.getAll("id")).toHaveLength(50);
  expect(query.has("vpnservice_id")).toBe(false);
});

it("statusQuery: filters many objects by their services, each once", () => {
  const query = statusQuery(watched(51, 2));
  expect(query.has("id")).toBe(false);
  expect(query.getAll("vpnservice_id")).toEqual(["s0", "s1"]);
});

it.each([
  ["belong to too many services", watched(200, 51)],
  ["have partly unknown services", [...watched(60, 1), ...watched(1, 0)]],
])("statusQuery: sets no filter if many objects %s", (_what, all) => {
  expect([...new Set(statusQuery(all).keys())]).toEqual(["fields", "limit"]);
});

it("statusQuery: never exceeds the URL length that servers accept", () => {
  const uuid = "7be7c3a4-1111-4222-8333-944444444444";
  const all = watched(1_000, 50).map((one) => ({
    ...one,
    among: ["vpnservice_id", `${uuid}${one.among![1]}`] as const,
  }));
  expect(statusQuery(all).toString().length).toBeLessThan(4_000);
});
