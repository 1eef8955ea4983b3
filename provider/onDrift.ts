/**
 * The treatment of a property that differs from the state and that an update itself does not
 * change.
 */
export const ON_DRIFT = ["report", "correct", "fail"] as const;

/** One of {@link ON_DRIFT}. */
export type OnDrift = (typeof ON_DRIFT)[number];
