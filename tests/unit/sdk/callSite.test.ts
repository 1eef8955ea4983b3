import { keepCallSite } from "../../../sdk/callSite";
import { IkePolicy } from "../../../sdk";
import { useEngine } from "../support/givenEngine";

/** The same as in Pulumi's SDK. */
function callsites(): string[] {
  return new Error().stack!.split("\n").slice(1);
}

describe("the stack trace that Pulumi captures for a resource", () => {
  const traces: string[][] = [];
  const errors: { prepareStackTrace?: unknown } = Error;
  const usual = errors.prepareStackTrace;

  beforeAll(async () => {
    await useEngine();
    Error.prepareStackTrace = (_error, frames) => {
      const lines = frames.map((frame) => `    at ${frame.getFileName()}`);
      if (frames[0]?.getFunctionName() === "callsites") traces.push(lines);
      return ["Error", ...lines].join("\n");
    };
    new IkePolicy("ike");
  });

  afterAll(() => {
    errors.prepareStackTrace = usual;
  });

  it("has the program's line right after the lines that Pulumi omits", () => {
    const [trace] = traces;
    expect(trace!.slice(5)).toEqual([`    at ${__filename}`]);
  });

  it("keeps the lines that Pulumi omits", () => {
    const [trace] = traces;
    expect(trace!.slice(0, 4).every((line) => line.includes("@pulumi/pulumi/resource"))).toBe(true);
    expect(trace![4]).toMatch(/sdk.resource\.ts$/);
  });
});

describe("a complete stack trace", () => {
  it("is kept outside Pulumi's capture", () => {
    const trace = (): string[] => new Error("own").stack!.split("\n");
    const whole = trace();
    const release = keepCallSite();
    try {
      expect(trace()).toHaveLength(whole.length);
      expect(trace()[0]).toBe("Error: own");
      expect(trace()[1]).toContain(__filename);
    } finally {
      release();
    }
  });

  it("is restored after the resource is created", () => {
    const before = callsites().length;
    keepCallSite()();
    expect(callsites()).toHaveLength(before);
  });

  it("is restored if a resource could not be created", () => {
    const before = callsites().length;
    expect(() => new IkePolicy("")).toThrow("Missing resource name");
    expect(callsites()).toHaveLength(before);
  });
});
