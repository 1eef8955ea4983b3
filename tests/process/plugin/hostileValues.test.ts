import { UNKNOWN } from "../../../provider/model/unknowns";
import { allResourceTypes } from "../../../provider/schema/resourceType";
import { pooled } from "../../faults/matrix";
import { isWhole } from "../../support/harness/campaigns";
import { secret, urnOf } from "../../support/harness/pluginProcess";
import { OperationError, type Properties } from "../../support/harness/providerProcess";
import { sharedPlugin } from "./scene";

const CANARY = "canary-hostile-1";
const ID = "0c1d5a1e-0000-4000-8000-000000000000";

/** The key by which Pulumi marks special values. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** Values that no engine sends for any property, by their titles. */
const HOSTILE: Readonly<Record<string, unknown>> = {
  null: null,
  true: true,
  "not a number": NaN,
  "a number beyond all integers": 1e308,
  "a string with control characters": `\u0000\u001b[2J${CANARY}\n`,
  "a string of 64 kilobytes": CANARY.repeat(4_096),
  "a list of lists": [[CANARY]],
  "a list of a thousand values": Array.from({ length: 1_000 }, () => CANARY),
  "an object with the names of methods": { constructor: CANARY, toString: CANARY, then: CANARY },
  "a secret without a value": { [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270" },
  "a secret in a secret": secret(secret([CANARY])),
  "a special value of an unknown type": { [SIGNATURE]: "another", value: CANARY },
  "an asset": { [SIGNATURE]: "c44067f5952c0a294b673a41bacd8c17", text: CANARY },
  "a reference to a resource": { [SIGNATURE]: "5cf8f73096256a8f31e491e813e4eb8e", urn: CANARY },
  "an object with an unknown value": { a: UNKNOWN, b: CANARY },
};

/** The share of calls in every run; without a factor of the numbers of values and calls, so that it has all of both. */
const ONE_OF = 7;

const shared = sharedPlugin();

/** The calls of a preview, with values that no check has seen; an `up` has the same before any other. */
const callsWith = (urn: string, values: Properties): readonly (() => Promise<unknown>)[] => {
  const all = { state: values, oldInputs: values, inputs: values };
  return [
    () => shared.plugin.check(urn, values, values),
    () => shared.plugin.diff(urn, ID, all),
    () => shared.plugin.create(urn, values, { preview: true }),
    () => shared.plugin.update(urn, ID, all, { preview: true }),
  ];
};

/** The problems of a call: an error that shows a value, or a defect. */
async function problemsOf(call: () => Promise<unknown>): Promise<string[]> {
  try {
    await call();
    return [];
  } catch (error) {
    if (!(error instanceof OperationError)) return [String(error)];
    const { message, partial } = error;
    const all = [message, ...(partial?.reasons ?? [])];
    return all.filter((one) => one.includes(CANARY) || one.includes("a defect of"));
  }
}

it.each(["IpsecSiteConnection", "PreSharedKey"] as const)(
  "plugin: previews of %s show no value of a wrong form and meet no defect",
  async (kind) => {
    const { fields } = allResourceTypes().find((one) => one.kind === kind)!;
    const basis = kind === "IpsecSiteConnection" ? shared.scene.args() : {};
    // The name of a cloud is not a secret: an error names it.
    const own = fields.filter(({ name }) => name !== "cloud");
    const calls = own.flatMap(({ name }) =>
      Object.entries(HOSTILE).flatMap(([title, value]) => {
        const values = { ...basis, [name]: value };
        return callsWith(urnOf(kind), values).map((call) => ({ title: `${name}: ${title}`, call }));
      }),
    );
    const tried = calls.filter((_call, index) => isWhole("PROPERTIES") || index % ONE_OF === 0);
    const found = await pooled(tried, 8, async ({ title, call }) => {
      const problems = await problemsOf(call);
      return problems.map((one) => `${title}: ${one.slice(0, 300)}`);
    });
    expect(found.flat()).toEqual([]);
    expect(shared.plugin.output).not.toContain(CANARY);
  },
);
