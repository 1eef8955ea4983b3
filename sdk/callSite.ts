import { sep } from "node:path";

/** What V8 tells of a call on the stack. */
type Frame = NodeJS.CallSite & { toString(): string };

type Prepare = (error: Error, frames: Frame[]) => unknown;

/** Node.js has the property only where somebody has set it. */
const errors: { prepareStackTrace?: Prepare | undefined } = Error;

const FOLDER = __dirname + sep;

/**
 * Shortens what Pulumi traces while it takes up a resource, until the function that comes back is
 * called: the trace for the state ends with the program's line that makes the resource, since whole
 * traces are a third of the state of many small resources and say first which line of this package it
 * was; and the traces of the hundred promises that become its outputs are left out, since they are half
 * of the time and of the memory of a program with many. They would be shown with
 * PULUMI_DEBUG_PROMISE_LEAKS alone, and are taken then.
 *
 * All other traces stay as they are.
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

/** As Node.js does it where nobody has set anything. */
const plain: Prepare = (error, frames) =>
  [String(error), ...frames.map((frame) => `    at ${frame.toString()}`)].join("\n");
