/** What an update does about a property that differs from the state and that it does not change itself. */
export const ON_DRIFT = ["report", "correct", "fail"] as const;

/** One of {@link ON_DRIFT}. */
export type OnDrift = (typeof ON_DRIFT)[number];
