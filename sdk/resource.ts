import * as pulumi from "@pulumi/pulumi";

import { isInput, resourceType, type ResourceKind, type ResourceType } from "./providerApi";
import { keepCallSite } from "./callSite";
import { dynamicDoor } from "./dynamicDoor";
import type { Door, DoorClass } from "./door";

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

/**
 * The base class of a resource; its type, arguments and state come from schema.json.
 * @internal
 */
export function resourceClass<Args extends object, State extends object>(
  kind: ResourceKind,
): ResourceClass<Args, State> {
  const definition = resourceType(kind);
  const secrets = definition.fields.filter((field) => field.secret).map((field) => field.name);
  class VpnaasResource extends pulumi.CustomResource {
    static readonly kind = kind;
    static readonly door: Door = dynamicDoor;

    static override isInstance(value: unknown): value is pulumi.CustomResource {
      return isOfType(value, dynamicDoor.typeOf(kind));
    }

    constructor(name: string, args?: Args, opts?: pulumi.CustomResourceOptions) {
      const given = (args ?? {}) as Readonly<Record<string, unknown>>;
      const door = doorOfComponent(opts?.parent) ?? new.target.door;
      const release = keepCallSite();
      try {
        super(
          door.typeOf(kind),
          name,
          {
            ...propsOf(definition, given),
            ...secretsOf(definition, given),
            ...door.inputsOf(definition, name, given),
          },
          pulumi.mergeOptions(
            {
              ...door.optionsOf(kind),
              additionalSecretOutputs: secrets,
              ...(conflictsWithItself(definition, given) && { deleteBeforeReplace: true }),
            },
            opts,
          ),
        );
      } finally {
        release();
      }
      door.reportUnknownSettings(this);
    }
  }
  // The outputs become its members only when Pulumi has registered it.
  return VpnaasResource as unknown as ResourceClass<Args, State>;
}

/**
 * Whether a value is a resource of that type, by the token that Pulumi's own packages use too.
 * @internal
 */
export function isOfType(value: unknown, type: string): value is pulumi.CustomResource {
  return (
    pulumi.CustomResource.isInstance(value) &&
    (value as { readonly __pulumiType?: unknown }).__pulumiType === type
  );
}

/** The door that a component of this package passes on to its children. */
function doorOfComponent(parent: pulumi.Resource | undefined): Door | undefined {
  return pulumi.ComponentResource.isInstance(parent)
    ? (parent.constructor as DoorClass).door
    : undefined;
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
  args: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const outputs: Record<string, unknown> = Object.fromEntries(
    definition.fields.map((field) => [field.name, undefined]),
  );
  return { ...outputs, ...args };
}

/** The inputs that are always secret, marked as such. */
function secretsOf(
  definition: ResourceType,
  args: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const inputs = definition.fields.filter((field) => field.secret && isInput(field));
  return Object.fromEntries(inputs.map(({ name }) => [name, pulumi.secret(args[name])]));
}
