import { labelOf } from "../draft";
import { declaredIds, noteService, otherAddress } from "./neutron";
import type { Format } from "./format";

/** A Pulumi program of this package for a second Neutron. The key comes from the configuration. */
export const pulumi: Format = {
  title: "a program of pulumi-vpnaas",
  comment: "//",
  trial: "Compiles with this package, not tried on a cloud.",
  render: (draft) => {
    const { end } = draft;
    const name = labelOf(end);
    const { ike, ipsec, dpd } = end;
    const { localId, peerId } = declaredIds(draft);
    noteService(draft);
    draft.note("The key is the secret `psk` of the configuration: `--format json` has its value.");
    const hasGroups = end.local.networks.length > 1;
    const policy = (own: typeof ike | typeof ipsec) => ({
      authAlgorithm: own.integrity,
      encryptionAlgorithm: own.encryption,
      pfs: own.group,
      lifetime: { value: own.lifetime },
    });
    return [
      'import * as pulumi from "@pulumi/pulumi";',
      'import * as vpnaas from "pulumi-vpnaas";',
      "",
      "const config = new pulumi.Config();",
      ...resource("ike", "IkePolicy", name, {
        ...policy(ike),
        ikeVersion: ike.version,
        phase1NegotiationMode: ike.mode,
      }),
      ...resource("ipsec", "IpsecPolicy", name, {
        ...policy(ipsec),
        transformProtocol: ipsec.protocol,
        encapsulationMode: ipsec.mode,
      }),
      ...resource("service", "VpnService", name, {
        routerId: code('config.require("routerId")'),
        ...(!hasGroups && { subnetId: code('config.require("subnetId")') }),
      }),
      ...(hasGroups
        ? [
            ...resource("local", "EndpointGroup", `${name}-local`, {
              type: "subnet",
              endpoints: code('config.requireObject<string[]>("subnetIds")'),
            }),
            ...resource("peer", "EndpointGroup", `${name}-peer`, {
              type: "cidr",
              endpoints: end.remote.networks,
            }),
          ]
        : []),
      ...resource("connection", "IpsecSiteConnection", name, {
        vpnServiceId: code("service.id"),
        ikePolicyId: code("ike.id"),
        ipsecPolicyId: code("ipsec.id"),
        peerAddress: otherAddress(draft),
        peerId,
        ...(localId !== "" && { localId }),
        ...(hasGroups
          ? { localEpGroupId: code("local.id"), peerEpGroupId: code("peer.id") }
          : { peerCidrs: end.remote.networks }),
        psk: code('config.requireSecret("psk")'),
        initiator: end.local.initiates ? "bi-directional" : "response-only",
        dpd,
        mtu: end.mtu,
      }),
      "",
      "export const status = connection.status;",
    ];
  },
};

/** Source code in place of a value. */
class Code {
  constructor(readonly text: string) {}
}

function code(text: string): Code {
  return new Code(text);
}

function resource(variable: string, type: string, name: string, args: object): string[] {
  const lines = Object.entries(args).map(([key, value]) => `  ${key}: ${literal(value)},`);
  return ["", `const ${variable} = new vpnaas.${type}("${name}", {`, ...lines, "});"];
}

function literal(value: unknown): string {
  if (value instanceof Code) return value.text;
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, one]) => `${key}: ${literal(one)}`);
  return `{ ${members.join(", ")} }`;
}
