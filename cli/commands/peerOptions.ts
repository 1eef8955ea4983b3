import { resolve } from "node:path";
import { parseArgs } from "node:util";

import { formatNames, isFormatName, type FormatName } from "../../provider/tunnel/formats";
import { isAddress, isCidr } from "../../provider/validation/net";
import { readOptions, UsageError } from "../usage";

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
export interface PeerOptions {
  /** Undefined for `--formats`. */
  readonly format: FormatName | undefined;
  readonly connection: string | undefined;
  readonly stack: string | undefined;
  readonly cwd: string | undefined;
  /** Whether `connection` is an id in a cloud, without a stack. */
  readonly isInCloud: boolean;
  readonly cloud: string | undefined;
  readonly psk: "current" | "next" | "none";
  /** Absolute path. */
  readonly out: string | undefined;
  readonly showSecrets: boolean;
  readonly networks: readonly string[] | undefined;
  readonly cloudAddress: string | undefined;
  readonly peerAddress: string | undefined;
  readonly peerInterface: string | undefined;
  readonly debug: boolean;
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
        format: { type: "string" },
        formats: { type: "boolean", default: false },
        stack: { type: "string" },
        cwd: { type: "string" },
        connection: { type: "string" },
        cloud: { type: "string" },
        psk: { type: "string", default: "current" },
        out: { type: "string" },
        "show-secrets": { type: "boolean", default: false },
        networks: { type: "string" },
        "cloud-address": { type: "string" },
        "peer-address": { type: "string" },
        "peer-interface": { type: "string" },
        debug: { type: "boolean", default: false },
      },
    }),
  );
  const empty = Object.entries(values).find(([, value]) => value === "");
  if (empty !== undefined) throw new UsageError(`--${empty[0]} has no value`);
  if (positionals.length > 1) throw new UsageError("peer accepts one connection");
  const [name] = positionals;
  const { connection, stack, cloud, psk } = values;
  if (connection !== undefined && (name !== undefined || stack !== undefined)) {
    throw new UsageError("--connection excludes the name of a connection and --stack");
  }
  if (cloud !== undefined && connection === undefined) {
    throw new UsageError("--cloud needs --connection: a stack has its clouds itself");
  }
  if (psk !== "current" && psk !== "next" && psk !== "none") {
    throw new UsageError(`--psk accepts current, next or none, not "${psk}"`);
  }
  if (psk === "next" && connection !== undefined) {
    throw new UsageError("--psk next needs a stack: its PreSharedKey has the next key");
  }
  return {
    format: values.formats ? undefined : formatIn(values.format),
    connection: connection ?? name,
    stack,
    cwd: values.cwd,
    isInCloud: connection !== undefined,
    cloud,
    psk,
    out: values.out === undefined ? undefined : resolve(values.out),
    showSecrets: values["show-secrets"],
    networks: values.networks === undefined ? undefined : networksIn(values.networks),
    cloudAddress: addressIn("cloud-address", values["cloud-address"]),
    peerAddress: addressIn("peer-address", values["peer-address"], "any"),
    peerInterface: values["peer-interface"],
    debug: values.debug,
  };
}

function formatIn(format: string | undefined): FormatName {
  const list = formatNames.join(", ");
  if (format === undefined) throw new UsageError(`--format is missing: ${list}`);
  if (isFormatName(format)) return format;
  throw new UsageError(`--format accepts ${list}, not "${format}"`);
}

function networksIn(list: string): string[] {
  const networks = list.split(",").map((one) => one.trim());
  const wrong = networks.find((one) => !isCidr(one));
  if (wrong === undefined) return networks;
  throw new UsageError(`--networks accepts networks such as 10.1.0.0/24, not "${wrong}"`);
}

function addressIn(option: string, value: string | undefined, other?: string): string | undefined {
  if (value === undefined || value === other || isAddress(value)) return value;
  const or = other === undefined ? "" : ` or ${other}`;
  throw new UsageError(`--${option} accepts an IPv4 or IPv6 address${or}, not "${value}"`);
}
