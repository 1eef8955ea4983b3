#!/usr/bin/env node
import { messageOf } from "../provider/errors";
import { escapeControlCharacters } from "../provider/controlCharacters";
import { version } from "../provider/version";
import { diagnose } from "./commands/diagnose";
import { diagnoseHelp } from "./commands/diagnoseOptions";
import { doctor, doctorHelp } from "./commands/doctor";
import { drift } from "./commands/drift";
import { driftHelp } from "./commands/driftOptions";
import { importHelp, importObjects } from "./commands/import";
import { peer } from "./commands/peer";
import { peerHelp } from "./commands/peerOptions";
import { stderr, stdout } from "./io/output";
import { simulate, simulateHelp } from "./commands/simulate";
import { UsageError } from "./usage";

interface Verb {
  /** Resolves with the exit status. */
  run(args: string[]): Promise<number>;
  help: string;
  summary: string;
}

const verbs: Record<string, Verb> = {
  diagnose: {
    run: diagnose,
    help: diagnoseHelp,
    summary: "compare both ends of a tunnel, and name the reasons why it is DOWN",
  },
  doctor: {
    run: doctor,
    help: doctorHelp,
    summary: "check the settings, the login and the cloud of a program",
  },
  drift: {
    run: drift,
    help: driftHelp,
    summary: "compare stacks with their clouds: drifted, gone, unmanaged, down",
  },
  import: {
    run: importObjects,
    help: importHelp,
    summary:
      "print the file by which `pulumi import` adopts the objects of Terraform or @pulumi/openstack",
  },
  peer: {
    run: peer,
    help: peerHelp,
    summary: "print the configuration of a connection's peer: strongSwan, VyOS and others",
  },
  simulate: {
    run: simulate,
    help: simulateHelp,
    summary: "run an OpenStack cloud with VPNaaS in memory, for experiments",
  },
};

const help = `Usage: pulumi-vpnaas <verb> [options]
       pulumi-vpnaas --version

Verbs:
${Object.entries(verbs)
  .map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}`)
  .join("\n")}

pulumi-vpnaas help <verb> describes a verb and its options, as pulumi-vpnaas <verb> --help does.
The exit status of a wrong command line is 1.
`;

const HELP = ["help", "--help", "-h"];
const VERSION = ["version", "--version", "-V"];

/** Resolves with the exit status. */
async function main([name, ...args]: string[]): Promise<number> {
  if (name !== undefined && VERSION.includes(name)) {
    stdout.print(version);
    return 0;
  }
  if (name !== undefined && HELP.includes(name)) {
    stdout.write(args[0] === undefined ? help : verbNamed(args[0]).help);
    return 0;
  }
  const verb = verbNamed(name);
  if (args.some((arg) => arg === "--help" || arg === "-h")) {
    stdout.write(verb.help);
    return 0;
  }
  return verb.run(args);
}

/** @throws UsageError */
function verbNamed(name: string | undefined): Verb {
  if (name !== undefined && Object.hasOwn(verbs, name)) return verbs[name]!;
  // The value behind an equals sign may be a secret.
  const what = name === undefined ? "no verb given" : `unknown verb "${name.split("=")[0]!}"`;
  throw new UsageError(`${what}; pulumi-vpnaas --help lists them`);
}

function complain(error: unknown): number {
  const lines = messageOf(error).split("\n").map(escapeControlCharacters);
  stderr.print(`pulumi-vpnaas: ${lines.join("\n")}`);
  return 1;
}

/** The exit status; if an output cannot be written, reports that and returns its status. */
async function statusAfterWriting(status: number): Promise<number> {
  for (const stream of [stdout, stderr]) {
    const failure = await stream.failure();
    if (failure !== undefined) status = complain(failure);
  }
  return status;
}

void main(process.argv.slice(2))
  .catch(complain)
  .then(statusAfterWriting)
  // Does not wait for open requests, such as those of an interrupted --watch.
  .then((status) => process.exit(status));
