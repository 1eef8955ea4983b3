import { labelOf } from "../../tunnel/draft";
import type { TunnelView } from "../../tunnel/tunnelView";
import type { Finding } from "../finding";
import { detailsOf } from "./details";
import {
  type CauseLine,
  CAUSE_LINES,
  DAEMON_LINE,
  PHASE_1,
  PHASE_1_BEGIN,
  PHASE_1_END,
  PHASE_2,
} from "./lines";
import { loggedDifferences } from "./proposals";

/** Whether a text is the log of strongSwan or of libreswan; an empty one may be. */
export function isPeerLog(text: string): boolean {
  return text.trim() === "" || DAEMON_LINE.test(text);
}

/**
 * The causes in the log of a peer since the tunnel was last up, each once. `view` is that of the
 * cloud's end: lines about other addresses do not count.
 */
export function readPeerLog(text: string, view: TunnelView): Finding[] {
  const address = view.local.address ?? "";
  const state = new LogState(address);
  for (const line of linesOf(text, labelOf(view))) {
    if (state.accepts(line)) state.read(line, view);
  }
  return state.hasPackets || text.includes(address) ? state.findings() : [nothingArrives(address)];
}

/** The lines of a log. libreswan's lines about another connection do not count if one has the name that `peer` writes. */
function linesOf(text: string, name: string): string[] {
  const lines = text.split(/\r?\n/);
  const nameIn = (line: string) => /"([^"\s/]+)(?:\/\S+)?"(?:\[\d+\] \S+)? #\d+: /.exec(line)?.[1];
  const hasOwn = lines.some((line) => nameIn(line) === name);
  return hasOwn ? lines.filter((line) => [undefined, name].includes(nameIn(line))) : lines;
}

function nothingArrives(address: string): Finding {
  return {
    verdict: "problem",
    property: "status",
    cloud: address,
    text: `The log of the peer has no line about ${address}: no packet of the cloud arrives.`,
    cure: "Check that firewalls at both ends pass UDP 500, UDP 4500 and ESP, and that the log covers the attempt.",
  };
}

/** The messages of a thread of strongSwan, whose lines name no address. */
interface Thread {
  readonly address: string;
  received?: string;
  configured?: string;
}

/** The state while a log is read. */
class LogState {
  private readonly threads = new Map<string, Thread>();
  private thread: Thread | undefined;
  private found = new Map<string, Finding>();
  /** The first consequence, for a log that names no cause. */
  private consequence: Finding | undefined;
  /** Whether phase 1 is up without phase 2. */
  private isHalf = false;
  /** Whether a line shows a negotiation with the cloud. libreswan rarely logs an address. */
  hasPackets = false;

  constructor(private readonly address: string) {}

  findings(): Finding[] {
    const causes = [...this.found.values()];
    return causes.length > 0 || this.consequence === undefined ? causes : [this.consequence];
  }

  /** Whether a line may be about the cloud's end. Records the thread and its address. */
  accepts(line: string): boolean {
    const number = /(?:^|\s)(\d\d)\[[A-Z]{3}\] /.exec(line)?.[1];
    const from = /(?:received packet: from |packet from )([0-9a-f.:]+?)(?:\[\d+\]|:\d+:)/i.exec(
      line,
    );
    if (number === undefined) {
      this.thread = undefined;
      return from === null || from[1] === this.address;
    }
    if (from !== null) this.threads.set(number, { address: from[1]! });
    this.thread = this.threads.get(number) ?? { address: this.address };
    this.threads.set(number, this.thread);
    return this.thread.address === this.address;
  }

  read(line: string, view: TunnelView): void {
    this.keepProposals(line);
    this.hasPackets ||= PHASE_1.test(line) || PHASE_2.test(line);
    if (PHASE_2.test(line)) {
      this.found.clear();
      this.consequence = undefined;
      this.isHalf = false;
    } else if (PHASE_1.test(line)) {
      this.isHalf = true;
    } else if (PHASE_1_BEGIN.test(line)) {
      this.isHalf = false;
    }
    for (const one of detailsOf(line, view)) this.add(one);
    const cause = CAUSE_LINES.find(({ pattern }) => pattern.test(line));
    if (cause !== undefined) this.addCause(line, cause);
    if (PHASE_1_END.test(line)) this.endPhase1();
  }

  private addCause(line: string, cause: CauseLine) {
    const { pattern, cure } = cause;
    const { property, text } = (this.isHalf ? cause.inPhase2 : undefined) ?? cause;
    const { received, configured } = this.thread ?? {};
    const isProposal = /Policy$/.test(property) && received !== undefined;
    const details = isProposal ? loggedDifferences({ received, configured: configured ?? "" }) : [];
    for (const one of details) this.add(one);
    if (details.length > 0) return;
    const group = pattern.exec(line)?.[1] ?? "";
    const finding: Finding = {
      verdict: "problem",
      property,
      text: text.replace("$1", () => group),
      cure,
    };
    if (cause.isConsequence) {
      this.hasPackets = true;
      this.consequence ??= finding;
    } else this.add(finding);
  }

  private endPhase1(): void {
    if (this.isHalf && this.found.size === 0) {
      this.add({
        verdict: "problem",
        property: "peerId",
        text: "The cloud ended phase 1 at once, as it does if it expects another identity.",
        cure: "Compare peerId with the identity that the peer presents.",
      });
    }
    this.isHalf = false;
  }

  private keepProposals(line: string): void {
    const [, which, proposals] = /\[CFG\] (received|configured) proposals: (.*)$/.exec(line) ?? [];
    if (this.thread === undefined || which === undefined) return;
    this.thread[which as "received" | "configured"] = proposals!;
  }

  private add(finding: Finding): void {
    this.hasPackets = true;
    this.found.set(JSON.stringify([finding.property, finding.peer, finding.text]), finding);
  }
}
