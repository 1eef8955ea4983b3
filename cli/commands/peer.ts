import type { Clouds } from "../../provider/drift/clouds";
import { gatherView } from "../../provider/peer/gatherView";
import { cloudSource, type TunnelSource } from "../../provider/peer/source";
import { connectionOf, nextKeyOf, stackSource } from "../../provider/peer/stackSource";
import { formats } from "../../provider/tunnel/formats";
import {
  AUTHOR,
  peerConfigurationOf,
  type KeyDisplay,
} from "../../provider/tunnel/peerConfiguration";
import type { TunnelView } from "../../provider/tunnel/tunnelView";
import { writeOwnFile } from "../io/files";
import { stderr, stdout } from "../io/output";
import { enterFolder } from "../io/workingFolder";
import { readOneStack } from "../pulumi/stacks";
import { ACCESS } from "../pulumi/stackState";
import { openClouds } from "./openClouds";
import { peerOptionsOf, type PeerOptions } from "./peerOptions";

/**
 * `pulumi-vpnaas peer`: prints the configuration of the peer of a connection. Resolves with the exit
 * status 0.
 * @throws UsageError for invalid options; Error for a tunnel that the format cannot express, and for
 * a stack, a cloud or a file. Nothing is then printed or written.
 */
export async function peer(args: string[]): Promise<number> {
  const options = peerOptionsOf(args);
  const { format, out, showSecrets, peerInterface } = options;
  if (format === undefined) {
    for (const [name, { title, trial }] of Object.entries(formats)) {
      stdout.print(`${name.padEnd(15)}${title}. ${trial}`);
    }
    return 0;
  }
  enterFolder(options.cwd);
  const clouds = openClouds(options.debug);
  const view = await (options.isInCloud
    ? viewOfCloud(clouds, options)
    : viewOfStack(clouds, options));
  const isHidden = out === undefined && stdout.isTerminal && !showSecrets;
  const display: KeyDisplay = options.psk === "none" ? "none" : isHidden ? "hidden" : "plain";
  const { text } = peerConfigurationOf(view, format, display, peerInterface);
  if (out === undefined) stdout.write(text);
  else writeOwnFile("The configuration", out, text, AUTHOR);
  if (display === "hidden" && text.includes("<psk>")) {
    stderr.print(
      "The key is hidden on a terminal; --show-secrets, --out FILE and a redirection show it.",
    );
  }
  return 0;
}

async function viewOfCloud(clouds: Clouds, options: PeerOptions): Promise<TunnelView> {
  const environment = { config: () => undefined };
  const { clients } = await clouds.at(environment, options.cloud);
  const source = cloudSource(clients[0]);
  const connection = await source.part("IpsecSiteConnection", options.connection!);
  return gatherView(connection, source, factsOf(options));
}

async function viewOfStack(clouds: Clouds, options: PeerOptions): Promise<TunnelView> {
  const stack = await readOneStack(options.stack);
  const connection = connectionOf(stack, options.connection);
  const { outputs, name, unread } = connection;
  if (options.psk !== "none" && unread.has("psk")) {
    throw new Error(`The psk of ${name} could not be decrypted: ${ACCESS}`);
  }
  let opened: Promise<TunnelSource> | undefined;
  const open = () =>
    (opened ??= clouds.of(stack, connection).then(({ clients }) => cloudSource(clients[0])));
  const facts = factsOf(options);
  const psk = options.psk === "next" ? nextKeyOf(stack, outputs["psk"]) : undefined;
  return gatherView(outputs, stackSource(stack, open), { ...facts, psk });
}

function factsOf({ networks, cloudAddress, peerAddress }: PeerOptions) {
  return { networks, cloudAddress, peerAddress };
}
