import { createSocket } from "node:dgram";
import { networkInterfaces } from "node:os";

import type { TunnelView } from "../../tunnel/tunnelView";
import { canonicalAddress, isIpv6 } from "../../validation/net";
import type { Finding } from "../finding";
import { answerIn, firstPacket, withCookie } from "./packets";

/** How long and where a probe is sent. */
export interface ProbeTarget {
  readonly port: number;
  /** Milliseconds between two attempts. */
  readonly waitMs: number;
  readonly attempts: number;
}

const IKE: ProbeTarget = { port: 500, waitMs: 2_000, attempts: 3 };

/**
 * Sends the first packet of a negotiation to the cloud's end, without a secret and without an end of the
 * negotiation. Meant for the host of the peer: the cloud knows no other address.
 */
export async function probe(view: TunnelView, target = IKE): Promise<Finding> {
  const { local, remote, ike } = view;
  const { address } = local;
  const request = firstPacket(ike);
  if (request === undefined || address === undefined) {
    const text = "The first packet of this policy cannot be composed, so nothing was sent.";
    return { verdict: "open", property: "probe", text };
  }
  const answer = await exchange(request, {
    ...target,
    address,
    source: ownAddress(remote.address),
  });
  const place = `UDP ${target.port} of ${address}`;
  switch (answer) {
    case "accepted":
      return answered(`${place} accepts the proposal of phase 1`);
    case "refused":
      return {
        verdict: "problem",
        property: "probe",
        text: `${place} answers NO_PROPOSAL_CHOSEN: the cloud has no connection for the address of this host, or another proposal.`,
        cure: `Run the probe on the peer, with packets from ${remote.address ?? "its address"}. If it ran there, the VPN agent does not have this connection: ask the operator of the cloud.`,
      };
    case "other":
      return answered(`${place} answers`);
    case undefined:
      return {
        verdict: "problem",
        property: "probe",
        text: `Nothing came back from ${place} in ${target.attempts} attempts.`,
        cure: "Check that firewalls on the way pass UDP 500 and UDP 4500, and that the connection is switched on.",
      };
  }
}

function answered(cloud: string): Finding {
  return { verdict: "ok", property: "probe", cloud, text: "Packets pass in both directions." };
}

/** An address if this host has it. A gateway has several, and the cloud knows one of them. */
function ownAddress(address: string | undefined): string | undefined {
  const own = Object.values(networkInterfaces()).flatMap((one) => one ?? []);
  return own.some((one) => canonicalAddress(one.address) === address) ? address : undefined;
}

/** A target with its address, and the source of the packets; undefined for the choice of the system. */
interface ProbeRoute extends ProbeTarget {
  readonly address: string;
  readonly source: string | undefined;
}

/** The answer of an address; undefined if none arrives. */
async function exchange(
  request: Buffer,
  { port, waitMs, attempts, address, source }: ProbeRoute,
): Promise<"accepted" | "refused" | "other" | undefined> {
  const socket = createSocket(isIpv6(address) ? "udp6" : "udp4");
  let current = request;
  const send = () => socket.send(current, port, address, () => undefined);
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise((resolve) => {
      let sent = 0;
      const attempt = () => {
        if (sent === attempts) resolve(undefined);
        else send();
        sent += 1;
      };
      socket.on("message", (packet) => {
        const answer = answerIn(packet, request);
        if (typeof answer === "object") {
          // An end under load accepts a request only with the cookie that it sent.
          current = withCookie(request, answer.cookie);
          send();
        } else if (answer !== undefined) {
          resolve(answer);
        }
      });
      socket.on("error", () => resolve(undefined));
      socket.bind({ address: source }, () => {
        attempt();
        timer = setInterval(attempt, waitMs);
      });
    });
  } finally {
    clearInterval(timer);
    socket.close();
  }
}
