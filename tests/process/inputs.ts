/** Inputs of each kind, in a program's notation and in that of the API. */
import type { Simulator } from "../../simulator";
import type { Parents } from "../support/harness/api";
import type { Kind } from "../support/harness/kinds";
import type { Properties } from "../support/harness/providerProcess";

/** The required inputs of a kind, except the name. */
export function leastOf(
  kind: Kind,
  { parents, sim }: { readonly parents: Parents; readonly sim: Pick<Simulator, "fixture"> },
): Properties {
  const { routerId, subnetId } = sim.fixture;
  switch (kind) {
    case "VpnService":
      return { routerId, subnetId };
    case "EndpointGroup":
      return { type: "cidr", endpoints: ["10.5.0.0/24", "10.6.0.0/24"] };
    case "IkePolicy":
    case "IpsecPolicy":
      return {};
    case "IpsecSiteConnection":
      return {
        ...parents,
        peerAddress: "198.51.100.7",
        peerId: "198.51.100.7",
        peerCidrs: ["10.2.0.0/24"],
        psk: "a pre-shared key",
      };
  }
}

const LOCAL = ["waitFor", "timeouts", "adopt", "cloud", "__provider"];

/** Inputs under their wire names, without those that the API does not know. */
export function wireOf(inputs: Properties): Properties {
  return Object.fromEntries(
    Object.entries(inputs)
      .filter(([name]) => !LOCAL.includes(name))
      .map(([name, value]) => [
        /^(vpnService|ikePolicy|ipsecPolicy)Id$/.test(name)
          ? name.replace("Id", "_id").toLowerCase()
          : name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
        value,
      ]),
  );
}
