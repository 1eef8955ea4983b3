import {
  CanceledError,
  PartialFailureError,
  UnauthorizedError,
  VpnaasError,
} from "../../../../provider/errors";
import { ErrorReports } from "../../../../provider/lifecycle/core/errorReports";

const refusal = { status: 401, method: "POST", path: "/v3/auth/tokens" };
const refused = (request: string) =>
  new UnauthorizedError(
    `The login was refused (401, request id ${request}). Check OS_PASSWORD.`,
    refusal,
  );

let reports: ErrorReports;
beforeEach(() => {
  reports = new ErrorReports();
});

const errorOf = (subject: string, error: Error): Promise<unknown> =>
  reports.reporting(subject, () => Promise.reject(error)).catch((thrown: unknown) => thrown);

it("the first error of a cause is reported unchanged", async () => {
  const error = refused("req-1a");
  expect(await errorOf("IkePolicy one", error)).toBe(error);
});

it("another resource with the same cause refers to the first, regardless of the id of the request", async () => {
  await errorOf("IkePolicy one", refused("req-1a"));
  const error = await errorOf("IkePolicy two", refused("req-2b"));
  expect((error as Error).message).toBe(
    "The same as for IkePolicy one: The login was refused (401, request id req-2b).",
  );
});

it("a third resource refers to the first, too", async () => {
  await errorOf("IkePolicy one", refused("req-1a"));
  await errorOf("IkePolicy two", refused("req-2b"));
  const error = await errorOf("IkePolicy three", refused("req-3c"));
  expect((error as Error).message).toMatch(/^The same as for IkePolicy one: /);
});

it("an error of one sentence is repeated as a whole", async () => {
  await errorOf("IkePolicy one", new VpnaasError("No network endpoint."));
  const error = await errorOf("IkePolicy two", new VpnaasError("No network endpoint."));
  expect((error as Error).message).toBe("The same as for IkePolicy one: No network endpoint.");
});

it("the first resource reports the cause in full again", async () => {
  await errorOf("IkePolicy one", refused("req-1a"));
  const error = refused("req-2b");
  expect(await errorOf("IkePolicy one", error)).toBe(error);
});

it("an error of another cause is reported unchanged", async () => {
  await errorOf("IkePolicy one", refused("req-1a"));
  const error = new VpnaasError("No network endpoint.");
  expect(await errorOf("IkePolicy two", error)).toBe(error);
});

it.each([
  ["a partial failure", new PartialFailureError("id", {}, "It is in ERROR.")],
  ["a cancellation", CanceledError.unsent("POST /x")],
  ["an error of another package", new Error("defect")],
])("%s is reported unchanged each time", async (_what, error) => {
  await errorOf("IkePolicy one", error);
  expect(await errorOf("IkePolicy two", error)).toBe(error);
});

it("an operation without an error returns its result", async () => {
  expect(await reports.reporting("IkePolicy one", () => Promise.resolve(1))).toBe(1);
});
