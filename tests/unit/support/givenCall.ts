import type { Dialect } from "../../../provider/dialect";
import type { Call } from "../../../provider/handlers/handler";
import { Runtime } from "../../../provider/runtime";
import { aCloud } from "./givenContext";

/** A call of a process without settings except the dialect; its operations work on `cloud`. */
export function setUpCall({
  cloud = aCloud("IkePolicy"),
  dialect = "neutron",
  secretInputs = new Set(),
  storedSecretInputs = new Set(),
}: Partial<Pick<Call, "secretInputs" | "storedSecretInputs">> & {
  readonly cloud?: ReturnType<typeof aCloud>;
  readonly dialect?: Dialect;
} = {}) {
  const lines: string[] = [];
  const sources = {
    stack: (name: string) => (name === "dialect" ? dialect : undefined),
    env: {},
    project: "network",
  };
  const runtime = new Runtime(sources, (line) => lines.push(line));
  const context = jest.spyOn(runtime, "context").mockResolvedValue(cloud.context);
  const call: Call = { runtime, secretInputs, storedSecretInputs };
  return { call, runtime, context, lines };
}
