import type { Dialect } from "../../dialect";
import type { Declaration, OtherDeclarations } from "./declarations";
import type { CloudFacts, Unanswered } from "./facts";

/** The result of a rule for one property of one resource. */
export interface Finding {
  /**
   * `failure`: the cloud would refuse the request. `warning`: it would accept it, but the tunnel
   * could not work. `open`: the cloud did not answer the question of the rule.
   */
  readonly severity: "failure" | "warning" | "open";
  /**
   * The kind of the finding and the identity of its object, such as `missing router 1f2e3d4c`.
   * Findings of one cause are reported in full for the first resource only.
   */
  readonly cause: string;
  /** The path of the property, such as `routerId` or `endpoints[1]`; empty for a whole login. */
  readonly path: string;
  /** One or more sentences without the path. May contain inputs: secret ones are redacted later. */
  readonly reason: string;
}

/** A resource as the program declares it, after its inputs were found valid by themselves. */
export interface Declared extends Declaration {
  readonly dialect: Dialect;
  readonly others: OtherDeclarations;
}

/**
 * Compares a declared resource with its cloud. It reads the cloud only through the facts, ignores
 * unknown values, and returns {@link openFinding} if a question has no answer.
 */
export type PreflightRule = (declared: Declared, facts: CloudFacts) => Promise<readonly Finding[]>;

/** The finding of a rule whose question the cloud does not answer: the property is not checked. */
export function openFinding(path: string, { question, unanswered }: Unanswered): Finding {
  return {
    severity: "open",
    cause: `question ${question}`,
    path,
    reason: `${unanswered}: ${path} is not checked.`,
  };
}
