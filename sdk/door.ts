import type * as pulumi from "@pulumi/pulumi";

import type { ResourceKind, ResourceType } from "./providerApi";

/**
 * A route from a program to the provider. Resources have the same arguments, outputs and default names
 * through each door.
 */
export interface Door {
  /** The type of a kind of resources in programs and states. */
  typeOf(kind: ResourceKind): string;
  /** The inputs of a resource in addition to its arguments. */
  inputsOf(
    definition: ResourceType,
    name: string,
    args: Readonly<Record<string, unknown>>,
  ): Readonly<Record<string, unknown>>;
  optionsOf(kind: ResourceKind): pulumi.CustomResourceOptions;
  /** Sees to it that unknown keys of the stack configuration are reported once in the run of a resource. */
  reportUnknownSettings(resource: pulumi.CustomResource): void;
}

/** A class of resources or components with its door. */
export interface DoorClass {
  readonly door?: Door;
}
