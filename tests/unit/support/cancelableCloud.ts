import { CanceledError } from "../../../provider/errors";
import type { NeutronClient, WireObject } from "../../../provider/neutron/client";
import type { Kind } from "../../../provider/schema/resourceType";
import { aCloud, aContext } from "./givenContext";

type Calls = Parameters<NonNullable<Parameters<typeof aCloud>[2]>>[0];

/**
 * A cloud whose operation is canceled during a call of that name, the first one by default. As with
 * the real client, a read fails then, a change is executed, and nothing begins afterwards; only a
 * client without the signal goes on. `instead` replaces calls of the cloud.
 */
export function cancelableCloud(
  kind: Kind,
  during: keyof Calls,
  content: Partial<Record<Kind, readonly WireObject[]>> = {},
  instead: (own: Calls) => Partial<Calls> = () => ({}),
  count = 1,
) {
  const abort = new AbortController();
  const { signal } = abort;
  let left = count;
  const begin = (name: keyof Calls) => {
    if (signal.aborted) throw CanceledError.unsent(name);
    if (name === during) left -= 1;
    if (left === 0) abort.abort();
  };
  const cancelable =
    <A extends unknown[], T>(name: keyof Calls, call: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      begin(name);
      const isRead = ["get", "list", "projectId"].includes(name);
      if (isRead && left === 0) throw CanceledError.unanswered(name);
      return call(...args);
    };
  let canceling: Calls | undefined;
  const cloud = aCloud(kind, content, (own) => {
    const { get, list, create, update, remove, projectId } = { ...own, ...instead(own) };
    canceling = {
      get: cancelable("get", get),
      list: cancelable("list", list),
      create: cancelable("create", create),
      update: cancelable("update", update),
      remove: cancelable("remove", remove),
      projectId: cancelable("projectId", projectId),
    };
    return { get, list, create, update, remove, projectId };
  });
  const plain = cloud.context.client;
  const { client } = aContext(canceling!).context;
  const within: NeutronClient["within"] = (_deadline, given) => (given === signal ? client : plain);
  Object.assign(client, { within });
  return { ...cloud, context: { ...cloud.context, client, signal } };
}
