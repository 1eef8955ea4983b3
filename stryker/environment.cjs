const { TestEnvironment } = require("jest-environment-node");

/**
 * Hands the tests of a file over, once Jest has collected them, to whoever waits for them (runner.mjs);
 * nothing is left to Jest when that is done. Without a runner they run as always.
 */
module.exports = class HandingOver extends TestEnvironment {
  constructor(...given) {
    super(...given);
    this.runner = globalThis[Symbol.for("mutation runner")];
    if (this.runner) this.global.__stryker__ = this.runner.mutation;
  }

  async handleTestEvent({ name }, { rootDescribeBlock }) {
    if (name !== "run_start" || this.runner === undefined) return;
    await this.runner.take(rootDescribeBlock);
    rootDescribeBlock.children = [];
  }
};
