import { resourceClass } from "./resource";
import type { PreSharedKeyArgs, PreSharedKeyState } from "./types";

/**
 * The pre-shared keys of a connection: `current`, and `next` for the peer before a rotation.
 *
 * A random generator of the operating system makes them. They exist in the state only, encrypted. Counting `generation` up
 * rotates them: `next` becomes `current`, and a new `next` is generated. If the peer has `next` before that,
 * the tunnel loses no packets.
 *
 * @example
 * ```ts
 * const key = new vpnaas.PreSharedKey("office", { generation: 1 });
 * const office = new vpnaas.IpsecSiteConnection("office", { psk: key.current, ...rest });
 * export const nextPsk = key.next;
 * ```
 */
export class PreSharedKey extends resourceClass<PreSharedKeyArgs, PreSharedKeyState>(
  "PreSharedKey",
) {}
