import { readFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";

import packageJson from "../package.json";
import type { Conditions } from "./model";

/**
 * The machine of this run and the versions of the tools.
 * @param found Versions of the detected programs.
 */
export function conditionsOf(found: Readonly<Record<string, string>>): Conditions {
  const pins = readFileSync(
    join(__dirname, "..", "tests", "live", "server", "requirements.txt"),
    "utf8",
  );
  const pin = (name: string) => new RegExp(`^${name}==(\\S+)`, "m").exec(pins)?.[1] ?? "?";
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    versions: {
      [packageJson.name]: packageJson.version,
      Node: process.versions.node,
      ...found,
      Neutron: `${pin("neutron")} with neutron-vpnaas ${pin("neutron-vpnaas")}`,
    },
  };
}
