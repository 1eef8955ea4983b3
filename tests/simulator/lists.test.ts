import { Client, start, stopAll } from "./client";

let client: Client;

beforeEach(async () => {
  client = await Client.login(await start());
  for (const name of ["b", "a", "d", "c"]) {
    await client.post("vpn/ikepolicies", {
      ikepolicy: { name, pfs: `group${name === "a" ? 2 : 5}` },
    });
  }
});
afterEach(stopAll);

interface Page {
  ikepolicies: { name: string }[];
  ikepolicies_links: { rel: string; href: string }[];
}

const page = async (query: string): Promise<Page> => {
  const { body }: { body: Page } = await client.get(`vpn/ikepolicies?${query}`);
  return body;
};
const namesOf = ({ ikepolicies }: Page): string[] => ikepolicies.map(({ name }) => name);

it.each([
  ["", ["b", "a", "d", "c"]],
  ["name=a", ["a"]],
  ["name=a&name=c", ["a", "c"]],
  ["pfs=group2", ["a"]],
  ["nonsense=1", ["b", "a", "d", "c"]],
  ["lifetime=1", ["b", "a", "d", "c"]],
  ["sort_key=name&sort_dir=desc", ["d", "c", "b", "a"]],
  ["sort_key=name&sort_dir=asc&limit=3", ["a", "b", "c"]],
  ["limit=0", ["b", "a", "d", "c"]],
  ["limit=2&marker=11111111-2222-4333-8444-555555555555", []],
])("the simulator lists for ?%s: %j", async (query, expected) => {
  expect(namesOf(await page(query))).toEqual(expected);
});

it("the simulator lists only the requested fields", async () => {
  const { body } = await client.get(
    "vpn/ikepolicies?name=a&fields=name&fields=pfs&fields=nonsense",
  );

  expect(body).toEqual({ ikepolicies: [{ name: "a", pfs: "group2" }] });
});

it("the simulator links pages in both directions", async () => {
  const follow = (from: Page, rel: string): Promise<Page> =>
    page(from.ikepolicies_links.find((link) => link.rel === rel)?.href.split("?")[1] ?? "no link");
  const first = await page("sort_key=name&sort_dir=asc&limit=2");
  const second = await follow(first, "next");
  const third = await follow(second, "next");
  const back = await follow(second, "previous");

  expect(namesOf(second)).toEqual(["c", "d"]);
  expect(third.ikepolicies).toEqual([]);
  expect(back.ikepolicies).toEqual(first.ikepolicies);
});

it.each([
  ["limit=-1", "Bad limit request: Limit must be an integer 0 or greater and not '-1'."],
  ["sort_key=pfs&sort_dir=asc", "['pfs'] is invalid attribute for sort_keys"],
  ["sort_key=name", "The number of sort_keys and sort_dirs must be same"],
])("the simulator refuses ?%s", async (query, message) => {
  const reply = await client.get(`vpn/ikepolicies?${query}`);

  expect(reply.status).toBe(400);
  expect(reply.body.NeutronError.message).toBe(message);
});

describe("with the server's own limit", () => {
  beforeEach(async () => {
    client = await Client.login(await start({ paginationMaxLimit: 2 }));
    for (const name of ["a", "b", "c"])
      await client.post("vpn/ikepolicies", { ikepolicy: { name } });
  });

  it.each([
    ["", 2],
    ["limit=3", 2],
    ["limit=0", 2],
    ["limit=1", 1],
    ["name=c", 1],
  ])("a page for ?%s holds %d", async (query, length) => {
    expect((await page(query)).ikepolicies).toHaveLength(length);
  });

  it("the list ends after a deleted marker", async () => {
    const { body }: { body: Page & { ikepolicies: { id: string }[] } } =
      await client.get("vpn/ikepolicies");
    const next = body.ikepolicies_links.find(({ rel }) => rel === "next")!;
    await client.delete(`vpn/ikepolicies/${body.ikepolicies[1]!.id}`);

    expect((await page(next.href.split("?")[1]!)).ikepolicies).toEqual([]);
  });
});
