const { default: Sequencer } = require("@jest/test-sequencer");

/** The layers with long test files. */
const FIRST = ["live", "tunnel", "engine", "backends", "package", "faults"];

/**
 * Runs the layers with long files first: a long file that begins last keeps one worker busy while the
 * others are idle. Within a layer Jest's own order applies, longest first.
 */
module.exports = class SlowestFirst extends Sequencer {
  /** @param {import("@jest/test-result").Test[]} tests */
  sort(tests) {
    return super.sort(tests).sort((one, other) => rankOf(one) - rankOf(other));
  }
};

/** @param {import("@jest/test-result").Test} test */
function rankOf({ context }) {
  const { displayName } = context.config;
  const rank = FIRST.indexOf(displayName?.name ?? "");
  return rank < 0 ? FIRST.length : rank;
}
