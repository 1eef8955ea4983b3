const hooks = require("node:async_hooks");
const { TestEnvironment } = require("jest-environment-node");

/** The storages that modules of the current file have created. */
const storages = new Set();

/**
 * Node asks every storage in use at each promise, and Jest creates one for each file in the same process, so a promise
 * of the fiftieth file would cost a hundred times as much as one of the first.
 */
hooks.AsyncLocalStorage = class extends hooks.AsyncLocalStorage {
  constructor(...args) {
    super(...args);
    storages.add(this);
  }
};

/** Jest's environment, which takes the storages of a file out of use at its end. */
module.exports = class extends TestEnvironment {
  async teardown() {
    for (const storage of storages) storage.disable();
    storages.clear();
    await super.teardown();
  }
};
