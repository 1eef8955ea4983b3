import type { Run } from "./campaign";
import type { Difference } from "./comparison";
import { siteOf } from "./site";

/** A difference that a preview cannot avoid. */
export interface Explanation {
  /** The kind of difference, as docs/evidence/preview.md lists it. */
  readonly title: string;
  readonly reason: string;
  /** Whether it is the reason of a difference. */
  readonly explains: (difference: Difference, run: Run) => boolean;
}

const cloudOf = ({ resource }: Difference, { transitions }: Run): string =>
  transitions[siteOf(resource) ?? -1]?.cloud ?? "";

/** Every known explanation; the first that fits counts. */
export const EXPLANATIONS: readonly Explanation[] = [
  {
    title: "a connection that was pending has settled",
    reason:
      "A preview announces an update of a pending connection, which continues its wait, and of the ConnectionsReady of " +
      "that connection. If `up` finds it settled, nothing is left to do.",
    explains: ({ kind, announced, done }, { hasRefresh }) =>
      (kind === "ConnectionsReady" || (kind === "IpsecSiteConnection" && hasRefresh)) &&
      /^(refresh, )?update$/.test(announced) &&
      done === announced.replace("update", "same"),
  },
  {
    title: "a deletion is refused, since another client uses the object",
    reason:
      "The engine asks a provider about a deletion only when it deletes: a preview lists the deletion, and `up` reports " +
      "the object that is in the way.",
    explains: (difference, run) =>
      difference.done === difference.announced.replace(/(delete(-replaced)?)$/, "$1 (failed)") &&
      difference.done !== difference.announced &&
      cloudOf(difference, run).startsWith("in use"),
  },
  {
    title: "a policy is free earlier than the preview could see",
    reason:
      "A preview deletes nothing, so a policy counts as in use until the end and is replaced. If `up` has deleted its last " +
      "connection by then, for instance with its VPN service, the policy is changed in place.",
    explains: ({ kind, announced, done }) =>
      /Policy$/.test(kind) &&
      /^(refresh, )?create-replacement, replace .*, delete-replaced$/.test(announced) &&
      /^(refresh, )?update$/.test(done),
  },
  {
    title: "an object that a killed run created is found",
    reason:
      "A preview announces the creation of a resource that a killed run did not record. `up` finds its object by the " +
      "default name and sends no POST.",
    explains: ({ announced, done }, { followsKill }) =>
      followsKill &&
      /POSTs of/.test(announced) &&
      Number.parseInt(done) < Number.parseInt(announced),
  },
];

/** A difference with its explanation, if it has one. */
export interface Judged {
  readonly difference: Difference;
  readonly explanation: Explanation | undefined;
}

/** Every difference of a run with its explanation. */
export function judged(run: Run): Judged[] {
  return run.differences.map((difference) => ({
    difference,
    explanation: EXPLANATIONS.find(({ explains }) => explains(difference, run)),
  }));
}
