import { isUnknown } from "../../../model/unknowns";
import { cloudResourceType, type Kind } from "../../../schema/resourceType";
import { type CloudFacts, isUnanswered } from "../facts";
import { type Finding, openFinding, type PreflightRule } from "../finding";

/**
 * Every referenced object is visible to the login: Neutron answers a POST 404 otherwise. If none of
 * several is, the login is the likely cause, so that is one finding.
 */
export const referencesExist: PreflightRule = async ({ kind, inputs, dialect }, facts) => {
  const { fields } = cloudResourceType(kind);
  const references = fields.flatMap(({ name, input, refersTo }): Reference[] => {
    const id = inputs[name];
    if (refersTo === undefined || !input[dialect] || typeof id !== "string") return [];
    return isUnknown(id) ? [] : [{ path: name, kind: refersTo, id }];
  });
  const answers = await Promise.all(
    references.map(async (one) => ({ ...one, answer: await facts.object(one.kind, one.id) })),
  );
  const open = answers.flatMap(({ path, answer }) =>
    isUnanswered(answer) ? [openFinding(path, answer)] : [],
  );
  const missing = answers.filter(
    ({ answer }) => !isUnanswered(answer) && answer.value === undefined,
  );
  if (missing.length > 1 && missing.length === answers.length) {
    return [noneVisible(missing, facts)];
  }
  const findings = missing.map(async (one): Promise<Finding> => ({
    severity: "failure",
    cause: `missing ${one.kind} ${one.id}`,
    path: one.path,
    reason: await missingReason(one, facts),
  }));
  return open.concat(await Promise.all(findings));
};

/** A property with the id of another object. */
interface Reference {
  readonly path: string;
  readonly kind: Kind;
  readonly id: string;
}

function noneVisible(missing: readonly Reference[], { endpoint }: CloudFacts): Finding {
  const list = missing.map(({ kind, id }) => `${kind} ${id}`).join(", ");
  return {
    severity: "failure",
    cause: "no reference is visible",
    path: missing[0]!.path,
    reason: `this login can see none of ${list} at ${endpoint}. Check its project and region; if they are objects of this stack that were deleted, run \`pulumi up --refresh\`.`,
  };
}

/** The kinds whose ids are easily confused. */
const CONFUSED: Partial<Record<Kind, Kind>> = {
  IkePolicy: "IpsecPolicy",
  IpsecPolicy: "IkePolicy",
};

async function missingReason({ kind, id }: Reference, facts: CloudFacts): Promise<string> {
  const other = CONFUSED[kind];
  const answer = other && (await facts.object(other, id));
  if (answer && !isUnanswered(answer) && answer.value !== undefined) {
    return `${id} is the id of an ${other}, and this property requires an ${kind}.`;
  }
  return `${facts.endpoint} has no ${kind} ${id} that this login can see. Correct the id, or check the project of the login; if it is an object of this stack that was deleted, run \`pulumi up --refresh\`.`;
}
