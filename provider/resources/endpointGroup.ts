import { cloudResourceType, type Values } from "../schema/resourceType";
import type { Rule } from "../schema/rule";
import { isUnknown } from "../model/unknowns";
import { formatOf } from "../validation/validator";
import { ipVersion } from "../validation/net";
import type { ResourceBehavior } from "../lifecycle/core/resource";

/** What the endpoints of a type have to be (neutron-vpnaas, vpn_validator.py); others are not looked at. */
const FORMATS: ReadonlyMap<unknown, string> = new Map([
  ["cidr", "cidr"],
  ["subnet", "uuid"],
]);

const endpointsFitType: Rule = (inputs) => {
  const { type } = inputs;
  const format = FORMATS.get(type);
  if (format === undefined) return [];
  const { description, matches } = formatOf(format);
  return knownEndpoints(inputs)
    .filter(({ value }) => !matches(value))
    .map(({ path }) => ({
      path,
      reason: `must be ${description}, since the type is ${String(type)}`,
    }));
};

/** The server takes both in one group, but no connection takes such a group then. */
const oneIpVersion: Rule = (inputs) => {
  if (inputs["type"] !== "cidr") return [];
  const versions = knownEndpoints(inputs).map(({ value }) => ipVersion(value));
  if (!versions.includes(4) || !versions.includes(6)) return [];
  return [{ path: ["endpoints"], reason: "must be all IPv4 or all IPv6" }];
};

function knownEndpoints({ endpoints }: Values): { value: string; path: string[] }[] {
  if (!Array.isArray(endpoints)) return [];
  return endpoints.flatMap((value: unknown, i) =>
    typeof value === "string" && !isUnknown(value)
      ? [{ value, path: ["endpoints", String(i)] }]
      : [],
  );
}

/** An endpoint group: what schema.json cannot say of it. */
export const endpointGroup: ResourceBehavior = {
  definition: cloudResourceType("EndpointGroup"),
  rules: [endpointsFitType, oneIpVersion],
};
