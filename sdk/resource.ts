import * as pulumi from "@pulumi/pulumi";

import {
  autoName,
  isInput,
  SECRET_MARKS_KEY,
  namingFields,
  resourceType,
  type ResourceKind,
  type ResourceType,
} from "./providerApi";
import { keepCallSite } from "./callSite";
import { providerText } from "./provider";
import { warnOfUnknownSettings } from "./run";

/** The outputs of a resource: each property of its state, as an output. */
export type Outputs<State> = { readonly [Name in keyof State]: pulumi.Output<State[Name]> };

/**
 * A class of resources, whose arguments may be omitted if none is required. The types are exported because
 * editors show no documentation of types that a declaration file has to write out.
 */
export type ResourceClass<Args extends object, State> = InstanceCheck &
  (object extends Args ? OptionalArguments<Args, State> : RequiredArguments<Args, State>);

/** Editors show the documentation of the class at `new`, since the signature itself has none. */
export interface RequiredArguments<Args extends object, State> {
  new (
    /** Logical name, unique among the resources of this type in a stack. */
    name: string,
    /** Inputs, each a value or an output of another resource. */
    args: Args,
    /** Options of Pulumi, such as `dependsOn`, `protect` and `aliases`. */
    opts?: pulumi.CustomResourceOptions,
  ): pulumi.CustomResource & Outputs<State>;
}

/** {@link RequiredArguments}, without required ones. */
export interface OptionalArguments<Args extends object, State> {
  new (
    /** Logical name, unique among the resources of this type in a stack. */
    name: string,
    /** Inputs, each a value or an output of another resource. */
    args?: Args,
    /** Options of Pulumi, such as `dependsOn`, `protect` and `aliases`. */
    opts?: pulumi.CustomResourceOptions,
  ): pulumi.CustomResource & Outputs<State>;
}

export interface InstanceCheck {
  /**
   * Whether a value is a resource of this type, even if another copy of this package created it.
   */
  isInstance<Resource>(this: new (...args: never[]) => Resource, value: unknown): value is Resource;
}

/** The base class of a resource; its type, arguments and state come from schema.json. */
export function resourceClass<Args extends object, State extends object>(
  kind: ResourceKind,
): ResourceClass<Args, State> {
  const definition = resourceType(kind);
  const secrets = definition.fields.filter((field) => field.secret).map((field) => field.name);
  const type = `pulumi-nodejs:dynamic/vpnaas:${kind}`;
  class VpnaasResource extends pulumi.CustomResource {
    static override isInstance(value: unknown): value is pulumi.CustomResource {
      return pulumi.CustomResource.isInstance(value) && typeOf(value) === type;
    }

    constructor(name: string, args?: Args, opts?: pulumi.CustomResourceOptions) {
      const given = (args ?? {}) as Readonly<Record<string, unknown>>;
      warnOfUnknownSettings();
      const release = keepCallSite();
      try {
        super(
          type,
          name,
          {
            ...propsOf(definition, name, given),
            ...secretsOf(definition, given),
            [SECRET_MARKS_KEY]: markedSecret(given, secrets),
          },
          pulumi.mergeOptions(
            {
              additionalSecretOutputs: secrets,
              ...(conflictsWithItself(definition, given) && { deleteBeforeReplace: true }),
            },
            opts,
          ),
        );
      } finally {
        release();
      }
    }
  }
  // The outputs become its members only when Pulumi has registered it.
  return VpnaasResource as unknown as ResourceClass<Args, State>;
}

/** The token by which Pulumi's own packages identify instances, too. */
function typeOf(resource: pulumi.CustomResource): unknown {
  return (resource as { readonly __pulumiType?: unknown }).__pulumiType;
}

/**
 * Whether a forced replacement (`pulumi up --replace`) would conflict with the old object: it has
 * the same auto-name, and only one object with its identity can exist.
 */
function conflictsWithItself(
  { identity }: ResourceType,
  args: Readonly<Record<string, unknown>>,
): boolean {
  return identity.length > 0 && isUnset(args["name"]) && isUnset(args["adopt"]);
}

function isUnset(value: unknown): boolean {
  return value === undefined || value === null;
}

/** Every output has to be named, including those set only by the cloud. */
function propsOf(
  definition: ResourceType,
  name: string,
  args: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const outputs: Record<string, unknown> = Object.fromEntries(
    definition.fields.map((field) => [field.name, undefined]),
  );
  return {
    ...outputs,
    ...args,
    ...("name" in outputs && { name: args["name"] ?? nameFor(definition, name, args) }),
    __provider: providerText(definition.kind[0]!.toLowerCase() + definition.kind.slice(1)),
  };
}

/** Awaits the inputs that the hash suffix depends on; unknown in a preview while one of them is. */
function nameFor(
  definition: ResourceType,
  resource: string,
  args: Readonly<Record<string, unknown>>,
): pulumi.Output<string> {
  const inputs = Object.fromEntries(namingFields(definition).map(({ name }) => [name, args[name]]));
  const scope = { project: pulumi.getProject(), stack: pulumi.getStack(), resource };
  return pulumi.unsecret(
    pulumi.output(inputs).apply((known) => autoName(definition, scope, known)),
  );
}

/**
 * The names of the other inputs that the program marks as secret: the provider receives plain values.
 * Undefined if there are none, to keep the state small.
 */
function markedSecret(
  args: Readonly<Record<string, unknown>>,
  known: readonly string[],
): pulumi.Output<string[] | undefined> {
  const names = Object.entries(args)
    .filter(([name]) => !known.includes(name))
    .map(async ([name, value]) => ((await pulumi.isSecret(pulumi.output(value))) ? [name] : []));
  return pulumi.output(
    Promise.all(names).then((found) => {
      const marked = found.flat().sort();
      return marked.length > 0 ? marked : undefined;
    }),
  );
}

/** The inputs that are always secret, marked as such. */
function secretsOf(
  definition: ResourceType,
  args: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const inputs = definition.fields.filter((field) => field.secret && isInput(field));
  return Object.fromEntries(inputs.map(({ name }) => [name, pulumi.secret(args[name])]));
}
