import { performance } from "node:perf_hooks";
import { clearTimeout, setTimeout } from "node:timers";

import { declareClassPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import {
  determineHitLimitReached,
  DryRunStatus,
  TestStatus,
  toMutantRunResult,
} from "@stryker-mutator/api/test-runner";
import { runCLI } from "jest";

const CONFIG = "stryker/jest.config.cjs";
const HUNG_MS = 5_000;

/**
 * Runs Jest's tests for Stryker's mutants, hundreds a minute: Jest loads them once, and a mutant that
 * matters after loading only is switched on in what is loaded. Stryker's own runner for Jest loads
 * them anew for each mutant.
 */
class LoadedJestRunner {
  /** What the code under test asks for the active mutant, and where it notes what it covers. */
  mutation = {};
  #tests = [];
  #unload;

  capabilities() {
    return { reloadEnvironment: true };
  }

  async dryRun() {
    await this.#load();
    const tests = await this.#run(this.#tests, false);
    return {
      status: DryRunStatus.Complete,
      tests,
      mutantCoverage: this.mutation.mutantCoverage,
    };
  }

  async mutantRun(asked) {
    const { testFilter, mutantActivation, reloadEnvironment, activeMutant } = asked;
    if (reloadEnvironment) await this.#unload?.();
    this.mutation.activeMutant = mutantActivation === "static" ? activeMutant.id : undefined;
    await this.#load();
    const wanted = testFilter && new Set(testFilter);
    const tests = this.#tests.filter(({ id }) => wanted?.has(id) ?? true);
    const result = await this.#try(asked, tests);
    const killer = tests.find(({ id }) => id === result.killedBy?.[0]);
    if (mutantActivation === "static" || killer === undefined) return result;
    // A mutant may have spoiled what is loaded, and the next one would seem to be killed by it.
    const [{ status }] = await this.#run([killer], true);
    if (status === TestStatus.Success) return result;
    await this.#unload();
    await this.#load();
    return this.#try(asked, tests);
  }

  async dispose() {
    await this.#unload?.();
  }

  /** Jest has collected the tests; it goes on when they are not needed any more. */
  take(root) {
    this.#tests = testsOf(root);
    return new Promise((resolve) => this.taken(resolve));
  }

  async #load() {
    if (this.#unload) return;
    globalThis[Symbol.for("mutation runner")] = this;
    const options = { $0: "", _: [], config: CONFIG, runInBand: true, silent: true, reporters: [] };
    let ended;
    const letGo = await new Promise((resolve, reject) => {
      this.taken = resolve;
      ended = runCLI(options, [process.cwd()]);
      ended.then(() => reject(new Error("Jest ended without tests")), reject);
    });
    this.#unload = async () => {
      this.#unload = undefined;
      letGo();
      await ended;
    };
  }

  async #try({ activeMutant, hitLimit, disableBail }, tests) {
    Object.assign(this.mutation, { hitLimit, hitCount: hitLimit && 0 });
    this.mutation.activeMutant = activeMutant.id;
    const results = await this.#run(tests, !disableBail);
    this.mutation.activeMutant = undefined;
    const { hitCount } = this.mutation;
    const done = { status: DryRunStatus.Complete, tests: results };
    return toMutantRunResult(determineHitLimitReached(hitCount, hitLimit) ?? done, disableBail);
  }

  async #run(tests, bails) {
    const results = [];
    for (const { id, fileName, steps } of tests) {
      this.mutation.currentTestId = id;
      const begin = performance.now();
      const failureMessage = await failureOf(steps);
      this.mutation.currentTestId = undefined;
      const timeSpentMs = performance.now() - begin;
      const status = failureMessage === undefined ? TestStatus.Success : TestStatus.Failed;
      results.push({ id, name: id, fileName, timeSpentMs, status, failureMessage });
      if (bails && failureMessage !== undefined) break;
    }
    return results;
  }
}

/** The tests in a block of Jest's; `steps` are the functions of one with those that go around it. */
function testsOf(block, path = [], around = { beforeEach: [], afterEach: [] }) {
  const hooks = (type) => block.hooks.filter((hook) => hook.type === type).map(({ fn }) => fn);
  const inner = {
    beforeEach: [...around.beforeEach, ...hooks("beforeEach")],
    afterEach: [...hooks("afterEach"), ...around.afterEach],
  };
  return block.children.flatMap((child) => {
    const names = [...path, child.name];
    if (child.type === "describeBlock") return testsOf(child, names, inner);
    const steps = [...inner.beforeEach, child.fn, ...inner.afterEach];
    return [{ id: names.join(" "), fileName: `tests/unit/${names[0]}`, steps }];
  });
}

/** Why a test fails; undefined where it passes. */
async function failureOf(steps) {
  let timer;
  const hung = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("the test does not end")), HUNG_MS);
  });
  let failure;
  for (const step of steps) {
    try {
      await Promise.race([step(), hung]);
    } catch (error) {
      failure ??= String(error?.message ?? error);
    }
  }
  clearTimeout(timer);
  return failure;
}

export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, "loaded-jest", LoadedJestRunner),
];
