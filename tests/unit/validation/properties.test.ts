/**
 * Properties of the check that hold for any inputs of every type and dialect: 2,000 of them, and 100,000 if
 * VPNAAS_PROPERTIES=whole.
 */
import { isDeepStrictEqual } from "node:util";

import fc from "fast-check";

import type { CheckResult } from "../../../provider/lifecycle/operations/check";
import { createChecker } from "../../../provider/lifecycle/operations/check";
import type { Values } from "../../../provider/schema/resourceType";
import { UNKNOWN } from "../../../provider/model/unknowns";
import { formatPath } from "../../../provider/validation/validator";
import { escapeControlCharacters } from "../../../provider/controlCharacters";
import { isWhole } from "../../support/harness/campaigns";
import { anyInputs, validInputs, wildInputs } from "../support/arbitraries";
import { sent } from "../support/builders";
import { brokenInputs, CANARY } from "../support/brokenInputs";
import { KINDS_OF_DIALECTS, resourceOf } from "../support/kinds";
import { seed } from "../support/seed";

/** The part of the inputs that every run of the tests generates. */
const PART = isWhole("PROPERTIES") ? 1 : 0.02;

let generated = 0;

/** Prints the totals after the tests, so that a failure can be reproduced. */
afterAll(() => {
  process.stdout.write(`checked ${generated} generated inputs, VPNAAS_SEED=${seed}\n`);
});

function assertFor<T extends [unknown, ...unknown[]]>(
  mostRuns: number,
  property: fc.IProperty<T>,
): void {
  const numRuns = Math.round(mostRuns * PART);
  generated += numRuns;
  fc.assert(property, { numRuns, seed });
}

describe.each(KINDS_OF_DIALECTS)("the check of any %s in the %s dialect", (kind, dialect) => {
  const { definition, rules } = resourceOf(kind);
  const check = createChecker(definition, rules);
  const checked = (inputs: Values): CheckResult => check(inputs, dialect);
  const reasons = (inputs: Values) => checked(inputs).failures.map(({ reason }) => reason);
  const isStable = (once: CheckResult) =>
    JSON.stringify(checked(once.inputs)) === JSON.stringify(once);

  it("reports no failure for valid inputs and completes them once", () => {
    assertFor(
      2_600,
      fc.property(validInputs(kind, dialect), (inputs) => {
        const once = checked(inputs);
        return once.failures.length === 0 && isStable(once);
      }),
    );
  });

  it("reports no failure for valid inputs with any part unknown", () => {
    assertFor(
      2_300,
      fc.property(validInputs(kind, dialect), fc.infiniteStream(fc.boolean()), (inputs, bits) => {
        const once = checked(blurred(inputs, bits));
        return once.failures.length === 0 && isStable(once);
      }),
    );
  });

  it("names only the invalid property, without any value", () => {
    assertFor(
      2_400,
      fc.property(brokenInputs(kind, dialect), ({ inputs, at }) => {
        const once = checked(inputs);
        const { failures, warnings } = once;
        return (
          failures.length > 0 &&
          failures.every(({ reason, property }) => reason.startsWith(`${at}: `) && !property) &&
          !JSON.stringify([failures, warnings]).includes(CANARY) &&
          isStable(once)
        );
      }),
    );
  });

  it("reports the same failures of the invalid property while others are unknown", () => {
    assertFor(
      1_700,
      fc.property(
        brokenInputs(kind, dialect),
        fc.infiniteStream(fc.boolean()),
        ({ inputs, at, misfits }, bits) => {
          const [name = ""] = at.split(/[.[]/);
          const partly = { ...blurred(inputs, bits), [name]: inputs[name] };
          const [known, unknown] = [reasons(inputs), reasons(partly)];
          return misfits
            ? unknown.every((reason) => known.includes(reason))
            : unknown.join("\n") === known.join("\n");
        },
      ),
    );
  });

  it("reports no failure if the invalid property is unknown", () => {
    assertFor(
      700,
      fc.property(brokenInputs(kind, dialect), ({ inputs, at }) => {
        const [name = ""] = at.split(/[.[]/);
        const isInput = definition.fields.some((one) => one.name === name && one.input[dialect]);
        fc.pre(isInput);
        return reasons({ ...inputs, [name]: UNKNOWN }).length === 0;
      }),
    );
  });

  it("never throws, and names all invalid properties", () => {
    assertFor(
      1_500,
      fc.property(wildInputs, (inputs) => {
        const once = checked(inputs);
        const inputsHere = definition.fields.filter((one) => one.input[dialect]);
        const isNamed = (name: string) => {
          const said = escapeControlCharacters(formatPath([name]));
          return once.failures.some(
            ({ reason }) => reason.startsWith(said) && /^[:.[]/.test(reason.slice(said.length)),
          );
        };
        const strays = Object.keys(once.inputs).filter(
          (name) => !inputsHere.some((one) => one.name === name),
        );
        const isMeant = (name: string) =>
          once.failures.some(({ reason }) => reason.endsWith(`: did you mean ${name}?`));
        const wrong = inputsHere.filter(({ name }) => isNamed(name) || isMeant(name));
        const mended: Values = Object.fromEntries([
          ...Object.entries(once.inputs).filter(([name]) => !strays.includes(name)),
          ...wrong.map(({ name }) => [name, UNKNOWN]),
        ]);
        return isStable(once) && strays.every(isNamed) && reasons(mended).length === 0;
      }),
    );
  });

  it("accepts values of any type, and a second check changes nothing", () => {
    assertFor(
      1_200,
      fc.property(anyInputs, (inputs) => {
        const once = checked(inputs);
        return isDeepStrictEqual(sent(checked(once.inputs)), sent(once));
      }),
    );
  });

  it("leaves its arguments unchanged", () => {
    assertFor(
      600,
      fc.property(anyInputs, (inputs) => {
        const before = sent(inputs);
        checked(inputs);
        return isDeepStrictEqual(inputs, before);
      }),
    );
  });
});

/** A copy with some values and parts unknown, each as the next of the bits decides. */
function blurred(inputs: Values, bits: Iterator<boolean>): Values {
  const next = () => bits.next().value === true;
  const blur = (value: unknown): unknown => {
    if (next() && next()) return UNKNOWN;
    if (Array.isArray(value)) return value.map(blur);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, blur(part)]));
  };
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, blur(value)]));
}
