import * as pulumi from "@pulumi/pulumi";

/** The resources that a listening engine received, in the order of registration. */
export const registered: pulumi.runtime.MockResourceArgs[] = [];

/** Replaces the engine by a listening one, which returns the inputs and the status DOWN. */
export function useEngine({
  project = "network",
  stack = "dev",
  isPreview = false,
} = {}): Promise<void> {
  registered.length = 0;
  const mocks: pulumi.runtime.Mocks = {
    call: ({ inputs }) => inputs as object,
    newResource: (args) => {
      registered.push(args);
      return { id: `${args.name}-id`, state: { ...(args.inputs as object), status: "DOWN" } };
    },
  };
  return pulumi.runtime.setMocks(mocks, project, stack, isPreview);
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
