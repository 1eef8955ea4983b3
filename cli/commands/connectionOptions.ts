import { isAddress, isCidr } from "../../provider/validation/net";
import { UsageError } from "../usage";

/** The options that choose a connection, for `parseArgs`. */
export const CONNECTION_OPTIONS = {
  stack: { type: "string" },
  cwd: { type: "string" },
  connection: { type: "string" },
  cloud: { type: "string" },
  networks: { type: "string" },
  "cloud-address": { type: "string" },
  "peer-address": { type: "string" },
  debug: { type: "boolean", default: false },
} as const;

/** The chosen connection, and facts that replace those of its cloud. */
export interface ConnectionOptions {
  /** Undefined for the only connection of the stack, or for each of them. */
  readonly connection: string | undefined;
  readonly stack: string | undefined;
  readonly cwd: string | undefined;
  /** Whether `connection` is an id in a cloud, without a stack. */
  readonly isInCloud: boolean;
  readonly cloud: string | undefined;
  readonly networks: readonly string[] | undefined;
  readonly cloudAddress: string | undefined;
  readonly peerAddress: string | undefined;
  readonly debug: boolean;
}

/** The values that `parseArgs` has for {@link CONNECTION_OPTIONS}. */
interface ConnectionValues {
  readonly stack?: string | undefined;
  readonly cwd?: string | undefined;
  readonly connection?: string | undefined;
  readonly cloud?: string | undefined;
  readonly networks?: string | undefined;
  readonly "cloud-address"?: string | undefined;
  readonly "peer-address"?: string | undefined;
  readonly debug: boolean;
}

/**
 * Reads the options that choose a connection.
 * @throws UsageError
 */
export function connectionOptionsOf(
  verb: string,
  values: ConnectionValues,
  positionals: readonly string[],
): ConnectionOptions {
  const empty = Object.entries(values).find(([, value]) => value === "");
  if (empty !== undefined) throw new UsageError(`--${empty[0]} has no value`);
  if (positionals.length > 1) throw new UsageError(`${verb} accepts one connection`);
  const [name] = positionals;
  const { connection, stack, cloud, networks } = values;
  if (connection !== undefined && (name !== undefined || stack !== undefined)) {
    throw new UsageError("--connection excludes the name of a connection and --stack");
  }
  if (cloud !== undefined && connection === undefined) {
    throw new UsageError("--cloud needs --connection: a stack has its clouds itself");
  }
  return {
    connection: connection ?? name,
    stack,
    cwd: values.cwd,
    isInCloud: connection !== undefined,
    cloud,
    networks: networks === undefined ? undefined : networksIn(networks),
    cloudAddress: addressIn("cloud-address", values["cloud-address"]),
    peerAddress: addressIn("peer-address", values["peer-address"], "any"),
    debug: values.debug,
  };
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
