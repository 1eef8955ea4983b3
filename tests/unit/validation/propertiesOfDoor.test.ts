/** Properties of a check at the dynamic door, with every setting read again from files. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import fc from "fast-check";

import * as door from "../../../provider/doors/dynamic";
import { createChecker } from "../../../provider/lifecycle/operations/check";
import type { Values } from "../../../provider/schema/resourceType";
import { SECRET_MARKS_KEY } from "../../../provider/model/secretMarks";
import { isWhole } from "../../support/harness/campaigns";
import { anyInputs, validInputs, wildInputs } from "../support/arbitraries";
import { brokenInputs, CANARY } from "../support/brokenInputs";
import { KINDS_OF_DIALECTS, resourceOf } from "../support/kinds";
import { seed } from "../support/seed";

const RUNS = isWhole("PROPERTIES") ? 200 : 20;
const CLOUDS = { k5: "east", neutron: "west" } as const;
const said = jest.spyOn(console, "log").mockImplementation(() => undefined);
const folder = mkdtempSync(join(tmpdir(), "vpnaas-check-"));

beforeAll(async () => {
  // No check of this file may need a cloud.
  const get = (name: string) => (name === "vpnaas:preflight" ? "off" : undefined);
  await door.ikePolicy.configure!({ config: { get, require: (name) => get(name) ?? "" } });
  // The tests ignore the login of the user who runs them.
  for (const name of Object.keys(process.env)) {
    if (name.startsWith("OS_")) Reflect.deleteProperty(process.env, name);
  }
  const clouds = Object.entries(CLOUDS).map(([dialect, name]) => [name, { vpnaas: { dialect } }]);
  const file = join(folder, "clouds.yaml");
  writeFileSync(file, JSON.stringify({ clouds: Object.fromEntries(clouds) as object }));
  process.env["OS_CLIENT_CONFIG_FILE"] = file;
});
afterAll(() => {
  Reflect.deleteProperty(process.env, "OS_CLIENT_CONFIG_FILE");
  rmSync(folder, { recursive: true });
});

describe.each(KINDS_OF_DIALECTS)("a check of any %s in the %s dialect", (kind, dialect) => {
  const { definition, rules } = resourceOf(kind);
  const inside = createChecker(definition, rules);
  const provider = door[`${kind[0]!.toLowerCase()}${kind.slice(1)}` as keyof typeof door];
  const cloud = CLOUDS[dialect];
  const asked = async (news: Values, olds: Values = {}) => provider.check!(olds, news);
  const same = (left: unknown, right: unknown) => JSON.stringify(left) === JSON.stringify(right);

  it("has the result of the dialect that the cloud's entry names", () =>
    fc.assert(
      fc.asyncProperty(fc.oneof(validInputs(kind, dialect), wildInputs), async (given) => {
        const news = { ...given, cloud, adopt: null };
        const { inputs, failures } = await asked(news);
        const expected = inside(news, dialect);
        return same(inputs, expected.inputs) && same(failures, expected.failures);
      }),
      { numRuns: RUNS, seed },
    ));

  it("never throws for any inputs and names no property to the engine", () =>
    fc.assert(
      fc.asyncProperty(fc.oneof(wildInputs, anyInputs), anyInputs, async (news, olds) => {
        const { failures } = await asked(news, olds);
        return failures!.every(({ property, reason }) => property === "" && reason !== "");
      }),
      { numRuns: RUNS, seed },
    ));

  it("repeats no input value in failures and lines", () =>
    fc.assert(
      fc.asyncProperty(brokenInputs(kind, dialect), async ({ inputs }) => {
        said.mockClear();
        const { failures } = await asked({ ...inputs, cloud, adopt: null });
        return !JSON.stringify([failures, said.mock.calls]).includes(CANARY);
      }),
      { numRuns: RUNS, seed },
    ));

  it("keeps the secret marks and removes the provider's text", () =>
    fc.assert(
      fc.asyncProperty(validInputs(kind, dialect), async (given) => {
        const marks = { [SECRET_MARKS_KEY]: ["description"] };
        const news = { ...given, ...marks, cloud, adopt: null };
        const once = await asked({ ...news, __provider: "text" });
        const twice = await asked(once.inputs as Values, news);
        expect(once.inputs).toMatchObject(marks);
        expect(once.inputs).not.toHaveProperty("__provider");
        return same(once, twice);
      }),
      { numRuns: RUNS, seed },
    ));
});
