/** Whether this code runs in a file of tests. A benchmark and the demo have no hooks. */
export const IS_IN_TEST_FILE = typeof afterAll === "function";
