import type { RecordedRequest } from "../../simulator";
import type { Kind } from "../support/harness/kinds";
import type { OperationError, Properties } from "../support/harness/providerProcess";
import { CREATE_CASES } from "./createCases";
import { refusal } from "./scene";
import { type Dialect, Shared } from "./sharedScene";

const shared = new Shared();

afterAll(() => shared.close());

const CASES: typeof CREATE_CASES = [
  ...CREATE_CASES,
  ["IpsecSiteConnection", "neutron", { another: { peer_address: "198.51.100.99" } }],
];

/** A search for the object of a POST lasts 15 seconds, so that all searches run at once. */
describe("a POST without a response that was not executed", () => {
  /** The result of a search without a match. */
  interface Search {
    readonly name: string;
    readonly error: OperationError;
    readonly posts: number;
    readonly objects: readonly Properties[];
  }

  type Searches = Readonly<Record<"ofNothing" | "amongNamesakes", Search>>;
  let searches: ReadonlyMap<string, Searches>;
  const keyOf = (kind: Kind, dialect: Dialect): string => `${kind} ${dialect}`;

  async function search(kind: Kind, dialect: Dialect, another?: Properties): Promise<Search> {
    const cloud = await shared.scene(dialect, kind);
    const process = await shared.process(dialect, kind);
    const { inputs } = await process.check(cloud.args({ timeouts: { create: "5s" } }));
    const name = String(inputs["name"]);
    if (another !== undefined) await cloud.byHand(inputs);
    const isOwn = ({ body }: RecordedRequest) => JSON.stringify(body).includes(`"${name}"`);
    const begin = cloud.sim.requests.length;
    cloud.sim.script({
      method: "POST",
      path: cloud.collection,
      when: isOwn,
      onRequest: async () => {
        if (another !== undefined) await cloud.byHand(inputs, another);
      },
      answer: "reset-before",
    });
    const error = await refusal(process.create(inputs));
    const sent = cloud.sim.requests.slice(begin).filter(isOwn);
    const posts = sent.filter(({ method, status }) => method === "POST" && status === 0).length;
    return { name, error, posts, objects: await cloud.named(name) };
  }

  beforeAll(async () => {
    const all = CASES.map(async ([kind, dialect, { another }]) => {
      const [ofNothing, amongNamesakes] = await Promise.all([
        search(kind, dialect),
        search(kind, dialect, another),
      ]);
      return [keyOf(kind, dialect), { ofNothing, amongNamesakes }] as const;
    });
    searches = new Map(await Promise.all(all));
  });

  it.each(CASES)("creates no %s, and the error advises a search for it (%s)", (kind, dialect) => {
    const { name, error, posts, objects } = searches.get(keyOf(kind, dialect))!.ofNothing;
    expect(error.message).toMatch(/POST .*no answer/);
    expect(error.message).toContain(`The ${kind} ${name} may have been created nevertheless`);
    expect(error.message).toContain("search the cloud for it before the next `pulumi up`");
    expect(error.partial).toBeUndefined();
    expect(posts).toBe(1);
    expect(objects).toEqual([]);
  });

  it.each(CASES)(
    "adopts neither an older %s of the same name nor a different one (%s)",
    (kind, dialect) => {
      const { error, posts, objects } = searches.get(keyOf(kind, dialect))!.amongNamesakes;
      expect(error.message).toContain("may have been created nevertheless");
      expect(error.partial).toBeUndefined();
      expect(posts).toBe(1);
      expect(objects).toHaveLength(2);
    },
  );
});
