import type { ChildSettings, EndSettings, PeerSettings, Proposals } from "../peerSettings";
import { endWith } from "./identities";
import type { KeyEntry, Reader } from "./reader";
import { addressesOf, networksOf } from "./values";
import { valueOfWord } from "./words";

/** Commands of VyOS, as `show configuration commands` prints them. */
export const vyos: Reader = {
  title: "vyos",
  recognizes: (text) => /^\s*set vpn ipsec\s/m.test(text),
  read: (text) => {
    const tree = treeOf(text);
    const peers = namesAt(tree, "site-to-site", "peer");
    return {
      connections: peers.map((name) => connectionOf(tree, name)),
      keys: [...keysOf(tree), ...peers.flatMap((name) => oldKeyOf(tree, name))],
    };
  },
};

/** The words of each command after `set vpn ipsec`, without quotes. */
type Tree = readonly (readonly string[])[];

function treeOf(text: string): Tree {
  const commands = [...text.matchAll(/^\s*set vpn ipsec\s+(.*?)\s*$/gm)];
  return commands.map(([, rest]) =>
    [...rest!.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
      ([, single, double, bare]) => single ?? double ?? bare!,
    ),
  );
}

/** The words that follow a path, each once. */
function namesAt(tree: Tree, ...path: readonly string[]): string[] {
  const found = tree.filter((words) => path.every((one, i) => words[i] === one));
  return [...new Set(found.map((words) => words[path.length]))].filter((one) => one !== undefined);
}

function valueAt(tree: Tree, ...path: readonly string[]): string | undefined {
  return namesAt(tree, ...path)[0];
}

function numberAt(tree: Tree, ...path: readonly string[]): number | undefined {
  const number = Number(valueAt(tree, ...path) ?? NaN);
  return Number.isNaN(number) ? undefined : number;
}

function connectionOf(tree: Tree, name: string): PeerSettings {
  const peer = ["site-to-site", "peer", name];
  const group = valueAt(tree, ...peer, "ike-group") ?? "";
  const exchange = /^ikev([12])$/.exec(valueAt(tree, "ike-group", group, "key-exchange") ?? "");
  return {
    name,
    local: endOf(tree, peer, "local"),
    remote: endOf(tree, peer, "remote"),
    ike: {
      versions: exchange === null ? ["v1", "v2"] : [`v${exchange[1]!}`],
      mode: valueAt(tree, "ike-group", group, "mode") ?? "main",
      proposals: proposalsAt(tree, ["ike-group", group], (number) => [
        groupOf(valueAt(tree, "ike-group", group, "proposal", number, "dh-group") ?? "2"),
      ]),
      lifetime: numberAt(tree, "ike-group", group, "lifetime"),
    },
    children: childrenOf(tree, peer, group),
    initiates: (valueAt(tree, ...peer, "connection-type") ?? "initiate") === "initiate",
  };
}

function endOf(tree: Tree, peer: readonly string[], side: "local" | "remote"): EndSettings {
  const addresses = addressesOf(
    (valueAt(tree, ...peer, `${side}-address`) ?? "any").replace(/^any$/, ""),
  );
  return endWith(addresses, valueAt(tree, ...peer, "authentication", `${side}-id`));
}

/** An interface of the type VTI carries every network. */
function childrenOf(tree: Tree, peer: readonly string[], ikeGroup: string): ChildSettings[] {
  const everything = ["0.0.0.0/0", "::/0"];
  const common = valueAt(tree, ...peer, "default-esp-group") ?? "";
  const tunnels = namesAt(tree, ...peer, "tunnel").map((number): ChildSettings => {
    const networks = (side: string) =>
      networksOf(namesAt(tree, ...peer, "tunnel", number, side, "prefix").join(","));
    const esp = valueAt(tree, ...peer, "tunnel", number, "esp-group") ?? common;
    return {
      local: networks("local"),
      remote: networks("remote"),
      ...phase2(tree, esp, ikeGroup),
    };
  });
  const vti = valueAt(tree, ...peer, "vti", "bind");
  if (vti === undefined) return tunnels;
  const esp = valueAt(tree, ...peer, "vti", "esp-group") ?? common;
  return [...tunnels, { local: everything, remote: everything, ...phase2(tree, esp, ikeGroup) }];
}

function phase2(tree: Tree, group: string, ikeGroup: string): ChildSettings {
  const path = ["esp-group", group];
  const pfs = valueAt(tree, ...path, "pfs") ?? "enable";
  const ofPhase1 = namesAt(tree, "ike-group", ikeGroup, "proposal").map((number) =>
    groupOf(valueAt(tree, "ike-group", ikeGroup, "proposal", number, "dh-group") ?? "2"),
  );
  const groups = pfs === "enable" ? ofPhase1 : pfs === "disable" ? [] : [groupOf(pfs)];
  return {
    protocol: "esp",
    mode: valueAt(tree, ...path, "mode") ?? "tunnel",
    proposals: proposalsAt(tree, path, () => groups),
    lifetime: numberAt(tree, ...path, "lifetime"),
  };
}

/** The proposals of a group with VyOS' defaults, aes128 and sha1 (vpn_ipsec.xml.in). */
function proposalsAt(
  tree: Tree,
  path: readonly string[],
  groupsOf: (number: string) => readonly string[],
): Proposals {
  const list = namesAt(tree, ...path, "proposal").map((number) => {
    const word = (key: string) => valueAt(tree, ...path, "proposal", number, key);
    const [cipher, hash] = [word("encryption") ?? "aes128", word("hash") ?? "sha1"];
    return {
      encryption: [valueOfWord("EncryptionAlgorithm", cipher) ?? cipher],
      integrity: [valueOfWord("AuthAlgorithm", hash) ?? hash],
      group: groupsOf(number),
    };
  });
  return { list, hasDefaults: list.length === 0 };
}

/** The value for `14` and for `dh-group14`. */
function groupOf(word: string): string {
  return word.replace(/^(?:dh-group)?(?=\d)/, "group");
}

function keysOf(tree: Tree): KeyEntry[] {
  return namesAt(tree, "authentication", "psk").flatMap((name) => {
    const psk = valueAt(tree, "authentication", "psk", name, "secret");
    const ids = namesAt(tree, "authentication", "psk", name, "id");
    return psk === undefined ? [] : [{ ids, psk }];
  });
}

/** The key as VyOS 1.3 has it, for the address of the peer. */
function oldKeyOf(tree: Tree, name: string): KeyEntry[] {
  const psk = valueAt(tree, "site-to-site", "peer", name, "authentication", "pre-shared-secret");
  return psk === undefined ? [] : [{ ids: [name], psk }];
}
