import { causesFor } from "../../unit/support/causes";
import type { TunnelParameters } from "../../unit/support/tunnels";

/** A version of IKE. */
export type Version = "v1" | "v2";

/** A tunnel with one cause of trouble, or none. */
export interface TunnelCase {
  /** The cause. */
  readonly title: string;
  /** The tunnel for which the office is configured; absent for that of the cloud. */
  readonly peer?: TunnelParameters;
  /** A change of the office's file. */
  readonly edit?: (text: string) => string;
  /** Whether the packets of the cloud are dropped. */
  readonly isBlocked?: boolean;
  /** Whether a tunnel comes up. */
  readonly status: "ACTIVE" | "DOWN";
  /** Whether the cloud renews the keys of phase 2 before the diagnosis. */
  readonly isRekeyed?: boolean;
  /** The finding that names the cause by the office's file, as `verdict property`; absent for a right tunnel. */
  readonly finding?: string;
}

/** The causes after which both ends agree on a tunnel. IKE v2 compares PFS groups at the first rekey only. */
const ACTIVE: Readonly<Record<Version, readonly string[]>> = {
  v1: ["a narrower network", "a wider network", "another lifetime"],
  v2: ["a narrower network", "a wider network", "another lifetime", "another PFS group", "no PFS"],
};

/** The 16 causes for a version of IKE, and a right tunnel. */
export function casesFor(version: Version): TunnelCase[] {
  const changed = causesFor(version).map(({ title, peer, verdict, property }) => ({
    title,
    peer,
    finding: `${verdict} ${property}`,
  }));
  const others = [
    {
      title: "no PFS",
      edit: (text: string) => text.replace(/(esp_proposals = \S+)-modp2048/, "$1"),
      finding: "problem ipsecPolicy.pfs",
    },
    { title: "no connection", edit: () => "connections {\n}\n", finding: "problem peerAddress" },
    { title: "packets do not arrive", isBlocked: true, finding: "problem status" },
  ];
  const wrong = [...changed, ...others].map((one): TunnelCase => {
    const isActive = ACTIVE[version].includes(one.title);
    const isRekeyed = isActive && one.title.includes("PFS");
    return { ...one, status: isActive ? "ACTIVE" : "DOWN", isRekeyed };
  });
  return [...wrong, { title: "right", status: "ACTIVE" }];
}
