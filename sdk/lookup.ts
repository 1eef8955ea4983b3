import * as pulumi from "@pulumi/pulumi";

import {
  lookUpObject,
  messageOf,
  ProviderLookupError,
  ConfigurationError,
  redactErrors,
  VpnaasError,
  type Kind,
  type Runtime,
} from "./providerApi";
import { adviceOnLogin, reportLogin, runtimeOfRun } from "./run";

/**
 * A lookup found no matching object, or more than one; the message lists the candidates. A program
 * that does not catch it ends with that message alone, without a stack trace.
 */
export class LookupError extends pulumi.RunError {
  override readonly name = "LookupError";
}

/** The options of a lookup that returns an Output. */
export type LookupOutputOptions = Pick<pulumi.InvokeOutputOptions, "dependsOn">;

type Values = Readonly<Record<string, unknown>>;

/**
 * Looks up an object with the login of the stack, or of the cloud that the arguments name, in
 * previews too. If a unit test has set Pulumi's mocks, those are called instead, with the token
 * `vpnaas:index:get<kind>`.
 * @throws LookupError; pulumi.RunError for invalid arguments and for a login or request that fails.
 * @internal
 */
export function lookup<Result>(kind: Kind, args: object): Promise<Result> {
  return invoke(lookupOf<Result>(kind), args);
}

/**
 * {@link lookup} for inputs: see {@link invokeOutput}.
 * @internal
 */
export function lookupOutput<Result>(
  kind: Kind,
  args: object,
  options?: LookupOutputOptions,
): pulumi.Output<Result> {
  return invokeOutput(lookupOf<Result>(kind), args, options);
}

/**
 * A function of the provider that runs in the program's process.
 * @internal
 */
export interface ProviderFunction<Result> {
  /** The name after `vpnaas:index:`. */
  readonly name: string;
  readonly run: (runtime: Runtime, args: Values) => Promise<Result>;
}

function lookupOf<Result>(kind: Kind): ProviderFunction<Result> {
  return {
    name: `get${kind}`,
    run: async (runtime, args) => (await lookUpObject(runtime, kind, args)) as Result,
  };
}

/**
 * Calls a function; the contract of {@link lookup} holds for it as well.
 * @internal
 */
export function invoke<Result>(called: ProviderFunction<Result>, args: object): Promise<Result> {
  return answer(called, args as Values, []);
}

/**
 * {@link invoke} for inputs. In a preview the result is unknown as long as an input is, or a
 * resource behind an input or in `dependsOn` does not exist yet; it is secret if an input is.
 * @internal
 */
export function invokeOutput<Result>(
  called: ProviderFunction<Result>,
  args: object,
  { dependsOn }: LookupOutputOptions = {},
): pulumi.Output<Result> {
  const inputs = pulumi.output(args) as pulumi.Output<Values>;
  const behind = pulumi.getAllResources(inputs).then((all) => [...all].map(whenCreated));
  const before = pulumi
    .output(dependsOn as pulumi.Input<pulumi.Resource | pulumi.Resource[] | undefined>)
    .apply((all) => pulumi.all([all ?? []].flat().map(whenCreated)));
  return pulumi.all([inputs, behind, before]).apply(async ([known]) => {
    const secrets = (await pulumi.isSecret(inputs)) ? Object.values(known) : [];
    return answer(called, known, secrets);
  });
}

/** Redacts those secrets from all messages. */
async function answer<Result>(
  { name, run }: ProviderFunction<Result>,
  args: Values,
  secrets: readonly unknown[],
): Promise<Result> {
  // Without this a program that only awaits a lookup would count as finished.
  const done = pulumi.runtime.rpcKeepAlive();
  try {
    const monitor = pulumi.runtime.getMonitor();
    if (monitor !== undefined && "mocks" in monitor) {
      return (await pulumi.runtime.invoke(`vpnaas:index:${name}`, args)) as Result;
    }
    const runtime = runtimeOfRun();
    return await redactErrors(secrets, async () => {
      reportLogin(runtime, args);
      return run(runtime, args);
    });
  } catch (error) {
    if (!VpnaasError.isInstance(error)) throw error;
    const ErrorClass = ProviderLookupError.isInstance(error) ? LookupError : pulumi.RunError;
    const advice = ConfigurationError.isInstance(error) ? adviceOnLogin() : "";
    const userError = new ErrorClass(messageOf(error) + advice);
    // Pulumi prints the stack trace if the result is an input of a resource, which takes many
    // seconds.
    userError.stack = "";
    throw userError;
  } finally {
    done();
  }
}

/** A member that Pulumi reads for its own `dependsOn`, but does not declare. */
interface Component extends pulumi.Resource {
  readonly __data?: Promise<unknown>;
  readonly __childResources?: Iterable<pulumi.Resource>;
}

/** Known once a resource exists and, for a component, all resources in it. */
function whenCreated(resource: pulumi.Resource): pulumi.Output<unknown> {
  if (pulumi.CustomResource.isInstance(resource)) return pulumi.output(resource.id);
  const component = resource as Component;
  const children = Promise.resolve(component.__data).then(() =>
    [...(component.__childResources ?? [])].map(whenCreated),
  );
  return pulumi.all([component.urn, children]);
}
