import type * as pulumi from "@pulumi/pulumi";

import { PartialFailureError, VpnaasError } from "../errors";
import { handlers } from "../handlers";
import type { Call, ResourceHandler } from "../handlers/handler";
import { SECRET_MARKS_KEY, secretInputsOf } from "../model/secretMarks";
import { Runtime } from "../runtime";
import type { Values } from "../values";
import { countCall } from "./v8Tuning";
import { exitWithEngine } from "./parentWatchdog";

/**
 * The door between Pulumi's dynamic-provider process and the handlers: the state of every resource
 * contains a line that requires this module and uses one of its exports. It translates Pulumi's
 * protocol and decides nothing.
 */

const PROVIDER = "__provider";

/**
 * One for the whole process, however many provider texts the state contains; the first `configure`
 * replaces it.
 */
let runtime = runtimeOf(undefined);

function runtimeOf(config: pulumi.dynamic.Config | undefined): Runtime {
  return new Runtime({
    stack: (name) => config?.get(`vpnaas:${name}`),
    openstack: (name) => config?.get(`openstack:${name}`),
    env: process.env,
    project: process.env["PULUMI_NODEJS_PROJECT"] ?? "",
  });
}

let isConfigured = false;

/** Only stores the request: the engine's server neither awaits it nor survives its failure. */
function configure(request: pulumi.dynamic.ConfigureRequest): Promise<void> {
  if (!isConfigured) {
    isConfigured = true;
    runtime = runtimeOf(request.config);
    exitWithEngine();
  }
  return Promise.resolve();
}

function toDynamicProvider(handler: ResourceHandler): pulumi.dynamic.ResourceProvider {
  return {
    configure,

    async check(olds: Values, news: Values) {
      const call = callOf(olds, news);
      const { inputs, failures } = await handler.check(call, strip(olds), strip(news));
      return { inputs: { ...inputs, ...marks(news) }, failures: [...failures] };
    },

    diff(id: string, olds: Values, news: Values) {
      return withoutStack(async () => {
        const call = callOf(olds, news);
        const result = await handler.diff(call, id, strip(olds), strip(news));
        const { changes, replaces, deleteBeforeReplace } = result;
        return { changes, replaces: [...replaces], deleteBeforeReplace };
      });
    },

    create(news: Values) {
      return keepingProvider(news, async () => {
        const { id, outputs } = await handler.create(callOf({}, news), strip(news));
        return { id, outs: { ...outputs, ...marks(news) } };
      });
    },

    read(id: string, olds: Values) {
      return withoutStack(async () => {
        const found = await handler.read(callOf(olds, {}), id, strip(olds));
        // An empty response, not undefined, informs the engine that the object is deleted.
        if (found === undefined) return {} as pulumi.dynamic.ReadResult;
        const kept = marks(olds);
        return { id, props: { ...found.outputs, ...kept }, inputs: { ...found.inputs, ...kept } };
      });
    },

    update(id: string, olds: Values, news: Values) {
      return keepingProvider(news, async () => {
        const outputs = await handler.update(callOf(olds, news), id, strip(olds), strip(news));
        return { outs: { ...outputs, ...marks(news) } };
      });
    },

    delete(id: string, olds: Values) {
      return withoutStack(() => handler.delete(callOf(olds, {}), id, strip(olds)));
    },
  };
}

function callOf(olds: Values, news: Values): Call {
  countCall();
  return { runtime, secretInputs: secretInputsOf(news), storedSecretInputs: secretInputsOf(olds) };
}

/** The resource's own values, without the keys of the protocol. */
function strip(values: Values): Values {
  const { [PROVIDER]: _text, [SECRET_MARKS_KEY]: _names, ...own } = values;
  return own;
}

/** The key with the secret marks, if these values have one. */
function marks(values: Values): Values {
  return SECRET_MARKS_KEY in values ? { [SECRET_MARKS_KEY]: values[SECRET_MARKS_KEY] } : {};
}

/**
 * The engine's server adds the provider's text to results, but not to those of a partial failure.
 */
async function keepingProvider<T>(news: Values, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    if (!PartialFailureError.isInstance(error)) throw error;
    throw new PartialFailureError(
      error.id,
      { ...error.properties, ...marks(news), [PROVIDER]: news[PROVIDER] },
      error.message,
    );
  }
}

/**
 * Pulumi's server prints the stack trace of an error in a diff, read or delete; users need the
 * message.
 */
async function withoutStack<T>(operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    if (VpnaasError.isInstance(error)) error.stack = "";
    throw error;
  }
}

/** The providers, by the names under which states of every age refer to them. */
export const vpnService = toDynamicProvider(handlers.vpnService);
export const ikePolicy = toDynamicProvider(handlers.ikePolicy);
export const ipsecPolicy = toDynamicProvider(handlers.ipsecPolicy);
export const endpointGroup = toDynamicProvider(handlers.endpointGroup);
export const ipsecSiteConnection = toDynamicProvider(handlers.ipsecSiteConnection);
export const connectionsReady = toDynamicProvider(handlers.connectionsReady);
export const preSharedKey = toDynamicProvider(handlers.preSharedKey);
