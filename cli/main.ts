#!/usr/bin/env node
import { messageOf } from "../provider/errors";
import { escapeControlCharacters } from "../provider/controlCharacters";
import { version } from "../provider/version";
import { stderr, stdout } from "./io/output";
import { UsageError } from "./usage";

/** A verb; its module is loaded when it runs. */
interface Verb {
  readonly summary: string;
  readonly load: () => Promise<{
    /** Resolves with the exit status. */
    readonly run: (args: string[]) => Promise<number>;
    readonly help: string;
  }>;
}

const verbs: Readonly<Record<string, Verb>> = {
  diagnose: {
    summary: "compare both ends of a tunnel, and name the reasons why it is DOWN",
    load: async () => {
      const { diagnose } = await import("./commands/diagnose.js");
      const { diagnoseHelp } = await import("./commands/diagnoseOptions.js");
      return { run: diagnose, help: diagnoseHelp };
    },
  },
  doctor: {
    summary: "check the settings, the login and the cloud of a program",
    load: async () => {
      const { doctor, doctorHelp } = await import("./commands/doctor.js");
      return { run: doctor, help: doctorHelp };
    },
  },
  drift: {
    summary: "compare stacks with their clouds: drifted, gone, unmanaged, down",
    load: async () => {
      const { drift } = await import("./commands/drift.js");
      const { driftHelp } = await import("./commands/driftOptions.js");
      return { run: drift, help: driftHelp };
    },
  },
  import: {
    summary:
      "print the file by which `pulumi import` adopts the objects of Terraform or @pulumi/openstack",
    load: async () => {
      const { importObjects, importHelp } = await import("./commands/import.js");
      return { run: importObjects, help: importHelp };
    },
  },
  peer: {
    summary: "print the configuration of a connection's peer: strongSwan, VyOS and others",
    load: async () => {
      const { peer } = await import("./commands/peer.js");
      const { peerHelp } = await import("./commands/peerOptions.js");
      return { run: peer, help: peerHelp };
    },
  },
  simulate: {
    summary: "run an OpenStack cloud with VPNaaS in memory, for experiments",
    load: async () => {
      const { simulate, simulateHelp } = await import("./commands/simulate.js");
      return { run: simulate, help: simulateHelp };
    },
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
    stdout.write(args[0] === undefined ? help : (await verbNamed(args[0]).load()).help);
    return 0;
  }
  const verb = await verbNamed(name).load();
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
