import { parseArgs } from "node:util";

import { readableFormats } from "../../provider/diagnose/readers";
import { readOptions, UsageError } from "../usage";
import {
  CONNECTION_OPTIONS,
  connectionOptionsOf,
  type ConnectionOptions,
} from "./connectionOptions";

/** The output of `pulumi-vpnaas diagnose --help`. */
export const diagnoseHelp = `Usage: pulumi-vpnaas diagnose [CONNECTION] [options]

Compares both ends of a tunnel and names the reasons why it is DOWN, or will go down though it is
ACTIVE. Only reads, and prints no secret: keys are compared by value and shown as fingerprints.

CONNECTION is the name of the resource, the name in the cloud or the id; without it, every
connection of the stack. Its objects are read from the cloud.

The connection:
  --stack NAME           a stack of the Pulumi project in this folder (default: the selected one)
  --cwd DIR              folder of the Pulumi program (default: this one)
  --connection ID        without a stack: a connection in the cloud of the environment
  --cloud NAME           with --connection: entry of clouds.yaml

The peer (default: a VPN service with the peer's address, in the clouds of the stack):
  --peer-config FILE     its configuration, a file of ${readableFormats.slice(0, 3).join(", ")},
                         ${readableFormats.slice(3).join(", ")}; may be given
                         several times, and - is the standard input
  --peer-log FILE        its log, of strongSwan or libreswan; may be given several times, and -
  --probe                on the host of the peer: send the first packet of a negotiation, without a
                         secret, to UDP 500 of the cloud's end, and read the answer
  --peer-cloud NAME      entry of clouds.yaml with the peer

  --networks LIST        networks behind the VPN service, separated by commas (default: its subnets)
  --cloud-address A      address that the peer connects to, such as a floating IP, or the global IP
                         of K5 (default: the external address of the VPN service)
  --peer-address A       address of the peer, or any for a peer behind a NAT (default: peerAddress)

Output (default: a table; colors on a terminal, unless NO_COLOR is set):
  --json                 JSON, as docs/reference/diagnose.md describes it
  --debug                also a line for every request, on stderr

Exit status: 0 without a problem; 2 with a problem; 1 error: a stack, a cloud or a file could not be
read, the output could not be written, or an option is invalid.
`;

/** The options of `pulumi-vpnaas diagnose`. */
export interface DiagnoseOptions extends ConnectionOptions {
  /** Paths, or `-` for the standard input. */
  readonly peerConfigs: readonly string[];
  readonly peerLogs: readonly string[];
  readonly hasProbe: boolean;
  readonly peerCloud: string | undefined;
  readonly isJson: boolean;
}

/**
 * Reads the options of `pulumi-vpnaas diagnose`.
 * @throws UsageError
 */
export function diagnoseOptionsOf(args: string[]): DiagnoseOptions {
  const { values, positionals } = readOptions(() =>
    parseArgs({
      args,
      allowPositionals: true,
      options: {
        ...CONNECTION_OPTIONS,
        "peer-config": { type: "string", multiple: true, default: [] },
        "peer-log": { type: "string", multiple: true, default: [] },
        "peer-cloud": { type: "string" },
        probe: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
      },
    }),
  );
  for (const name of ["peer-config", "peer-log"] as const) {
    if (values[name].includes("")) throw new UsageError(`--${name} has no value`);
  }
  return {
    ...connectionOptionsOf("diagnose", values, positionals),
    peerConfigs: values["peer-config"],
    peerLogs: values["peer-log"],
    hasProbe: values.probe,
    peerCloud: values["peer-cloud"],
    isJson: values.json,
  };
}
