import { execFileSync } from "node:child_process";
import path from "node:path";

import packageSchema from "../../../schema.json";
import * as sdk from "../../../sdk";

const ROOT = path.join(__dirname, "..", "..", "..");

it("the generated types match schema.json, and so do the tables and the program of the README", () => {
  // In a separate process, because Jest cannot follow the way in which Prettier loads itself.
  const check = () =>
    execFileSync(process.execPath, ["--import", "tsx", "scripts/generate.ts", "--check"], {
      cwd: ROOT,
      stdio: "pipe",
    });
  expect(check).not.toThrow();
});

const enums: [string, string[]][] = Object.entries(packageSchema.types).flatMap(
  ([token, type]): [string, string[]][] =>
    "enum" in type ? [[token.split(":")[2]!, type.enum.map(({ value }) => value)]] : [],
);

it.each(enums)("the SDK has a constant for every value of %s", (name, values) => {
  const constants = (sdk as Readonly<Record<string, unknown>>)[name];
  expect(Object.values(constants as object)).toEqual(values);
});

it("the SDK names values in the notation of programs", () => {
  const { AuthAlgorithm, DpdAction, EncryptionAlgorithm, Initiator, WaitFor } = sdk;
  expect(AuthAlgorithm.AesXcbc).toBe("aes-xcbc");
  expect(EncryptionAlgorithm.TripleDes).toBe("3des");
  expect(EncryptionAlgorithm.Aes256Gcm16).toBe("aes-256-gcm-16");
  expect(sdk.TransformProtocol.AhEsp).toBe("ah-esp");
  expect({ DpdAction, Initiator, WaitFor }).toEqual({
    DpdAction: {
      Hold: "hold",
      Restart: "restart",
      Clear: "clear",
      Disabled: "disabled",
      RestartByPeer: "restart-by-peer",
    },
    Initiator: { BiDirectional: "bi-directional", ResponseOnly: "response-only" },
    WaitFor: { Settled: "settled", Active: "active", Accepted: "accepted" },
  });
});
