import { ConfigurationError, VpnaasError } from "../../../provider/errors";
import { lookUpObject, redactErrors } from "../../../provider/handlers/lookup";
import { Runtime } from "../../../provider/runtime";
import { aCloud } from "../support/givenContext";
import { aWire } from "../support/kinds";

const wire = aWire("IkePolicy");

function setUpRuntime(cloud = aCloud("IkePolicy", { IkePolicy: [wire] })) {
  const runtime = new Runtime({ stack: () => undefined, env: {}, project: "network" });
  const context = jest.spyOn(runtime, "context").mockResolvedValue(cloud.context);
  return { runtime, context };
}

it("lookUpObject: returns the object of the id", async () => {
  const found = await lookUpObject(setUpRuntime().runtime, "IkePolicy", { id: wire.id });
  expect(found).toMatchObject({ id: wire.id, name: wire["name"] });
});

it("lookUpObject: refuses invalid arguments before it logs in", async () => {
  const { runtime, context } = setUpRuntime();
  await expect(lookUpObject(runtime, "IkePolicy", { id: "no uuid" })).rejects.toThrow(
    /cannot be looked up: id: /,
  );
  expect(context).not.toHaveBeenCalled();
});

it("redactErrors: removes secrets from the message and keeps the class", async () => {
  const failing = () => Promise.reject(new ConfigurationError("There is no cloud canary-1."));
  const error: unknown = await redactErrors(["canary-1", 5], failing).catch((one: unknown) => one);
  expect(error).toBeInstanceOf(ConfigurationError);
  expect((error as VpnaasError).message).not.toMatch("canary-1");
});

it("redactErrors: returns the result of the operation unchanged", async () => {
  await expect(redactErrors(["canary"], () => Promise.resolve("canary"))).resolves.toBe("canary");
});
