/** The output of a refresh. */
import type { Kind } from "../../support/harness/kinds";
import type { Properties, ProviderProcess } from "../../support/harness/providerProcess";
import { type Known, printed, type Scene } from "../scene";

/** The lines that a refresh prints. */
export async function linesOf(
  provider: ProviderProcess,
  { id, outputs }: Known,
): Promise<string[]> {
  await printed(provider);
  const before = provider.stdout.length;
  await provider.read(id, outputs);
  await printed(provider);
  return provider.stdout.slice(before);
}

/** The lines of a refresh while the cloud shows an object with the given changes of attributes. */
export async function linesAs(
  scene: Scene,
  provider: ProviderProcess,
  known: Known,
  changes: Properties,
): Promise<string[]> {
  const answer = await scene.shown(known.id, changes);
  scene.sim.script({ method: "GET", path: scene.item, answer });
  return linesOf(provider, known);
}

/** The beginning of every drift line of an object. */
export function subject(kind: Kind, { id, inputs }: Known): string {
  return `drift: ${kind} ${String(inputs["name"])} (${id}): `;
}
