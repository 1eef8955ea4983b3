import type { KeyPair } from "../../provider/drift/stackState";
import { isObject, kindOf } from "./deployment";
import { withPlainSecrets } from "./stackSecrets";

/** The keys of each PreSharedKey in an exported deployment, except those that are encrypted. */
export function keyPairsOf(exported: unknown): KeyPair[] {
  const resources = member(member(exported, "deployment"), "resources");
  return (Array.isArray(resources) ? resources : []).flatMap((resource: unknown) => {
    if (!isObject(resource) || kindOf(resource) !== "PreSharedKey") return [];
    const outputs = withPlainSecrets(member(resource, "outputs"));
    const [current, next] = [member(outputs, "current"), member(outputs, "next")];
    return typeof current === "string" && typeof next === "string" ? [{ current, next }] : [];
  });
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
