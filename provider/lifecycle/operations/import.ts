import { LookupError, NotFoundError } from "../../errors";
import { escapeControlCharacters } from "../../controlCharacters";
import { toInputs } from "../../model/wireMapping";
import { allCloudResourceTypes } from "../../schema/resourceType";
import { formatOf } from "../../validation/formats";
import type { Context } from "../core/context";
import { outputsOf } from "../core/outputs";
import type { ReadResult } from "./read";

/**
 * Reads an object that no state records, for an import or a `get`. Reports no drift, since nothing
 * was declared.
 * @throws LookupError if the id is malformed, if the login sees no such object, or if it has another
 * type
 */
export async function importObject(context: Context, id: string): Promise<ReadResult> {
  const { client, resource, dialect } = context;
  const { definition } = resource;
  const subject = `${definition.kind} ${escapeControlCharacters(id)}`;
  if (!formatOf("uuid").matches(id)) {
    throw new LookupError(`${subject} cannot be imported: the id of an object is a UUID.`);
  }
  try {
    const outputs = outputsOf(context, await client.get(definition, id), {});
    return { outputs, inputs: toInputs(definition, dialect, outputs) };
  } catch (error) {
    if (!NotFoundError.isInstance(error)) throw error;
    const kind = await otherKindOf(context, id);
    throw new LookupError(
      kind === undefined
        ? `${subject} cannot be imported: this login sees no such object at ${client.endpoint}. Check the id, the region and the project of the login.`
        : `${subject} cannot be imported: that id belongs to an object of type ${kind}.`,
    );
  }
}

/** The type of the object with that id, among the other types of the cloud. */
async function otherKindOf(
  { client, resource, dialect }: Context,
  id: string,
): Promise<string | undefined> {
  const { kind } = resource.definition;
  const others = allCloudResourceTypes().filter(
    (one) => one.kind !== kind && one.available[dialect],
  );
  const found = await Promise.all(
    others.map((one) =>
      client.get(one, id).then(
        () => one.kind,
        (error: unknown) => {
          if (NotFoundError.isInstance(error)) return undefined;
          throw error;
        },
      ),
    ),
  );
  return found.find((one) => one !== undefined);
}
