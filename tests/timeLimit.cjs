// Jest takes no time limit for a single project; this sets the one that jest.config.cjs names.
jest.setTimeout(globalThis.SECONDS_PER_TEST * 1_000);
