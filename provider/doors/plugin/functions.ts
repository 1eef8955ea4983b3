import { InvokeResponse, type InvokeRequest } from "@pulumi/pulumi/proto/provider_pb";

import { VpnaasError } from "../../errors";
import { lookUpObject, redactErrors } from "../../handlers/lookup";
import { hasUnknown } from "../../model/unknowns";
import { allCloudResourceTypes } from "../../schema/resourceType";
import type { PluginProvider } from "./provider";
import { shorten, TOKENS } from "./urn";
import { decode, encode, toStruct } from "./values";

/** Calls a function: the lookup of a type, `vpnaas:index:get<type>`. */
export async function invoke(
  provider: PluginProvider,
  request: InvokeRequest,
): Promise<InvokeResponse> {
  const token = request.getTok();
  const type = allCloudResourceTypes().find(({ kind }) => token === `${TOKENS}get${kind}`);
  if (type === undefined) {
    throw new VpnaasError(`This version has no function ${shorten(token)}.`);
  }
  const { values, secretNames } = decode(request.getArgs());
  // The result of such a lookup is unknown as well; an empty one means that.
  if (hasUnknown(values)) return new InvokeResponse().setReturn(toStruct({}));
  const secrets = [...secretNames].map((name) => values[name]);
  const { runtime, signal } = provider.call(undefined);
  const found = await redactErrors(secrets, () => lookUpObject(runtime, type.kind, values, signal));
  const names = secretNames.size > 0 ? Object.keys(found) : [];
  return new InvokeResponse().setReturn(encode(found, new Set(names)));
}
