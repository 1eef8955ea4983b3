import { isAbsent } from "../../../schema/equality";
import { cloudResourceType, type CloudResourceType, type Kind } from "../../../schema/resourceType";
import type { Values, WireObject } from "../../../values";
import { isUnanswered, type CloudFacts } from "../facts";
import { namesOf, type Declaration } from "../declarations";
import { openFinding, type Finding, type PreflightRule } from "../finding";

/** The quota of the login's project has room for the objects that this run creates. */
export const quotaHasRoom: PreflightRule = async (declared, facts) => {
  const { kind, dialect, others } = declared;
  // K5 has no details of quotas.
  if (dialect === "k5" || !isCreate(declared)) return [];
  const definition = cloudResourceType(kind);
  const quota = await quotaOf(definition, facts);
  if (quota === undefined) return [];
  if (!("limit" in quota)) return quota;
  const listed = await facts.all(kind);
  // Only the list shows which objects this run has created already.
  if (isUnanswered(listed)) return [openFinding("the quota", listed)];
  // The list of an administrator has the objects of all projects.
  const existing = Math.min(listed.value.size, quota.used);
  // A search for the resources that exist already is needed only near the limit.
  if (existing + others.count(kind) < quota.limit) return [];
  const objects = [...listed.value.values()];
  const names = new Set(objects.map(({ name }) => name));
  const isReplacement = (one: Declaration) =>
    objects.some((object) => facts.isHeld(object.id) && isReplacedBy(definition, object, one));
  // The deletion before a creation makes room for one, unless the quota was lowered below its use.
  if (isReplacement(declared)) return exceededQuota(kind, quota.limit, existing - 1, 1);
  const isNew = (one: Declaration) =>
    isCreate(one) && !namesOf(one).some((name) => names.has(name)) && !isReplacement(one);
  const creates = others.of(kind).filter(isNew).length;
  return isNew(declared) ? exceededQuota(kind, quota.limit, existing, creates + 1) : [];
};

/** An adopted object exists already, and that of another project has another quota. */
function isCreate({ inputs, oldInputs }: Declaration): boolean {
  const isInState = Object.keys(oldInputs).length > 0;
  return !isInState && isAbsent(inputs["adopt"]) && isAbsent(inputs["projectId"]);
}

/** Whether a replacement deletes the object before it creates the resource. */
function isReplacedBy(
  { identity, fields }: CloudResourceType,
  object: WireObject,
  { inputs }: Declaration,
): boolean {
  const parts = fields.filter(({ name }) => identity.includes(name));
  return parts.length > 0 && parts.every(({ name, wire }) => object[wire] === inputs[name]);
}

/** The row of a kind; undefined without a limit, and the finding that it is not known. */
async function quotaOf(
  { envelope }: CloudResourceType,
  facts: CloudFacts,
): Promise<{ limit: number; used: number } | undefined | readonly Finding[]> {
  const extensions = await facts.extensions();
  if (!isUnanswered(extensions) && !extensions.value.has("quota_details")) return undefined;
  const quota = await facts.quota();
  if (isUnanswered(quota)) return [openFinding("the quota", quota)];
  const { limit, used } = (quota.value[envelope] ?? {}) as Values;
  const isLimited = typeof limit === "number" && typeof used === "number" && limit >= 0;
  return isLimited ? { limit, used } : undefined;
}

/** More objects to create than the limit of a kind has room for. */
function exceededQuota(kind: Kind, limit: number, existing: number, creates: number): Finding[] {
  if (existing + creates <= limit) return [];
  const free = Math.max(0, limit - existing);
  return [
    {
      severity: "failure",
      cause: `quota ${kind}`,
      path: "",
      reason: `the quota of this project is ${limit} for ${kind} and has room for ${free} more, but this run creates at least ${creates}. Delete objects, or ask the operator of the cloud for a larger quota.`,
    },
  ];
}
