import fc from "fast-check";

import type { Report } from "../../../provider/drift/report";
import { allCloudResourceTypes } from "../../../provider/schema/resourceType";
import { anyCharacter } from "./anyCharacter";
import { UNTAMED } from "./hostileNames";

/** Any text, including texts with a meaning for a terminal, Markdown or HTML. */
export const anyText = fc.oneof(
  fc.constantFrom(...UNTAMED),
  fc.string({ unit: anyCharacter, maxLength: 12 }),
  fc
    .array(fc.constantFrom("|", "\\", "`", "@a", "#1", "<b>", "*", "_", "\n", "\x1b[1m", " ", "a"))
    .map((parts) => parts.join("")),
);

const texts = fc.array(anyText, { maxLength: 3 });
const time = fc
  .date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true })
  .map((date) => date.toISOString());
const kind = fc.constantFrom(...allCloudResourceTypes().map((one) => one.kind));
const verdict = fc.constantFrom("inStep", "drifted", "failed", "gone", "notRead");
const counts = fc.dictionary(fc.constantFrom("vpnservices", "ikepolicies"), fc.nat(3));

/** A record whose `optional` members may be absent. */
function partly<Required extends object, Optional extends object>(
  required: { [K in keyof Required]: fc.Arbitrary<Required[K]> },
  optional: { [K in keyof Optional]: fc.Arbitrary<Optional[K]> },
): fc.Arbitrary<Required & Partial<Optional>> {
  return fc
    .tuple(fc.record(required), fc.record(optional, { requiredKeys: [] }))
    .map(([left, right]) => ({ ...left, ...right }) as Required & Partial<Optional>);
}

const difference = partly(
  { property: anyText, hidden: fc.boolean(), because: anyText },
  { declared: fc.jsonValue(), actual: fc.jsonValue() },
);
const resource = partly(
  {
    stack: anyText,
    urn: anyText,
    name: anyText,
    kind,
    id: anyText,
    cloudName: anyText,
    verdict,
    differences: fc.array(difference, { maxLength: 2 }),
    notCompared: texts,
  },
  {
    endpoint: anyText,
    status: anyText,
    recordedStatus: anyText,
    recordedAt: time,
    advice: anyText,
  },
);
const tunnel = partly(
  {
    id: anyText,
    name: anyText,
    status: anyText,
    adminStateUp: fc.boolean(),
    verdict: fc.oneof(verdict, fc.constantFrom("notCompared", "unmanaged")),
    endpoint: anyText,
    serviceId: anyText,
    localSubnets: texts,
    peerCidrs: texts,
  },
  { serviceName: anyText, localAddress: anyText, peerAddress: anyText },
);
const call = partly(
  {
    method: fc.constantFrom("POST", "PUT", "DELETE"),
    path: anyText,
    urn: anyText,
    name: anyText,
    endpoint: anyText,
    because: anyText,
  },
  { body: fc.dictionary(anyText, fc.jsonValue()) },
);

const unfinished = partly(
  { pending: fc.array(fc.record({ urn: anyText, type: anyText }), { maxLength: 2 }) },
  { lockedSince: time },
);

/** Any report that the types allow, with hostile texts. */
export const anyReport = partly(
  {
    takenAt: time,
    seconds: fc.double({ min: 0, max: 1_000, noNaN: true }),
    stacks: fc.array(
      partly(
        {
          name: anyText,
          project: anyText,
          resources: fc.nat(),
          secretsRead: fc.boolean(),
        },
        { unfinished },
      ),
      { maxLength: 2 },
    ),
    clouds: fc.array(
      partly(
        { endpoint: anyText, names: texts, lists: counts, gets: fc.nat(3) },
        { projectId: anyText },
      ),
      { maxLength: 2 },
    ),
    resources: fc.array(resource, { maxLength: 4 }),
    unmanaged: fc.array(
      partly({ kind, id: anyText, name: anyText, endpoint: anyText }, { status: anyText }),
      { maxLength: 2 },
    ),
    tunnels: fc.array(tunnel, { maxLength: 3 }),
    notes: texts,
    problems: texts,
  },
  { plan: fc.array(call, { maxLength: 3 }) },
) as fc.Arbitrary<Report>;
