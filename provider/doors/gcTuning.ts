import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** As many calls as a run on fifty resources has. Fewer produce too little garbage to pay for a collection. */
const FEW_CALLS = 200;

let calls = 0;

/** Counts a call of the engine, and limits the heap of this process once the calls are many. */
export function countCall(): void {
  calls += 1;
  if (calls === FEW_CALLS) limitHeap();
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
