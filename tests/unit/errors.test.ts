import fc from "fast-check";

import * as errors from "../../provider/errors";
import { toApiError } from "../../provider/neutron/apiErrors";
import { anyCharacter } from "./support/anyCharacter";
import { secretsOf } from "./support/builders";

const {
  ApiError,
  ConfigurationError,
  NotFoundError,
  PartialFailureError,
  TransportError,
  UnavailableError,
  VpnaasError,
  WaitError,
  messageOf,
} = errors;

const REFUSAL = { status: 500, method: "GET", path: "/" };

/** One of each class; a class that is added to errors.ts fails the count below. */
const each: readonly errors.VpnaasError[] = [
  new VpnaasError("m"),
  new ConfigurationError("m"),
  new TransportError("m", true),
  new errors.NotSentError("m"),
  new errors.CanceledError("m"),
  new ApiError("m", REFUSAL),
  new errors.UnauthorizedError("m", REFUSAL),
  new NotFoundError("m", REFUSAL),
  new errors.PendingStateError("m", REFUSAL),
  new errors.InUseError("m", REFUSAL),
  new UnavailableError("m", REFUSAL),
  new errors.NotProvenGoneError("m"),
  new errors.LookupError("m"),
  new errors.ImmutableError("m"),
  new errors.DriftError("m"),
  new errors.StateError("m"),
  new errors.GoneError("m"),
  new WaitError("m"),
  new errors.MismatchError("m"),
  new PartialFailureError("f7cf", {}, "m"),
];

it("the list of errors in this test contains every class", () => {
  const classes = Object.values(errors).filter((one) => /^class/.test(String(one)));
  expect(new Set(each.map((one) => one.constructor))).toEqual(new Set(classes));
});

describe.each(each.map((error) => [error.name, error] as const))("%s", (name, error) => {
  it("has the name of its class", () => {
    expect([error.constructor.name, error.message]).toEqual([name, "m"]);
  });

  it("has an id only for a partial failure", () => {
    expect("id" in error).toBe(error instanceof PartialFailureError);
  });

  it("has no code, which the engine would read as a gRPC status", () => {
    expect("code" in error).toBe(false);
  });
});

/** Sets the title of a terminal, returns to the begin of the line, and forges a line. */
const HOSTILE = "\x1b]0;owned\x07\r\u202eerror: all is well\n";

describe.each(each.map((error) => [error.name, error] as const))("%s", (_name, { constructor }) => {
  const Class = constructor as new (...args: unknown[]) => errors.VpnaasError;
  const messageWith = (text: string) =>
    Class === PartialFailureError ? new Class("f7cf", {}, text) : new Class(text, REFUSAL);

  it("escapes control characters of a server's message", () => {
    const { message } = messageWith(`Could not create x: ${HOSTILE}`);
    expect(message).not.toMatch(/[^\P{C}\n]/u);
    expect(message).toContain("\\x1b]0;owned\\x07\\x0d\\u{202e}error: all is well");
  });

  it("keeps line ends only in messages that the provider composes", () => {
    const hasLines = [WaitError, errors.CanceledError, PartialFailureError].some(
      (one) => one === Class,
    );
    expect(messageWith("one\nother").message).toBe(hasLines ? "one\nother" : "one\\x0aother");
  });
});

it("a partial failure escapes control characters in the reasons that the engine prints", () => {
  expect(new PartialFailureError("f7cf", {}, "\x1b[2J").reasons).toEqual(["\\x1b[2J"]);
});

describe("the method isInstance", () => {
  it("is true for the class of an error and those above it", () => {
    const found = new NotFoundError("m", REFUSAL);
    expect(NotFoundError.isInstance(found)).toBe(true);
    expect(ApiError.isInstance(found)).toBe(true);
    expect(VpnaasError.isInstance(found)).toBe(true);
  });

  it("is false for a class beside the error's own or below it", () => {
    const refused = new ApiError("m", REFUSAL);
    expect(NotFoundError.isInstance(refused)).toBe(false);
    expect(ConfigurationError.isInstance(refused)).toBe(false);
  });

  it("is true for errors of another copy of this package", () => {
    let copy = errors;
    jest.isolateModules(() => {
      copy = jest.requireActual<typeof errors>("../../provider/errors");
    });
    const foreign = new copy.NotFoundError("m", REFUSAL);
    expect(foreign).not.toBeInstanceOf(NotFoundError);
    expect(NotFoundError.isInstance(foreign)).toBe(true);
    expect(ApiError.isInstance(foreign)).toBe(true);
    expect(UnavailableError.isInstance(foreign)).toBe(false);
  });

  it("is false for a class of the same name elsewhere", () => {
    class ApiError extends Error {}
    expect(errors.ApiError.isInstance(new ApiError("m"))).toBe(false);
  });

  it.each([undefined, null, "ApiError", 5, {}, new Error("m"), { vpnaasError: true }])(
    "is false for %p",
    (value) => {
      expect(VpnaasError.isInstance(value)).toBe(false);
    },
  );
});

it("a partial failure gives the engine its reason, and the id and properties of the object", () => {
  const error = new PartialFailureError("f7cf", { status: "ERROR" }, "ended in ERROR");
  expect(error).toMatchObject({
    id: "f7cf",
    properties: { status: "ERROR" },
    reasons: ["ended in ERROR"],
    message: "ended in ERROR",
  });
});

it.each([
  [new Error("boom"), "boom"],
  ["text", "text"],
  [undefined, "undefined"],
])("messageOf returns a message for %p", (thrown, message) => {
  expect(messageOf(thrown)).toBe(message);
});

it("an API error never repeats a psk that the server echoes, for any psk", () => {
  const psks = fc
    .string({ minLength: 4, maxLength: 60, unit: anyCharacter })
    .filter((psk) => psk === psk.trim());
  const faultWith = (psk: string, echo: string) =>
    toApiError(
      {
        status: 400,
        headers: {},
        body: {
          NeutronError: { type: "InvalidInput", message: `<< ${echo} >> '${echo}' is no psk` },
        },
      },
      {
        method: "POST",
        path: "/v2.0",
        intent: "create x",
        secrets: secretsOf(psk),
      },
    );
  fc.assert(
    fc.property(psks, (psk) => {
      const [error, clean] = [faultWith(psk, psk), faultWith("never said", "(hidden)")];
      expect(error.message).toBe(clean.message);
      expect(JSON.stringify(error)).toBe(JSON.stringify(clean));
    }),
    { numRuns: 200 },
  );
});
