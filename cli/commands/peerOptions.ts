import { resolve } from "node:path";
import { parseArgs } from "node:util";

import { formatNames, isFormatName, type FormatName } from "../../provider/tunnel/formats";
import { readOptions, UsageError } from "../usage";
import {
  CONNECTION_OPTIONS,
  connectionOptionsOf,
  type ConnectionOptions,
} from "./connectionOptions";

/** The output of `pulumi-vpnaas peer --help`. */
export const peerHelp = `Usage: pulumi-vpnaas peer [CONNECTION] --format FORMAT [options]

Prints the configuration of a connection's peer: the other end of its tunnel. Only reads.

CONNECTION is the name of the resource, the name in the cloud or the id; without it, the only
connection of the stack.

  --format FORMAT        ${formatNames.join(", ")}
  --formats              list the formats and what each was tried on

The connection:
  --stack NAME           a stack of the Pulumi project in this folder (default: the selected one)
  --cwd DIR              folder of the Pulumi program (default: this one)
  --connection ID        without a stack: read everything from the cloud of the environment
  --cloud NAME           with --connection: entry of clouds.yaml

The text:
  --psk KEY              current; next (of the PreSharedKey in the stack, for a rotation); none
                         (default: current)
  --out FILE             write a file that only its owner may read; never replaces a file that this
                         command has not written
  --show-secrets         show the key on a terminal; files and pipes always get it
  --networks LIST        networks behind the VPN service, separated by commas (default: its subnets)
  --cloud-address A      address that the peer connects to, such as a floating IP, or the global IP
                         of K5 (default: the external address of the VPN service)
  --peer-address A       address of the peer, or any for a peer behind a NAT (default: peerAddress)
  --peer-interface NAME  the device's interface towards the cloud, such as port1; fortios, ios-xe and
                         junos need it
  --debug                a line for every request, on stderr

Exit status: 0 for a text; 1 if the format cannot express the tunnel, anything cannot be read or
written, or an option is invalid.
`;

/** The options of `pulumi-vpnaas peer`. */
export interface PeerOptions extends ConnectionOptions {
  /** Undefined for `--formats`. */
  readonly format: FormatName | undefined;
  readonly psk: "current" | "next" | "none";
  /** Absolute path. */
  readonly out: string | undefined;
  readonly showSecrets: boolean;
  readonly peerInterface: string | undefined;
}

/**
 * Reads the options of `pulumi-vpnaas peer`.
 * @throws UsageError
 */
export function peerOptionsOf(args: string[]): PeerOptions {
  const { values, positionals } = readOptions(() =>
    parseArgs({
      args,
      allowPositionals: true,
      options: {
        ...CONNECTION_OPTIONS,
        format: { type: "string" },
        formats: { type: "boolean", default: false },
        psk: { type: "string", default: "current" },
        out: { type: "string" },
        "show-secrets": { type: "boolean", default: false },
        "peer-interface": { type: "string" },
      },
    }),
  );
  const choice = connectionOptionsOf("peer", values, positionals);
  const { psk } = values;
  if (psk !== "current" && psk !== "next" && psk !== "none") {
    throw new UsageError(`--psk accepts current, next or none, not "${psk}"`);
  }
  if (psk === "next" && choice.isInCloud) {
    throw new UsageError("--psk next needs a stack: its PreSharedKey has the next key");
  }
  return {
    ...choice,
    format: values.formats ? undefined : formatIn(values.format),
    psk,
    out: values.out === undefined ? undefined : resolve(values.out),
    showSecrets: values["show-secrets"],
    peerInterface: values["peer-interface"],
  };
}

function formatIn(format: string | undefined): FormatName {
  const list = formatNames.join(", ");
  if (format === undefined) throw new UsageError(`--format is missing: ${list}`);
  if (isFormatName(format)) return format;
  throw new UsageError(`--format accepts ${list}, not "${format}"`);
}
