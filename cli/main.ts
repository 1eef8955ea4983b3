#!/usr/bin/env node
import { plainText } from "../provider/plainText";
import { doctor, doctorHelp } from "./doctor";
import { drift } from "./drift";
import { driftHelp } from "./driftOptions";
import { simulate, simulateHelp } from "./simulate";
import { UsageError } from "./usage";

interface Verb {
  run(args: string[]): Promise<void>;
  help: string;
  summary: string;
}

const verbs: Record<string, Verb> = {
  doctor: {
    run: doctor,
    help: doctorHelp,
    summary: "look whether the settings, the login and the cloud are as the provider needs them",
  },
  drift: {
    run: drift,
    help: driftHelp,
    summary: "compare stacks with what their clouds show: drifted, gone, unmanaged, down",
  },
  simulate: {
    run: simulate,
    help: simulateHelp,
    summary: "run an OpenStack cloud with VPNaaS in memory, for trying things out",
  },
};

const help = `Usage: pulumi-vpnaas <verb> [options]

Verbs:
${Object.entries(verbs)
  .map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}`)
  .join("\n")}

pulumi-vpnaas <verb> --help tells more.
`;

async function main([name, ...args]: string[]): Promise<void> {
  if (name === "--help" || name === "-h" || name === "help") {
    process.stdout.write(help);
    return;
  }
  const verb = name === undefined || !Object.hasOwn(verbs, name) ? undefined : verbs[name];
  if (!verb) {
    // What follows an equals sign may be a secret.
    const what = name === undefined ? "no verb given" : `unknown verb "${name.split("=")[0]!}"`;
    throw new UsageError(`${what}; pulumi-vpnaas --help lists them`);
  }
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(verb.help);
    return;
  }
  await verb.run(args);
}

// Whoever reads may leave early, as `| head` does.
process.stdout.once("error", () => process.exit());

main(process.argv.slice(2)).catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  const lines = message.split("\n").map(plainText);
  process.stderr.write(`pulumi-vpnaas: ${lines.join("\n")}\n`);
  process.exitCode = error instanceof UsageError ? error.status : 1;
});
