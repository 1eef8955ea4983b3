import type { ChildSettings, EndSettings, PeerSettings } from "../peerSettings";
import { endWith } from "./identities";
import type { KeyEntry, Reader } from "./reader";
import { parseSections, type Section } from "./swanctlSyntax";
import { addressesOf, isYes, keyOf, networksOf, secondsOf } from "./values";
import { proposalsOf } from "./words";

/** swanctl.conf of strongSwan. */
export const swanctl: Reader = {
  title: "swanctl.conf",
  recognizes: (text) => /^\s*(?:connections|secrets)\s*\{/m.test(text),
  read: (text) => {
    const root = parseSections(text);
    const connections = root.sections.get("connections")?.sections ?? new Map<string, Section>();
    const secrets = root.sections.get("secrets")?.sections ?? new Map<string, Section>();
    return {
      connections: [...connections].map(([name, section]) => connectionOf(name, section)),
      keys: [...secrets]
        .filter(([name]) => name.startsWith("ike"))
        .flatMap(([, section]) => keyIn(section)),
    };
  },
};

function connectionOf(name: string, section: Section): PeerSettings {
  const { values, sections } = section;
  const proposals = values.get("proposals");
  const children = [...(sections.get("children")?.sections.values() ?? [])];
  return {
    name,
    local: endOf("local", section),
    remote: endOf("remote", section),
    ike: {
      versions: VERSIONS[values.get("version") ?? "0"] ?? ["v1", "v2"],
      mode: isYes(values.get("aggressive")) ? "aggressive" : "main",
      proposals: proposals === undefined ? undefined : proposalsOf(proposals),
      lifetime: secondsOf(values.get("rekey_time") ?? values.get("reauth_time")),
    },
    children: children.map(childOf),
    initiates: children.some((one) => /start|trap/.test(one.values.get("start_action") ?? "")),
  };
}

const VERSIONS: Readonly<Record<string, readonly string[]>> = { 1: ["v1"], 2: ["v2"] };

function endOf(side: "local" | "remote", { values, sections }: Section): EndSettings {
  const auth = [...sections].find(([name]) => new RegExp(`^${side}(?:-|$)`).test(name))?.[1];
  return endWith(addressesOf(values.get(`${side}_addrs`)), auth?.values.get("id"));
}

function childOf({ values }: Section): ChildSettings {
  const protocol = values.has("ah_proposals") ? "ah" : "esp";
  const proposals = values.get(`${protocol}_proposals`);
  return {
    local: networksOf(values.get("local_ts")),
    remote: networksOf(values.get("remote_ts")),
    protocol,
    mode: values.get("mode") ?? "tunnel",
    proposals: proposals === undefined ? undefined : proposalsOf(proposals),
    lifetime: secondsOf(values.get("life_time") ?? values.get("rekey_time")),
  };
}

function keyIn({ values }: Section): KeyEntry[] {
  const secret = values.get("secret");
  if (secret === undefined) return [];
  const ids = [...values].filter(([key]) => /^id(?:-|$)/.test(key)).map(([, id]) => id);
  return [{ ids, psk: keyOf(secret) }];
}
