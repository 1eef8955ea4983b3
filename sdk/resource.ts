import * as pulumi from "@pulumi/pulumi";

import { defaultName, definitionOf, type Definition } from "./core";
import { providerText } from "./provider";

/** What programs see of a resource: its state, each property as an output. */
type Outputs<State> = { readonly [Name in keyof State]: pulumi.Output<State[Name]> };

type ResourceClass<Args, State> = new (
  name: string,
  args: Args,
  opts?: pulumi.CustomResourceOptions,
) => pulumi.CustomResource & Outputs<State>;

/** The class that a resource of a kind extends; kind, arguments and state come from schema.json. */
export function resourceClass<Args extends object, State extends object>(
  kind: Parameters<typeof definitionOf>[0],
): ResourceClass<Args, State> {
  const definition = definitionOf(kind);
  const secrets = definition.fields.filter((field) => field.secret).map((field) => field.name);
  class VpnaasResource extends pulumi.CustomResource {
    constructor(name: string, args: Args, opts?: pulumi.CustomResourceOptions) {
      const given = args as Readonly<Record<string, unknown>>;
      super(
        `pulumi-nodejs:dynamic/vpnaas:${kind}`,
        name,
        { ...propsOf(definition, name, given), ...secretsOf(secrets, given) },
        pulumi.mergeOptions(
          {
            additionalSecretOutputs: secrets,
            // A replacement that is forced has the old default name, and would find the old object.
            ...((given["name"] ?? undefined) === undefined && { deleteBeforeReplace: true }),
          },
          opts,
        ),
      );
    }
  }
  // The outputs become its members only when Pulumi has registered it.
  return VpnaasResource as unknown as ResourceClass<Args, State>;
}

/** Every output has to be named, also those that only the cloud knows. */
function propsOf(
  definition: Definition,
  name: string,
  args: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const outputs: Record<string, unknown> = Object.fromEntries(
    definition.fields.map((field) => [field.name, undefined]),
  );
  return {
    ...outputs,
    ...args,
    name: args["name"] ?? nameFor(definition, name, args),
    __provider: providerText(definition.kind[0]!.toLowerCase() + definition.kind.slice(1)),
  };
}

/** Waits for the inputs that the name's digits come from; unknown in a preview while one of them is. */
function nameFor(
  definition: Definition,
  resource: string,
  args: Readonly<Record<string, unknown>>,
): pulumi.Output<string> {
  const createOnly = definition.fields.filter((field) => field.createOnly && field.required);
  const inputs = Object.fromEntries(createOnly.map(({ name }) => [name, args[name]]));
  const place = { project: pulumi.getProject(), stack: pulumi.getStack(), resource };
  return pulumi.unsecret(
    pulumi.output(inputs).apply((known) => defaultName(definition, place, known)),
  );
}

function secretsOf(
  names: readonly string[],
  args: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, pulumi.secret(args[name])]));
}
