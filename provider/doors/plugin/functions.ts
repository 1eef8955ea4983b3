import { InvokeResponse, type InvokeRequest } from "@pulumi/pulumi/proto/provider_pb";

import { VpnaasError } from "../../errors";
import { lookUpObject, redactErrors } from "../../handlers/lookup";
import { getPeerConfiguration } from "../../handlers/peerConfiguration";
import { hasUnknown } from "../../model/unknowns";
import type { Runtime } from "../../runtime";
import { FUNCTIONS } from "../../schema/packageSchema";
import { allCloudResourceTypes } from "../../schema/resourceType";
import type { Inputs, Values } from "../../values";
import type { PluginProvider } from "./provider";
import { shorten, TOKENS } from "./urn";
import { decode, encode, toStruct } from "./values";

/** A function of the provider. */
interface ProviderFunction {
  readonly run: (runtime: Runtime, args: Inputs, signal: AbortSignal) => Promise<Values>;
  /** The names of the arguments and of the results that are always secret. */
  readonly secretNames: readonly string[];
}

/** By their names after `vpnaas:index:`. */
const PROVIDER_FUNCTIONS: ReadonlyMap<string, ProviderFunction> = new Map([
  ...allCloudResourceTypes().map(({ kind }) => [`get${kind}`, lookupOf(kind)] as const),
  [
    "getPeerConfiguration",
    { run: getPeerConfiguration, secretNames: secretNamesOf("getPeerConfiguration") },
  ],
]);

/** Calls a function. Its result is secret if an argument is. */
export async function invoke(
  provider: PluginProvider,
  request: InvokeRequest,
): Promise<InvokeResponse> {
  const token = request.getTok();
  const called = token.startsWith(TOKENS)
    ? PROVIDER_FUNCTIONS.get(token.slice(TOKENS.length))
    : undefined;
  if (called === undefined) {
    throw new VpnaasError(`This version has no function ${shorten(token)}.`);
  }
  const { values, secretNames } = decode(request.getArgs());
  // The result of such a call is unknown as well; an empty one means that.
  if (hasUnknown(values)) return new InvokeResponse().setReturn(toStruct({}));
  const secrets = [...secretNames, ...called.secretNames].map((name) => values[name]);
  const { runtime, signal } = provider.call(undefined);
  const result = await redactErrors(secrets, () => called.run(runtime, values, signal));
  const names = secretNames.size > 0 ? Object.keys(result) : called.secretNames;
  return new InvokeResponse().setReturn(encode(result, new Set(names)));
}

function lookupOf(kind: Parameters<typeof lookUpObject>[1]): ProviderFunction {
  return {
    run: (runtime, args, signal) => lookUpObject(runtime, kind, args, signal),
    secretNames: [],
  };
}

function secretNamesOf(name: keyof typeof FUNCTIONS): string[] {
  const { inputs, outputs } = FUNCTIONS[name];
  const all = [...Object.entries(inputs.properties), ...Object.entries(outputs.properties)];
  return all.filter(([, one]) => one["secret"] === true).map(([one]) => one);
}
