import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";

import { Tunnel } from "../../../sdk/plugin";
import { programOf } from "../../support/harness/pagePrograms";
import { registered, useEngine, valueOf } from "../support/givenEngine";

interface Declaration {
  readonly type: string;
  readonly name: string;
  readonly properties: object;
}

/** Each language has a notation of its own for a value of the configuration or of another resource. */
const REFERENCES = /^(?:\w+(?<!peer)Id|ids|psk|generation)$/;

beforeEach(() => useEngine());

/** The inputs of all resources by type and name, without the values of references. */
function comparable(all: readonly Declaration[]): Readonly<Record<string, object>> {
  return Object.fromEntries(
    all.map(({ type, name, properties }) => {
      const inputs = Object.entries(properties).filter(([, value]) => value !== undefined);
      const values = inputs.map(([key, value]) => [
        key,
        REFERENCES.test(key) || (value as unknown),
      ]);
      return [`${type.split(":").at(-1)} ${name}`, Object.fromEntries(values) as object];
    }),
  );
}

it("the YAML program of the page declares the resources of a Tunnel in TypeScript", async () => {
  const { status, psk } = new Tunnel("office", {
    routerId: "8604a0de-7f6b-409a-a47c-a1cc7bc77b2e",
    subnetId: "14067794-975d-461e-b502-dd40c0383d26",
    peer: { address: "203.0.113.7", networks: ["10.2.0.0/24"] },
    generation: 1,
  });
  await valueOf(pulumi.all([status, psk]));
  const { resources } = parse(programOf("tunnelLanguages", "yaml")) as {
    readonly resources: Readonly<Record<string, Declaration>>;
  };
  const created = registered
    .filter(({ custom }) => custom)
    .map(({ type, name, inputs }) => ({ type, name, properties: inputs as object }));
  expect(comparable(Object.values(resources))).toEqual(comparable(created));
});
