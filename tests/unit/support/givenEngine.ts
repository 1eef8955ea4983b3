import * as pulumi from "@pulumi/pulumi";

/** What an engine that only listens was told, in the order of the registrations. */
export const registered: pulumi.runtime.MockResourceArgs[] = [];

/** Puts a listening engine in the engine's place, which answers with its inputs and the status DOWN. */
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

/** What Pulumi's types hide of an output, and the engine's side of the SDK uses. */
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
