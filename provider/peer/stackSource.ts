import { VpnaasError } from "../errors";
import type { HeldResource, StackState } from "../drift/stackState";
import type { TunnelSource } from "./source";

/**
 * A source that reads the state of a stack, and `cloud` for objects that the state lacks or keeps
 * secret without a way to decrypt them.
 */
export function stackSource(
  { resources }: StackState,
  cloud: () => Promise<TunnelSource>,
): TunnelSource {
  return {
    part: async (kind, id) => {
      const held = resources.find((one) => one.kind === kind && one.id === id);
      const isReadable = held !== undefined && held.isCompared && held.unread.size === 0;
      return isReadable ? held.outputs : (await cloud()).part(kind, id);
    },
    subnetCidr: async (id) => (await cloud()).subnetCidr(id),
  };
}

/**
 * The connection of a stack with that logical name, name in the cloud or id; without a name, the
 * only one.
 * @throws VpnaasError that lists the connections if none or several match
 */
export function connectionOf({ name, resources }: StackState, wanted?: string): HeldResource {
  const all = resources.filter((one) => one.kind === "IpsecSiteConnection" && one.isCompared);
  const isNamed = (one: HeldResource) =>
    wanted === undefined || [one.name, one.id, one.outputs["name"]].includes(wanted);
  const exact = all.filter((one) => one.name === wanted);
  const found = exact.length > 0 ? exact : all.filter(isNamed);
  if (found.length === 1) return found[0]!;
  const which = wanted === undefined ? "" : ` ${wanted}`;
  const count = found.length === 0 ? "no connection" : `${found.length} connections`;
  const list = all.map((one) => `${one.name} (${one.id})`).join(", ") || "none";
  throw new VpnaasError(`The stack ${name} has ${count}${which}. Its connections: ${list}.`);
}

/**
 * The next key of a connection: that of the PreSharedKey whose current key it has.
 * @throws VpnaasError if the stack has no such PreSharedKey
 */
export function nextKeyOf({ name, preSharedKeys = [] }: StackState, psk: unknown): string {
  const found = preSharedKeys.find(({ current }) => current === psk);
  if (found !== undefined) return found.next;
  throw new VpnaasError(
    `The stack ${name} has no PreSharedKey whose current key the connection has, so its next key is unknown. If the program has just been changed, run \`pulumi up\` first.`,
  );
}
