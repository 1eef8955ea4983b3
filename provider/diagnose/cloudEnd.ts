import type { Dialect } from "../dialect";
import type { CloudProject } from "../drift/clouds";
import { VpnaasError } from "../errors";
import { Declarations } from "../lifecycle/preflight/declarations";
import { CloudFacts, isUnanswered } from "../lifecycle/preflight/facts";
import type { Finding as PreflightFinding, PreflightRule } from "../lifecycle/preflight/finding";
import {
  agentCanParse,
  agentHasGroup,
  policyIsAccepted,
} from "../lifecycle/preflight/rules/agentWords";
import { peerIsReachable } from "../lifecycle/preflight/rules/endpoints";
import { routerHasGateway } from "../lifecycle/preflight/rules/topology";
import { routerIsFree, tunnelsAreApart } from "../lifecycle/preflight/rules/tunnels";
import { displayNameOf } from "../model/labels";
import { gatherParts, type KnownFacts } from "../peer/gatherView";
import { cloudSource } from "../peer/source";
import type { Kind } from "../schema/resourceType";
import { tunnelViewOf } from "../tunnel/viewOf";
import type { TunnelView } from "../tunnel/tunnelView";
import type { Values } from "../values";
import { systemClock } from "../wait/clock";

/** One end of a tunnel, as the API of its cloud shows it. */
export interface CloudEnd {
  readonly id: string;
  readonly dialect: Dialect;
  /** The objects under the names of properties. */
  readonly connection: Values;
  readonly service: Values;
  /** In the notation of the API; undefined if this login cannot see it. */
  readonly router: Values | undefined;
  /** Undefined if the address of this end is unknown: then {@link viewProblem} has the reason. */
  readonly view: TunnelView | undefined;
  readonly viewProblem: string | undefined;
  /** The findings of the preflight for the connection and its service. */
  readonly preflight: readonly PreflightFinding[];
}

/** The preflight rules that an object of the cloud can break. */
const RULES = {
  IpsecSiteConnection: [
    peerIsReachable,
    policyIsAccepted,
    tunnelsAreApart,
    agentCanParse,
    agentHasGroup,
  ],
  VpnService: [routerHasGateway, routerIsFree],
} as const satisfies Partial<Record<Kind, readonly PreflightRule[]>>;

/** A cloud whose tunnels are diagnosed. Its ends share one set of answers, so each list is read once. */
export interface DiagnosedCloud extends Pick<CloudProject, "clients" | "dialect"> {
  readonly facts: CloudFacts;
}

/** A cloud with answers as of this call. */
export function diagnosedCloud({
  clients,
  dialect,
}: Pick<CloudProject, "clients" | "dialect">): DiagnosedCloud {
  const facts = new CloudFacts(clients[0], systemClock, { isHeld: () => false });
  return { clients, dialect, facts };
}

/**
 * Reads a connection with its service, router, policies, groups, subnets and neighbors.
 * @throws ApiError and others of the client, for the connection and the objects that it refers to
 */
export async function readCloudEnd(
  { clients: [client], dialect, facts }: DiagnosedCloud,
  id: string,
  known: KnownFacts = {},
): Promise<CloudEnd> {
  const source = cloudSource(client);
  const connection = await source.part("IpsecSiteConnection", id);
  const parts = await gatherParts(connection, source, known);
  const { service } = parts;
  const serviceId = String(connection["vpnServiceId"]);
  const own = new Set([id, serviceId]);
  const ownFacts = facts.forOwner({ isHeld: (one) => own.has(one) });
  const router = await ownFacts.router(String(service["routerId"]));
  const findings = [
    ...(await findingsOn("IpsecSiteConnection", id, connection, dialect, ownFacts)),
    ...(await findingsOn("VpnService", serviceId, service, dialect, ownFacts)),
  ];
  return {
    id,
    dialect,
    connection,
    service,
    router: isUnanswered(router) ? undefined : router.value,
    ...viewOrProblem(() => tunnelViewOf(parts, known)),
    preflight: findings,
  };
}

async function findingsOn(
  kind: keyof typeof RULES,
  id: string,
  inputs: Values,
  dialect: Dialect,
  facts: CloudFacts,
): Promise<readonly PreflightFinding[]> {
  const others = new Declarations().besides(kind, inputs);
  const subject = displayNameOf(kind, id, inputs);
  const declared = { kind, subject, inputs, oldInputs: {}, dialect, others };
  const rules: readonly PreflightRule[] = RULES[kind];
  return (await Promise.all(rules.map((rule) => rule(declared, facts)))).flat();
}

function viewOrProblem(view: () => TunnelView): Pick<CloudEnd, "view" | "viewProblem"> {
  try {
    return { view: view(), viewProblem: undefined };
  } catch (error) {
    if (!VpnaasError.isInstance(error)) throw error;
    return { view: undefined, viewProblem: error.message };
  }
}
