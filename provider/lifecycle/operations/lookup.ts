import type { Dialect } from "../../dialect";
import { VpnaasError } from "../../errors";
import { formatPath, validator } from "../../validation/validator";
import { unavailableReason } from "./check";
import type { Context } from "../core/context";
import type { CloudResourceType, Field } from "../../schema/resourceType";
import { findExisting } from "../adoption/findExisting";
import { isAbsent, withoutAbsent } from "../../schema/equality";
import { outputsOf } from "../core/outputs";
import type { Inputs, Values } from "../../values";

/**
 * The one object of a kind that fits the arguments (`id`, the kind's filters, `cloud`): its id and
 * its {@link foundFields}, without those that it does not have.
 * @throws LookupError where none fits, or more than one.
 */
export async function lookUp(context: Context, args: Inputs): Promise<Record<string, unknown>> {
  const { cloud, ...wanted } = withoutAbsent(args);
  const found = await findExisting(context, wanted);
  const outputs = outputsOf(context, found, { cloud });
  const shown = foundFields(context.resource.definition).map(({ name }) => [name, outputs[name]]);
  return withoutAbsent({ id: found.id, ...(Object.fromEntries(shown) as Values) });
}

/**
 * The fields that a lookup shows: outputs, but no secret, and nothing that is known of a resource in
 * a state only (how long to wait for it), its place apart.
 */
export function foundFields(definition: CloudResourceType): Field[] {
  return definition.fields.filter(
    ({ name, output, local, secret }) =>
      output && !secret && (!local || name === "cloud" || name === "endpoint"),
  );
}

/**
 * Looks at the arguments of a lookup before there is a login.
 * @throws VpnaasError for an argument that the kind does not have, a value that cannot be right,
 * arguments that say nothing, or a kind that the dialect lacks.
 */
export function assertLookup(definition: CloudResourceType, dialect: Dialect, args: Inputs): void {
  const { kind, filters } = definition;
  if (!definition.available[dialect]) {
    throw new VpnaasError(unavailableReason(definition, dialect));
  }
  const given = withoutAbsent(args);
  const wrong = validator(schemaOf(definition))(given).map(
    ({ path, reason }) => `${formatPath(path)}: ${reason}`,
  );
  // Nothing to look for is mostly a value that is missing, not a wish for whatever is there.
  if (["id", ...filters].every((name) => isAbsent(given[name]))) {
    wrong.push(`give id, or some of ${filters.join(", ")}`);
  }
  if (wrong.length > 0) {
    throw new VpnaasError(`${kind} cannot be looked up: ${wrong.join("; ")}.`);
  }
}

/** Filters are held to the bounds of inputs; what is an output only is any text. */
function schemaOf({ filters, inputSchema }: CloudResourceType): object {
  const inputs = inputSchema.neutron["properties"] as Values;
  const ofInputs = [...filters, "cloud"].map((name) => [name, inputs[name] ?? { type: "string" }]);
  return {
    type: "object",
    properties: {
      id: { type: "string", format: "uuid" },
      ...(Object.fromEntries(ofInputs) as Values),
    },
    additionalProperties: false,
  };
}
