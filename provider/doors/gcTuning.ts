import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * Has this process collect its garbage when its heap has grown by a fifth: of a thousand operations nearly
 * all is garbage soon after. Left to itself V8 lets a heap of this size grow without a full
 * collection, and sets itself a limit only by one; so the first is made here, which takes some 50 ms.
 */
export function limitHeap(): void {
  setFlagsFromString("--heap-growing-percent=20");
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  setFlagsFromString("--no-expose-gc");
  collect();
}
