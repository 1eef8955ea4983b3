import { isUnknown } from "../../../model/unknowns";
import { type CloudFacts, isUnanswered } from "../facts";
import { type Finding, openFinding, type PreflightRule } from "../finding";

/** A service needs a router with a gateway: otherwise 404 RouterNotFound, 400 RouterIsNotExternal. */
export const routerHasGateway: PreflightRule = async ({ inputs }, facts) => {
  const id = knownId(inputs["routerId"]);
  if (id === undefined) return [];
  const router = await facts.router(id);
  if (isUnanswered(router)) return [openFinding("routerId", router)];
  if (router.value === undefined) return [missing("router", id, facts)];
  // Some logins may not see the gateway.
  if (router.value["external_gateway_info"] !== null) return [];
  return [
    {
      severity: "failure",
      cause: `no gateway ${id}`,
      path: "routerId",
      reason: `router ${id} has no external gateway, which a VPN service requires. Set one: \`openstack router set --external-gateway <network> ${id}\`.`,
    },
  ];
};

/** The subnet of a service is attached to its router: otherwise 400 SubnetIsNotConnectedToRouter. */
export const subnetIsOnRouter: PreflightRule = async ({ inputs }, facts) => {
  const id = knownId(inputs["subnetId"]);
  if (id === undefined) return [];
  const subnet = await facts.subnet(id);
  if (isUnanswered(subnet)) return [openFinding("subnetId", subnet)];
  if (subnet.value === undefined) return [missing("subnet", id, facts)];
  const routerId = knownId(inputs["routerId"]);
  return routerId === undefined ? [] : attachment("subnetId", id, routerId, facts);
};

/** The subnets of a group exist: otherwise 400 NonExistingSubnetInEndpointGroup. */
export const groupSubnetsExist: PreflightRule = async ({ inputs }, facts) => {
  const { type, endpoints } = inputs;
  if (type !== "subnet" || !Array.isArray(endpoints)) return [];
  const findings = endpoints.map(async (one: unknown, index): Promise<Finding[]> => {
    const id = knownId(one);
    if (id === undefined) return [];
    const path = `endpoints[${index}]`;
    const subnet = await facts.subnet(id);
    if (isUnanswered(subnet)) return [openFinding(path, subnet)];
    return subnet.value === undefined ? [{ ...missing("subnet", id, facts), path }] : [];
  });
  return (await Promise.all(findings)).flat();
};

/** A finding if a subnet is not attached to a router. */
export async function attachment(
  path: string,
  subnetId: string,
  routerId: string,
  facts: CloudFacts,
): Promise<Finding[]> {
  const router = await facts.router(routerId);
  if (isUnanswered(router) || router.value === undefined) return [];
  const attached = await facts.routerSubnets(routerId);
  if (isUnanswered(attached)) return [openFinding(path, attached)];
  if (attached.value.has(subnetId)) return [];
  return [
    {
      severity: "failure",
      cause: `subnet ${subnetId} not on router ${routerId}`,
      path,
      reason: `subnet ${subnetId} is not attached to router ${routerId}. Attach it: \`openstack router add subnet ${routerId} ${subnetId}\`. If a resource of this program attaches it, derive the id from an output of that resource that is known after its creation.`,
    },
  ];
}

function missing(kind: "router" | "subnet", id: string, { endpoint }: CloudFacts): Finding {
  return {
    severity: "failure",
    cause: `missing ${kind} ${id}`,
    path: `${kind}Id`,
    reason: `${endpoint} has no ${kind} ${id} that this login can see. Correct the id, or check the project of the login.`,
  };
}

/** A known id in the notation of Neutron. */
function knownId(value: unknown): string | undefined {
  return typeof value === "string" && !isUnknown(value) ? value.toLowerCase() : undefined;
}
