import type { Dialect } from "../../dialect";
import { VpnaasError } from "../../errors";
import { didYouMean } from "../../validation/nearest";
import { formatPath, validator } from "../../validation/validator";
import { unavailableReason } from "./check";
import type { Context } from "../core/context";
import { lookupSchemaOf } from "../../schema/lookupSchema";
import type { CloudResourceType, Field } from "../../schema/resourceType";
import { findExisting } from "../adoption/findExisting";
import { isAbsent, withoutAbsent } from "../../schema/equality";
import { outputsOf } from "../core/outputs";
import type { Inputs, Values } from "../../values";

/**
 * The one object of a type that matches the arguments (`id`, the type's filters, `cloud`): its id
 * and its {@link foundFields}, without absent values.
 * @throws LookupError if none or more than one matches
 */
export async function lookUp(context: Context, args: Inputs): Promise<Record<string, unknown>> {
  const { cloud, ...criteria } = withoutAbsent(args);
  const found = await findExisting(context, criteria);
  const outputs = outputsOf(context, found, { cloud });
  const shown = foundFields(context.resource.definition).map(({ name }) => [name, outputs[name]]);
  return withoutAbsent({ id: found.id, ...(Object.fromEntries(shown) as Values) });
}

/**
 * The fields that a lookup returns: outputs except secrets and fields that only states contain
 * (such as timeouts), but including the cloud and the endpoint.
 */
export function foundFields(definition: CloudResourceType): Field[] {
  return definition.fields.filter(
    ({ name, output, local, secret }) =>
      output && !secret && (!local || name === "cloud" || name === "endpoint"),
  );
}

/**
 * Validates the arguments of a lookup before the login.
 * @throws VpnaasError for an argument that the type does not have, an invalid value, missing
 * criteria, or a type that the dialect lacks
 */
export function assertLookup(definition: CloudResourceType, dialect: Dialect, args: Inputs): void {
  const { kind, filters } = definition;
  if (!definition.available[dialect]) {
    throw new VpnaasError(unavailableReason(definition, dialect));
  }
  const criteria = withoutAbsent(args);
  const problems = validator(lookupSchemaOf(definition))(criteria).map(
    ({ path, keyword, reason, suggestion }) => {
      // A suggested value would resemble a secret argument.
      const end = keyword === "additionalProperties" ? didYouMean(suggestion) : "";
      return `${formatPath(path)}: ${reason}${end}`;
    },
  );
  // Missing criteria usually mean a missing value in the program, not a lookup of any object.
  if (["id", ...filters].every((name) => isAbsent(criteria[name]))) {
    problems.push(`give id, or some of ${filters.join(", ")}`);
  }
  if (problems.length > 0) {
    throw new VpnaasError(`${kind} cannot be looked up: ${problems.join("; ")}.`);
  }
}
