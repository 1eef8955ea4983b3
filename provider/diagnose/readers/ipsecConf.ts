import type { ChildSettings, EndSettings, PeerSettings, Proposals } from "../peerSettings";
import { endWith } from "./identities";
import { parseConf, type ConfSection } from "./ipsecConfSyntax";
import { keysIn } from "./ipsecSecrets";
import type { Reader } from "./reader";
import { addressesOf, isYes, networksOf, secondsOf } from "./values";
import { proposalsOf } from "./words";

type ConfValues = ConfSection["values"];

/** ipsec.conf of strongSwan and of libreswan; their keys show which one it is. An ipsec.secrets may follow in the same text. */
export const ipsecConf: Reader = {
  title: "ipsec.conf (strongSwan, libreswan)",
  recognizes: (text) => /^conn\s+\S/m.test(text),
  read: (text, cloudAddress) => {
    const isLibreswan = /^\s+(?:ikev2|phase2|phase2alg|salifetime|(?:left|right)subnets)\s*=/m.test(
      text,
    );
    const connections = parseConf(text)
      .filter(({ values, isPart }) => !isPart || /start|add|route|ondemand/.test(autoOf(values)))
      .filter(({ values }) => /^(?:tunnel|transport)?$/.test(values.get("type") ?? ""))
      .map((one) => connectionOf(one, isLibreswan, cloudAddress))
      .map((one) => ({ ...one, ...(isLibreswan && libreswanLimits(text)) }));
    return { connections: merged(connections), keys: keysIn(text) };
  },
};

/** Seen with libreswan 4.10 of Debian 12: tests/fixtures/peerLogs/libreswan. */
function libreswanLimits(text: string): Partial<PeerSettings> {
  const hasOption = /^\s+ikev1-policy\s*=\s*accept/m.test(text);
  return {
    needsEqualNetworks: true,
    missingV1Option: hasOption ? undefined : "ikev1-policy=accept",
  };
}

function autoOf(values: ConfValues): string {
  return values.get("auto") ?? "";
}

/** Either side may be the peer's own: the other one has the address of the cloud. */
function connectionOf(
  { name, values }: ConfSection,
  isLibreswan: boolean,
  cloudAddress: string,
): PeerSettings {
  const isMirrored = addressesOf(values.get("left"))?.includes(cloudAddress) === true;
  const [own, other] = isMirrored ? (["right", "left"] as const) : (["left", "right"] as const);
  const ike = values.get("ike");
  const proposals = ike === undefined ? undefined : ikeProposals(ike, isLibreswan);
  return {
    name,
    local: endOf(own, values),
    remote: endOf(other, values),
    ike: {
      versions: versionsOf(values, isLibreswan),
      mode: isYes(values.get("aggressive") ?? values.get("aggrmode")) ? "aggressive" : "main",
      proposals,
      lifetime: secondsOf(values.get("ikelifetime")),
    },
    children: [childOf(own, other, values, isLibreswan, proposals)],
    initiates: /start|route|ondemand|up|keep/.test(autoOf(values)),
  };
}

function versionsOf(values: ConfValues, isLibreswan: boolean): string[] {
  const exchange = /^ikev([12])$/.exec(values.get("keyexchange") ?? "")?.[1];
  if (exchange !== undefined) return [`v${exchange}`];
  const ikev2 = values.get("ikev2");
  if (/^(?:no|never)$/.test(ikev2 ?? "")) return ["v1"];
  if (/^(?:permit|propose)$/.test(ikev2 ?? "") || !isLibreswan) return ["v1", "v2"];
  return ["v2"];
}

/** strongSwan adds its defaults without `!`; libreswan adds groups of its own if there are none. */
function ikeProposals(text: string, isLibreswan: boolean): Proposals {
  const { list, hasDefaults } = proposalsIn(text, isLibreswan);
  return { list, hasDefaults: hasDefaults || list.some(({ group }) => group.length === 0) };
}

function proposalsIn(text: string, isLibreswan: boolean): Proposals {
  const { list, hasDefaults } = proposalsOf(text.replace("!", ""));
  return { list, hasDefaults: hasDefaults || (!isLibreswan && !text.includes("!")) };
}

function endOf(side: "left" | "right", values: ConfValues): EndSettings {
  return endWith(addressesOf(values.get(side)), values.get(`${side}id`));
}

function childOf(
  own: "left" | "right",
  other: "left" | "right",
  values: ConfValues,
  isLibreswan: boolean,
  ike: Proposals | undefined,
): ChildSettings {
  const networks = (side: string) =>
    networksOf(values.get(`${side}subnet`) ?? values.get(`${side}subnets`));
  const protocol = values.has("ah") || values.get("phase2") === "ah" ? "ah" : "esp";
  const text = values.get(protocol) ?? values.get("phase2alg");
  const proposals = text === undefined ? undefined : proposalsIn(text, isLibreswan);
  return {
    local: networks(own),
    remote: networks(other),
    protocol,
    mode: values.get("type") ?? "tunnel",
    proposals: isLibreswan && proposals ? withGroup(proposals, values.get("pfs"), ike) : proposals,
    lifetime: secondsOf(
      values.get("salifetime") ?? values.get("lifetime") ?? values.get("keylife"),
    ),
  };
}

/** libreswan uses the group of phase 1 if phase 2 names none, unless `pfs=no` (ipsec.conf(5)). */
function withGroup(
  { list, hasDefaults }: Proposals,
  pfs: string | undefined,
  ike: Proposals | undefined,
): Proposals {
  const isOff = pfs !== undefined && !isYes(pfs);
  const groups = ike?.list.flatMap(({ group }) => group) ?? [];
  const complete = list.map((one) => {
    if (isOff) return { ...one, group: [] };
    return one.group.length > 0 ? one : { ...one, group: groups };
  });
  return { list: complete, hasDefaults };
}

/** Connections with equal ends and an equal phase 1 share it: each adds its networks. */
function merged(connections: readonly PeerSettings[]): PeerSettings[] {
  const all = new Map<string, PeerSettings>();
  for (const one of connections) {
    const key = JSON.stringify([one.local, one.remote, one.ike]);
    const known = all.get(key);
    all.set(
      key,
      known === undefined ? one : { ...known, children: [...known.children, ...one.children] },
    );
  }
  return [...all.values()];
}
