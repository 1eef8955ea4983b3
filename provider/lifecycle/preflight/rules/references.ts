import { isUnknown } from "../../../model/unknowns";
import { cloudResourceType, type Kind } from "../../../schema/resourceType";
import { type CloudFacts, isUnanswered } from "../facts";
import { type Finding, openFinding, type PreflightRule } from "../finding";

/** Neutron answers 404 to a POST that refers to an id which the login cannot see. */
export const referencesExist: PreflightRule = async ({ kind, inputs, dialect }, facts) => {
  const { fields } = cloudResourceType(kind);
  const findings = fields.map(async ({ name, input, refersTo }): Promise<Finding[]> => {
    const id = inputs[name];
    if (refersTo === undefined || !input[dialect] || typeof id !== "string" || isUnknown(id)) {
      return [];
    }
    const target: Kind = refersTo;
    const answer = await facts.existence(target, id);
    if (isUnanswered(answer)) return [openFinding(name, answer)];
    if (answer.value.exists) return [];
    return [
      {
        severity: "failure",
        cause: `missing ${target} ${id}`,
        path: name,
        reason: await missingReason(facts, target, id),
      },
    ];
  });
  return (await Promise.all(findings)).flat();
};

/** The kinds whose ids are easily confused. */
const POLICIES: readonly Kind[] = ["IkePolicy", "IpsecPolicy"];

async function missingReason(facts: CloudFacts, kind: Kind, id: string): Promise<string> {
  for (const other of POLICIES.filter((one) => one !== kind && POLICIES.includes(kind))) {
    const answer = await facts.existence(other, id);
    if (isUnanswered(answer) || !answer.value.exists) continue;
    return `${id} is the id of an ${other}, and this property requires an ${kind}.`;
  }
  return `${facts.endpoint} has no ${kind} ${id} that this login can see. Correct the id, or check the project of the login; if it is an object of this stack that was deleted, run \`pulumi up --refresh\`.`;
}
