import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * As many calls as a run on one connection has. By then Node.js has loaded its own modules, whose compiled code V8
 * refuses after a change of its flags.
 */
const VERY_FEW_CALLS = 16;

/** As many calls as a run on fifty resources has. Fewer produce too little garbage to pay for a collection. */
const FEW_CALLS = 200;

let calls = 0;

/**
 * Counts a call of the engine, and adapts V8 to their number: in a run of some dozen calls the optimizing compiler takes
 * more time than its code saves, and after many calls the heap of this process is limited.
 */
export function countCall(): void {
  calls += 1;
  if (calls === VERY_FEW_CALLS) postponeOptimization();
  if (calls === FEW_CALLS) {
    optimize();
    limitHeap();
  }
}

/** Restores the flags of the start before the process ends: V8 refuses code that was compiled under other flags. */
export function restoreFlagsAtExit(): void {
  process.prependOnceListener("exit", () => {
    optimize();
    setFlagsFromString("--heap-growing-percent=0");
  });
}

function postponeOptimization(): void {
  setFlagsFromString("--turbo-filter=~");
}

function optimize(): void {
  setFlagsFromString("--turbo-filter=*");
}

/**
 * Makes this process collect garbage whenever its heap has grown by a fifth: after a thousand
 * operations nearly all of it is garbage. By default V8 lets a heap of this size grow without a
 * full collection, and only such a collection sets a limit; so the first one runs here, which takes
 * some 50 ms.
 */
function limitHeap(): void {
  setFlagsFromString("--heap-growing-percent=20");
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  setFlagsFromString("--no-expose-gc");
  collect();
}
