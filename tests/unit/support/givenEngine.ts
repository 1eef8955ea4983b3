import * as pulumi from "@pulumi/pulumi";

/** The resources that a listening engine received, in the order of registration. */
export const registered: pulumi.runtime.MockResourceArgs[] = [];

/** The calls of functions that it received. */
export const called: pulumi.runtime.MockCallArgs[] = [];

/**
 * Replaces the engine by a listening one, which returns the inputs and the status DOWN. `results` are
 * those of functions; the others return their inputs.
 */
export function useEngine({
  project = "network",
  stack = "dev",
  isPreview = false,
  results = {},
} = {}): Promise<void> {
  registered.length = 0;
  called.length = 0;
  const mocks: pulumi.runtime.Mocks = {
    call: (args) => {
      called.push(args);
      return resultOf(args, results);
    },
    newResource: (args) => {
      registered.push(args);
      return { id: `${args.name}-id`, state: { ...(args.inputs as object), status: "DOWN" } };
    },
  };
  return pulumi.runtime.setMocks(mocks, project, stack, isPreview);
}

function resultOf(
  { token, inputs }: pulumi.runtime.MockCallArgs,
  results: Readonly<Record<string, object>>,
): object {
  return results[token] ?? (inputs as object);
}

/** The members of an output that Pulumi's types hide and the engine's side of the SDK uses. */
export interface Insides<T> {
  readonly isKnown: Promise<boolean>;
  promise(): Promise<T>;
}

export function insides<T>(output: pulumi.Output<T>): Insides<T> {
  return output as unknown as Insides<T>;
}

export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return insides(output).promise();
}
