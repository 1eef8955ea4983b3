import {
  answered,
  CanceledError,
  messageOf,
  NotFoundError,
  NotProvenGoneError,
} from "../../errors";
import type { NeutronClient } from "../../neutron/client";
import type { View } from "../core/context";
import { displayName } from "../../model/labels";
import { formatValue } from "../../model/drift";
import { isAbsent } from "../../schema/equality";
import type { State } from "../../values";

/** Why an empty response of the cloud proves nothing. */
export const MISSING_READ_PERMISSION =
  "the cloud answers like this when the login may not read VPN objects. Log in with the role `member`.";

/**
 * Returns if a 404 proves that an object is deleted. It does if the request went to the endpoint
 * where the object was last seen, in the object's own project, and Neutron's response was the
 * not-found error of the type - or, if a cloud does not name error types (K5), a list of the same
 * project lacks the id and a GET of it answers 404 as well.
 *
 * A reader role, another project's login, another region, a wrong base path and a missing extension
 * all answer 404 as well, and must never empty a state.
 * @throws NotProvenGoneError that names the reason for doubt
 */
export async function confirmDeleted(
  context: View,
  id: string,
  state: State,
  notFound: NotFoundError,
): Promise<void> {
  const { client, resource } = context;
  const unproven = (why: string) =>
    new NotProvenGoneError(
      `${displayName(context, id, state)} was not found, but that does not prove that it is gone: ${why} ` +
        `The state is left as it is. (${answered(notFound.refusal)}.)`,
    );
  const elsewhere = await locationMismatch(client, state);
  if (elsewhere !== undefined) throw unproven(elsewhere);
  const { faultType } = notFound.refusal;
  if (faultType === resource.definition.notFoundType) return;
  const objects = await client.list(resource.definition).catch((error: unknown) => {
    if (CanceledError.isInstance(error)) throw error;
    throw unproven(
      `the list of all of them cannot be read either (${messageOf(error)}). Is this the network endpoint, and does it have the vpnaas extension?`,
    );
  });
  if (objects.some((one) => one.id === id))
    throw unproven("the list still contains it. Try again.");
  if (faultType !== undefined) {
    throw unproven(MISSING_READ_PERMISSION);
  }
  if (notFound.refusal.method !== "GET" && (await exists(context, id))) {
    throw unproven("a GET finds it. Try again.");
  }
}

async function exists({ client, resource }: View, id: string): Promise<boolean> {
  try {
    await client.get(resource.definition, id);
    return true;
  } catch (error) {
    if (NotFoundError.isInstance(error)) return false;
    throw error;
  }
}

/**
 * Why a client may not see an existing object: its endpoint or project differs from that of the
 * state.
 */
export async function locationMismatch(
  client: NeutronClient,
  state: State,
): Promise<string | undefined> {
  const { endpoint, projectId } = state;
  if (!isAbsent(endpoint) && endpoint !== client.endpoint) {
    return `it was created at ${formatValue(endpoint)}, and the request went to ${client.endpoint}. Check vpnaas:region, vpnaas:endpoint and the OS_* variables.`;
  }
  const project = await client.projectId();
  if (project === undefined) {
    return "the project of this login is unknown. Set vpnaas:projectId (OS_PROJECT_ID) to the project of the token.";
  }
  if (typeof projectId !== "string") return "the state does not record its project.";
  if (projectId === project) return undefined;
  return `it belongs to project ${projectId}, and the login is in project ${project}.`;
}
