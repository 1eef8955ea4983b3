import { sep } from "node:path";

/** A call on the stack, as V8 describes it. */
type Frame = NodeJS.CallSite & { toString(): string };

type Prepare = (error: Error, frames: Frame[]) => unknown;

/** Node.js has the property only after a program has set it. */
const errors: { prepareStackTrace?: Prepare | undefined } = Error;

const FOLDER = __dirname + sep;

/**
 * Shortens Pulumi's stack traces during the registration of a resource, until the returned function is
 * called. The trace for the state ends with the program's line that creates the resource, since whole
 * traces are a third of the state of many small resources and begin with a line of this package.
 * The traces of the hundred promises that become its outputs are left out, since they take half
 * of the time and of the memory of a program with many resources. Only PULUMI_DEBUG_PROMISE_LEAKS shows them, and
 * with it they are kept.
 *
 * All other traces stay unchanged.
 */
export function keepCallSite(): () => void {
  const usual = errors.prepareStackTrace;
  const prepare = usual ?? plain;
  errors.prepareStackTrace = (error, frames) => {
    const taker = frames[0]?.getFunctionName();
    if (taker === "debuggablePromise" && !isDebugged()) return String(error);
    return prepare(error, taker === "callsites" ? untilProgram(frames) : frames);
  };
  return () => {
    errors.prepareStackTrace = usual;
  };
}

function isDebugged(): boolean {
  return Boolean(process.env["PULUMI_DEBUG_PROMISE_LEAKS"]);
}

/** The frames down to the first of this package, which Pulumi leaves out, and that of the program. */
function untilProgram(frames: Frame[]): Frame[] {
  const isOwn = (frame: Frame) => frame.getFileName()?.startsWith(FOLDER) === true;
  const first = frames.findIndex(isOwn);
  const program = frames.findIndex((frame, i) => i > first && !isOwn(frame));
  return [...frames.slice(0, first + 1), ...frames.slice(program, program + 1)];
}

/** The default format of Node.js. */
const plain: Prepare = (error, frames) =>
  [String(error), ...frames.map((frame) => `    at ${frame.toString()}`)].join("\n");
