import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import { RESOURCES } from "../../../provider/schema/packageSchema";
import type { Cloud } from "./cloud";

const GUIDES = resolve(__dirname, "..", "..", "..", "docs", "guides");

/**
 * A program of a guide, as a reader copies it.
 * @param page Name of the guide, such as `plugin`.
 * @param marker Name of the comment before the program: `python` for `<!-- python -->`.
 * @throws Error if the page has no such program.
 */
export function programOf(page: string, marker: string): string {
  const text = readFileSync(resolve(GUIDES, `${page}.md`), "utf8");
  const [, program] =
    new RegExp(`<!-- ${marker} -->\\s+\`\`\`\\w+\\n(.*?)\`\`\``, "s").exec(text) ?? [];
  if (program === undefined) throw new Error(`${page}.md has no program ${marker}`);
  return program;
}

/** A program with the examples of resource pages, with the router and the subnet of a cloud. */
export function atFixture(program: string, { fixture }: Cloud): string {
  const { routerId, subnetId } = RESOURCES.VpnService["x-example"]["service"]!;
  return program
    .replaceAll(routerId as string, fixture.routerId)
    .replaceAll(subnetId as string, fixture.subnetId);
}
