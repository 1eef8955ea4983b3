import { postgresBackend, s3Backend, type Backend } from "../support/harness/backends";
import { isWhole } from "../support/harness/campaigns";
import { loginOf } from "../support/harness/cloud";
import { describeWithBackends } from "../support/harness/requires";
import type { ResourceStack } from "../support/harness/resources";
import { emptyCloud, Operators, TUNNEL_SIZE, type EmptyCloud } from "./operators";
import { commandsFor } from "./teamsPage";

const ORDERS = [
  { from: "s3", to: "postgres" },
  { from: "postgres", to: "s3" },
] as const;

describeWithBackends(["S3", "POSTGRES"], "a stack on its way between two backends", () => {
  let backends: Readonly<Record<"s3" | "postgres", Backend>>;
  let place: EmptyCloud;

  beforeAll(async () => {
    const [s3, postgres] = await Promise.all([s3Backend(), postgresBackend()]);
    backends = { s3, postgres };
    place = await emptyCloud();
  });
  afterAll(async () => {
    await place.cloud.stop();
    await Promise.all([backends.s3.stop(), backends.postgres.stop()]);
  });

  it.each(isWhole("CRASHES") ? ORDERS : ORDERS.slice(0, 1))(
    "keeps its whole state when it moves from $from to $to",
    async ({ from, to }) => {
      const [old, next] = [backends[from].fresh(), backends[to].fresh()];
      const operators = await Operators.create(place, old);
      const { first } = operators;
      await first.stack.up();
      const before = await held(first);
      const addresses = { OLD_STORE: old.url, NEW_STORE: next.url, STACK: "test" };
      first.stack.setEnv({ ...loginOf(place.cloud), ...next.env, ...addresses });

      const moved = await first.stack.bash(commandsFor("move"));

      expect(moved).toMatchObject({ code: 0 });
      const sent = await first.changesDuring(async () => {
        const { text } = await first.stack.up(["--expect-no-changes"]);
        expect(text).toMatch(new RegExp(`${TUNNEL_SIZE + 1} unchanged`));
      });
      expect(sent).toEqual([]);
      expect(await held(first)).toEqual(before);

      const { code, text } = await first.stack.bash(commandsFor("forget-the-old"));
      expect([code, text]).toEqual([0, expect.stringMatching(/Stack 'test' has been removed/)]);
      await first.stack.destroy();
      expect(await place.cloud.objects()).toEqual({});
      await operators.dispose();
    },
  );
});

/** The state's values of each resource, with decrypted secrets. */
async function held(program: ResourceStack): Promise<unknown> {
  const resources = Object.entries(await program.resources());
  return Object.fromEntries(
    resources.map(([name, { id, inputs, outputs }]) => [name, { id, inputs, outputs }]),
  );
}
