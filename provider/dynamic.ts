import type * as pulumi from "@pulumi/pulumi";

import { ConfigurationError, PartialFailureError, VpnaasError, messageOf } from "./errors";
import { checker } from "./lifecycle/check";
import { create } from "./lifecycle/create";
import type { Values } from "./lifecycle/definition";
import { diff } from "./lifecycle/diff";
import { read } from "./lifecycle/read";
import { remove } from "./lifecycle/remove";
import type { Resource } from "./lifecycle/resource";
import { update } from "./lifecycle/update";
import { endWithEngine } from "./lifeline";
import { resources } from "./resources";
import { Runtime } from "./runtime";

/*
 * The door between Pulumi's dynamic-provider process and the provider: the state of every resource
 * holds a line that requires this module and takes one of its exports. It adds no behavior but
 * Pulumi's protocol.
 */

const PROVIDER = "__provider";

/** One for the whole process, however many texts the state holds; `configure` replaces it. */
let runtime = runtimeOf(undefined);

function runtimeOf(config: pulumi.dynamic.Config | undefined): Runtime {
  return new Runtime({
    stack: (name) => config?.get(`vpnaas:${name}`),
    env: process.env,
    project: process.env["PULUMI_NODEJS_PROJECT"] ?? "",
  });
}

let isConfigured = false;

/** Only stores: the engine's server neither waits for it nor survives its failure. */
function configure(request: pulumi.dynamic.ConfigureRequest): Promise<void> {
  if (!isConfigured) {
    isConfigured = true;
    runtime = runtimeOf(request.config);
    endWithEngine();
  }
  return Promise.resolve();
}

function dynamicProvider(resource: Resource): pulumi.dynamic.ResourceProvider {
  const check = checker(resource.definition, resource.rules);
  return {
    configure,

    check(_olds: Values, news: Values) {
      try {
        return Promise.resolve(check(strip(news), runtime.dialect()) as pulumi.dynamic.CheckResult);
      } catch (error) {
        if (!ConfigurationError.isInstance(error)) throw error;
        const failures = [{ property: "", reason: messageOf(error) }];
        return Promise.resolve({ inputs: news, failures });
      }
    },

    async diff(_id: string, olds: Values, news: Values) {
      return withoutStack(() => {
        const result = diff(resource, runtime.dialect(), olds, strip(news));
        return Promise.resolve({ ...result, replaces: [...result.replaces] });
      });
    },

    async create(news: Values) {
      const { id, outputs } = await keepingProvider(news, async () =>
        create(await runtime.context(resource, news), strip(news)),
      );
      return { id, outs: outputs };
    },

    async read(id: string, olds: Values) {
      const found = await withoutStack(async () =>
        read(await runtime.context(resource, olds), id, strip(olds)),
      );
      // An empty answer, not undefined, tells the engine that the object is gone.
      if (found === undefined) return {} as pulumi.dynamic.ReadResult;
      return { id, props: found.outputs, inputs: found.inputs };
    },

    async update(id: string, olds: Values, news: Values) {
      const outputs = await keepingProvider(news, async () =>
        update(await runtime.context(resource, olds, news), id, strip(olds), strip(news)),
      );
      return { outs: outputs };
    },

    async delete(id: string, olds: Values) {
      await withoutStack(async () =>
        remove(await runtime.context(resource, olds), id, strip(olds)),
      );
    },
  };
}

function strip(values: Values): Values {
  const { [PROVIDER]: _text, ...own } = values;
  return own;
}

/** The engine's server adds the provider's text to results, but not to those of a partial failure. */
async function keepingProvider<T>(news: Values, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    if (!PartialFailureError.isInstance(error)) throw error;
    throw new PartialFailureError(
      error.id,
      { ...error.properties, [PROVIDER]: news[PROVIDER] },
      error.message,
    );
  }
}

/** Pulumi's server prints the stack of what fails in a diff, read or delete; users need the message. */
async function withoutStack<T>(operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    if (VpnaasError.isInstance(error)) error.stack = "";
    throw error;
  }
}

/** The provider of `IpsecSiteConnection`. */
export const ipsecSiteConnection = dynamicProvider(resources.ipsecSiteConnection);
