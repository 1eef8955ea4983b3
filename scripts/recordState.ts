/**
 * Writes what `pulumi stack export` prints after an `up` into tests/fixtures/states, for the versions to come:
 * `npx tsx scripts/recordState.ts`, before every release. With `PROGRAM NAME FOLDER` after it, that
 * program runs on the copy of this package that was built in the folder.
 */
import { rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { format } from "prettier";

import { version } from "../package.json";
import { simulatedCloud, type Cloud } from "../tests/support/harness/cloud";
import { ResourceStack, type Program } from "../tests/support/harness/resources";
import { ADOPTED, connectionAlone, family, familyOfK5 } from "../tests/fixtures/states/programs";
import { findEngine } from "./engine";

const root = resolve(__dirname, "..");

/** The configuration of a program, and its cloud. */
const PROGRAMS = {
  family: { dialect: "neutron", declare: withSomebodys },
  k5: { dialect: "k5", declare: onK5 },
  connectionAlone: { dialect: "neutron", declare: onParents },
} as const;

async function withSomebodys(cloud: Cloud): Promise<Program> {
  await cloud.clear();
  await cloud.api.post("/vpn/ikepolicies", { ikepolicy: { name: ADOPTED, ike_version: "v2" } });
  return family(cloud.fixture);
}

async function onK5(cloud: Cloud): Promise<Program> {
  await cloud.clear();
  return familyOfK5(cloud.fixture);
}

function onParents({ parents }: Cloud): Promise<Program> {
  return Promise.resolve(connectionAlone(parents));
}

async function record(which: keyof typeof PROGRAMS, name: string, folder = root): Promise<void> {
  const { dialect, declare } = PROGRAMS[which];
  const cloud = await simulatedCloud({ dialect });
  const program = await ResourceStack.make(cloud, { "vpnaas:dialect": dialect });
  try {
    link(program.stack.directory, folder);
    await program.up(await declare(cloud));
    const state = withoutFolders(JSON.stringify(await program.stack.export()));
    const file = join("tests", "states", `${name}.json`);
    writeFileSync(join(root, file), await format(state, { parser: "json", printWidth: 100 }));
    console.log(`${file}: ${state.length} bytes`);
  } finally {
    await program.dispose();
    await cloud.stop();
  }
}

/** Lets the program use that copy of the package. */
function link(directory: string, folder: string): void {
  const place = join(directory, "node_modules", "pulumi-vpnaas");
  rmSync(place);
  symlinkSync(resolve(folder), place, "junction");
}

/** The SDK's stack traces name the folders of this machine. */
function withoutFolders(text: string): string {
  return text.replace(
    /project:\/\/\/\.\.[^"]*?\/(sdk|node_modules)\//g,
    "project:///../pulumi-vpnaas/$1/",
  );
}

async function main([which, name, folder]: readonly string[]): Promise<void> {
  process.env["VPNAAS_ENGINE_BIN"] ||= (await findEngine(console.log)).bin;
  if (which !== undefined && name !== undefined) {
    return record(which as keyof typeof PROGRAMS, name, folder);
  }
  await record("family", version);
  await record("k5", `${version}-k5`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
