/** One result of a diagnosis. It contains no secret. */
export interface Finding {
  /**
   * `problem`: the tunnel is down, will go down or loses packets for this reason. `note`: harmless, or
   * a reason only under a condition that the text names. `open`: could not be compared. `ok`: agrees.
   */
  readonly verdict: "problem" | "note" | "open" | "ok";
  /** The path of the property in a program, such as `ipsecPolicy.pfs`; `status` for the tunnel itself. */
  readonly property: string;
  /** The value of the cloud's end, for people; absent if none is compared. */
  readonly cloud?: string;
  /** The value of the peer, for people. */
  readonly peer?: string;
  /** Cause and effect: whole sentences. */
  readonly text: string;
  /** The next step: whole sentences; absent if there is nothing to do. */
  readonly cure?: string;
}

/** The cure for a value that differs. */
export const SET_SAME_VALUE = "Set the same value at both ends.";

/** A finding as sentences: the property with its values, the effect, and the cure. */
export function findingText({ verdict, property, cloud, peer, text, cure }: Finding): string {
  if (verdict === "ok") return `${property}: ${cloud ?? ""}`;
  const values = [
    ...(cloud === undefined ? [] : [`${cloud} in the cloud`]),
    ...(peer === undefined ? [] : [`${peer} at the peer`]),
  ];
  const subject = values.length === 0 ? `${property}:` : `${property}: ${values.join(", ")}.`;
  return [subject, text, ...(cure === undefined ? [] : [cure])].join(" ");
}

/** The finding for values that agree. */
export function agreement(property: string, value: string): Finding {
  return { verdict: "ok", property, cloud: value, peer: value, text: "Both ends agree." };
}

/** The findings of a family; if there are none, its values agree. */
export function orAgreement(
  findings: readonly Finding[],
  property: string,
  value: string,
): readonly Finding[] {
  return findings.length > 0 ? findings : [agreement(property, value)];
}
