import { CanceledError, messageOf, type VpnaasError } from "../../errors";
import type { Log } from "../../log";
import { systemClock, type Clock } from "../../wait/clock";
import type { PreflightMode } from "../../preflightMode";
import type { Kind } from "../../schema/resourceType";
import type { NeutronClient } from "../../neutron/client";
import type { Inputs } from "../../values";
import type { OwnershipRegistry } from "../core/ownership";
import { CloudFacts } from "./facts";
import { Declarations, identityOf, type Declaration } from "./declarations";
import type { Declared, Finding, PreflightRule } from "./finding";
import { CLOUD_RULES, RULES } from "./rules";

/** How long a failed login is not repeated. */
const REMEMBERED_MS = 60_000;

/** A resource to be checked. */
export type Subject = Omit<Declared, "others">;

/** The reasons why the cloud would refuse a resource, each with the path of its property. */
export type Failures = readonly string[];

/**
 * The preflight of one cloud in one run: compares declared resources with the cloud, and reports
 * each cause once.
 */
export class Preflight {
  private facts: CloudFacts | undefined;
  private loginFailure: { readonly error: VpnaasError; readonly at: number } | undefined;
  private readonly declarations = new Declarations();
  /** The resource that reported each cause in full. */
  private readonly reported = new Map<string, string>();
  /** The open questions of each resource. */
  private readonly open = new Map<string, readonly string[]>();

  constructor(
    private readonly log: Log,
    private readonly ownership: OwnershipRegistry,
    private readonly clock: Clock = systemClock,
  ) {}

  /** Records a resource of this run, which the rules of others may read. */
  declare(declaration: Declaration): void {
    this.declarations.declare(declaration);
  }

  /** The failure of a login in the last minute, which need not be tried again. */
  get recentLoginFailure(): VpnaasError | undefined {
    const { loginFailure } = this;
    const isRecent = loginFailure && this.clock.now() - loginFailure.at < REMEMBERED_MS;
    return isRecent ? loginFailure.error : undefined;
  }

  /** Reports a login that failed. */
  reportLogin(subject: string, error: VpnaasError, mode: PreflightMode): Failures {
    if (CanceledError.isInstance(error)) return [messageOf(error)];
    if (this.recentLoginFailure === undefined) {
      this.loginFailure = { error, at: this.clock.now() };
    }
    const finding: Finding = {
      severity: "failure",
      cause: "login",
      path: "",
      reason: messageOf(error),
    };
    return this.report(subject, [finding], mode);
  }

  /** The answers of the cloud in this run. The questions outlast the operation of that client. */
  factsOf(client: NeutronClient): CloudFacts {
    this.facts ??= new CloudFacts(client.within(Infinity), this.clock, this.ownership);
    return this.facts;
  }

  /**
   * Compares a resource with the cloud. A failure is confirmed with answers that are younger than
   * this call. Findings that the old inputs of the resource already had are left out.
   * @throws UnauthorizedError
   */
  async check(subject: Subject, client: NeutronClient, mode: PreflightMode): Promise<Failures> {
    const facts = this.factsOf(client);
    const others = this.declarations.besides(subject.kind, subject.inputs);
    const declared: Declared = { ...subject, others };
    let findings = await findingsOf(declared, facts);
    const isNews = ({ severity, cause }: Finding) =>
      severity === "failure" && !this.reported.has(cause);
    if (findings.some(isNews)) {
      facts.refresh();
      findings = await findingsOf(declared, facts);
    }
    if (findings.length > 0 && Object.keys(subject.oldInputs).length > 0) {
      const before = await run(
        RULES[subject.kind],
        { ...declared, inputs: subject.oldInputs },
        facts,
      );
      findings = findings.filter(
        ({ severity, cause }) => severity === "open" || !before.some((one) => one.cause === cause),
      );
    }
    const open = findings.filter(({ severity }) => severity === "open");
    this.open.set(
      identityOf(subject.kind, subject.inputs),
      open.map(({ reason }) => redacted(client, reason)),
    );
    const safe = findings.map((one) => ({ ...one, reason: redacted(client, one.reason) }));
    return this.report(subject.subject, safe, mode);
  }

  /** The questions about a resource that the cloud did not answer; none if it was not checked. */
  openQuestions(kind: Kind, inputs: Inputs): readonly string[] {
    return this.open.get(identityOf(kind, inputs)) ?? [];
  }

  private report(subject: string, findings: readonly Finding[], mode: PreflightMode): Failures {
    return findings.flatMap(({ severity, cause, path, reason }) => {
      const prefix = path === "" ? "" : `${path}: `;
      if (severity === "open") {
        this.log.once(`preflight ${cause}`, `preflight: ${reason}`);
        return [];
      }
      const first = this.reported.get(cause) ?? subject;
      this.reported.set(cause, first);
      if (severity !== "failure" || mode === "warn") {
        // A finding without a property concerns the login or the cloud, not this resource.
        const place = path === "" ? "" : `${subject}: ${prefix}`;
        this.log.once(`preflight ${cause}`, `warning: ${place}${reason}`);
        return [];
      }
      return [first === subject ? `${prefix}${reason}` : `${prefix}the same as for ${first}.`];
    });
  }
}

async function findingsOf(declared: Declared, facts: CloudFacts): Promise<readonly Finding[]> {
  const findings = await run(CLOUD_RULES, declared, facts);
  if (findings.some(({ severity }) => severity !== "open")) return findings;
  return findings.concat(await run(RULES[declared.kind], declared, facts));
}

async function run(
  rules: readonly PreflightRule[],
  declared: Declared,
  facts: CloudFacts,
): Promise<readonly Finding[]> {
  return (await Promise.all(rules.map((rule) => rule(declared, facts)))).flat();
}

function redacted(client: NeutronClient, reason: string): string {
  return client.secrets.redact(reason);
}
