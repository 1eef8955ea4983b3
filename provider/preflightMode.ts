/** What a check does with values that the cloud would refuse: fail, warn, or send no request. */
export const PREFLIGHT_MODES = ["on", "warn", "off"] as const;

/** One of {@link PREFLIGHT_MODES}. */
export type PreflightMode = (typeof PREFLIGHT_MODES)[number];
