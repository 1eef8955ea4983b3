import * as pulumi from "@pulumi/pulumi";

import {
  lookUpObject,
  messageOf,
  NotFitting,
  NotConfigured,
  redactErrors,
  VpnaasError,
  type Kind,
} from "./providerApi";
import { adviceOnLogin, reportLogin, runtimeOfRun } from "./run";

/**
 * A lookup found no object that fits, or more than one; the message lists the candidates. A program
 * that does not catch it ends with that message alone, without a stack.
 */
export class LookupError extends pulumi.RunError {
  override readonly name = "LookupError";
}

/** Options of a lookup that gives an Output. */
export type LookupOutputOptions = Pick<pulumi.InvokeOutputOptions, "dependsOn">;

type Values = Readonly<Record<string, unknown>>;

/**
 * Looks an object up with the login of the stack, or of the cloud that the arguments name, in
 * previews too. Where a unit test has set Pulumi's mocks, those are called instead, with the token
 * `vpnaas:index:get<kind>`.
 * @throws LookupError; pulumi.RunError for a wrong argument, a login or a request that fails.
 */
export function lookup<Result>(kind: Kind, args: object): Promise<Result> {
  return answer<Result>(kind, args as Values, []);
}

/**
 * {@link lookup} for inputs. The result is unknown in a preview as long as an input is, or a resource
 * behind an input or in `dependsOn` is not there yet; it is secret if an input is.
 */
export function lookupOutput<Result>(
  kind: Kind,
  args: object,
  { dependsOn }: LookupOutputOptions = {},
): pulumi.Output<Result> {
  const inputs = pulumi.output(args) as pulumi.Output<Values>;
  const behind = pulumi.getAllResources(inputs).then((all) => [...all].map(beingThere));
  const before = pulumi
    .output(dependsOn as pulumi.Input<pulumi.Resource | pulumi.Resource[] | undefined>)
    .apply((all) => pulumi.all([all ?? []].flat().map(beingThere)));
  return pulumi.all([inputs, behind, before]).apply(async ([known]) => {
    const secrets = (await pulumi.isSecret(inputs)) ? Object.values(known) : [];
    return answer<Result>(kind, known, secrets);
  });
}

/** No message repeats those secrets. */
async function answer<Result>(
  kind: Kind,
  args: Values,
  secrets: readonly unknown[],
): Promise<Result> {
  // Else a program that waits for nothing but a lookup would be taken for done.
  const done = pulumi.runtime.rpcKeepAlive();
  try {
    const monitor = pulumi.runtime.getMonitor();
    if (monitor !== undefined && "mocks" in monitor) {
      return (await pulumi.runtime.invoke(`vpnaas:index:get${kind}`, args)) as Result;
    }
    const runtime = runtimeOfRun();
    return await redactErrors(secrets, async () => {
      reportLogin(runtime, args);
      return (await lookUpObject(runtime, kind, args)) as Result;
    });
  } catch (error) {
    if (!VpnaasError.isInstance(error)) throw error;
    const ErrorClass = NotFitting.isInstance(error) ? LookupError : pulumi.RunError;
    const advice = NotConfigured.isInstance(error) ? adviceOnLogin() : "";
    const shown = new ErrorClass(messageOf(error) + advice);
    // Pulumi prints one where the result is an input of a resource, and needs many seconds to make it.
    shown.stack = "";
    throw shown;
  } finally {
    done();
  }
}

/** What Pulumi looks at for its own `dependsOn`, but does not declare. */
interface Component extends pulumi.Resource {
  readonly __data?: Promise<unknown>;
  readonly __childResources?: Iterable<pulumi.Resource>;
}

/** Known once a resource is there, and all that is in it where it is a component. */
function beingThere(resource: pulumi.Resource): pulumi.Output<unknown> {
  if (pulumi.CustomResource.isInstance(resource)) return pulumi.output(resource.id);
  const component = resource as Component;
  const children = Promise.resolve(component.__data).then(() =>
    [...(component.__childResources ?? [])].map(beingThere),
  );
  return pulumi.all([component.urn, children]);
}
