import { changesOf, looksAmong, postsIn, spread } from "../../../bench/looks";
import type { RecordedRequest } from "../../../simulator";

const PATH = "/network/v2.0/vpn/ipsec-site-connections";
/** Ids, with the time when the status of each changed. */
const CHANGES = new Map([
  ["a", 1_000],
  ["b", 2_000],
]);

/** A request that was sent at that millisecond. */
const sent = (at: number, path: string, body: unknown = null): RecordedRequest => {
  const [place = "", query = ""] = path.split("?");
  const method = body === null ? "GET" : "POST";
  return { method, path: PATH + place, query, body, at, status: 200, user: "lab-user" };
};

const looks = (...requests: RecordedRequest[]) => looksAmong(requests, CHANGES);

it.each([
  ["a list of statuses", "?id=a&fields=id&fields=status", 1_500],
  ["a read before the change", "/a", 999],
  ["a read of several before the change of one", "?id=a&id=b", 1_500],
  ["a list of every object", "", 5_000],
])("the bench counts as a poll %s", (_what, path, at) => {
  expect(looks(sent(at, path))).toBe(1);
});

it.each([
  ["the read after the change", "/a", 1_000],
  ["the read of several after their changes", "?id=a&id=b", 2_000],
  ["the first list of a create", "?name=office", 0],
])("the bench does not count as a poll %s", (_what, path, at) => {
  expect(looks(sent(at, path))).toBe(0);
});

it("the bench counts a second read as a poll", () => {
  expect(looks(sent(1_000, "/a"), sent(1_100, "/a"))).toBe(1);
});

it("the bench ignores requests for other objects and requests other than GET", () => {
  const other = { ...sent(0, "/a"), path: "/network/v2.0/vpn/vpnservices/a" };
  expect(looks(other, { ...sent(0, "/a"), method: "PUT" })).toBe(0);
});

it("the bench takes the change of each connection from its own POST", () => {
  const posts = [40, 70].map((at, i) =>
    sent(at, "", { ipsec_site_connection: { name: `office ${i}` } }),
  );
  const made = [
    { id: "b", name: "office 1" },
    { id: "a", name: "office 0" },
  ];
  const changes = changesOf(posts, made, 1_000);
  expect([changes.get("a"), changes.get("b")]).toEqual([1_040, 1_070]);
  expect(postsIn(posts)).toEqual({ first: 40, last: 70 });
});

it("the bench computes the median, the 95th percentile and the maximum of the delays", () => {
  const values = Array.from({ length: 100 }, (_, i) => 100 - i);
  expect(spread(values)).toEqual({ p50: 50, p95: 95, max: 100 });
  expect(spread([7])).toEqual({ p50: 7, p95: 7, max: 7 });
});
