/** Whether this code runs in a file of tests. Elsewhere, as in a benchmark or the demo, nothing tells its end. */
export const IS_IN_TEST_FILE = typeof afterAll === "function";
