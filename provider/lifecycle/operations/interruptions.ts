import { escapeControlCharacters } from "../../controlCharacters";
import { CanceledError } from "../../errors";
import type { Log } from "../../log";
import { isUnnamed } from "../../model/autoName";
import { nameOf } from "../../model/labels";
import { isUnknown } from "../../model/unknowns";
import type { Inputs, State, WireObject } from "../../values";
import type { OwnershipRegistry } from "../core/ownership";
import type { ResourceBehavior } from "../core/resource";
import { isUnanswered, type CloudFacts } from "../preflight/facts";
import type { GroupedMap } from "../preflight/groupedMap";
import { listLabels } from "../reconcile/dependents";
import type { DiffEnvironment, DiffResult } from "./diff";

/** An object that a run changes or replaces, according to its diff. */
export interface PlannedChange {
  readonly resource: ResourceBehavior;
  readonly id: string;
  /** Its display name. */
  readonly subject: string;
  readonly state: State;
  readonly inputs: Inputs;
  readonly step: PlannedStep;
}

/** Undefined if nothing is sent; a replacement deletes the object or creates its successor first. */
type PlannedStep = "update" | "createFirst" | "deleteFirst" | undefined;

/** How the differences between state and inputs change the object itself. */
export function plannedStep(
  { definition, project }: Pick<DiffEnvironment, "definition" | "project">,
  { changed, replaces, deleteBeforeReplace }: DiffResult,
  inputs: Inputs,
): PlannedStep {
  if (replaces.length > 0) {
    // The SDK sets `deleteBeforeReplace` for such a resource even if its diff does not.
    const isUnique = definition.identity.length > 0 && isUnnamed(definition, project, inputs);
    const isDeletedFirst = deleteBeforeReplace || isUnique;
    return isDeletedFirst ? "deleteFirst" : "createFirst";
  }
  return changed.some((field) => !field.local) ? "update" : undefined;
}

/** An object that a run creates. */
export type PlannedCreation = Pick<PlannedChange, "resource" | "subject" | "inputs">;

/** Undefined if they could not be listed. */
type Connections = GroupedMap<WireObject> | undefined;

/**
 * Announces the tunnels that planned changes interrupt, once per VPN service and run, with the list
 * of connections that the preflight of the cloud uses. Without that list, because it or the login
 * failed, a line names no tunnels.
 *
 * A create, change or deletion of a connection interrupts all tunnels of its VPN service for a
 * moment, as a change of the service does (K5's functions manual; after each of them a stock agent of
 * Neutron updates the process of the router, device_drivers/ipsec.py `_sync_vpn_processes`, which
 * libreswan restarts). A deletion is not announced, since a preview calls no provider for it.
 */
export class InterruptionNotices {
  private readonly lists = new Map<unknown, Promise<Connections>>();
  /** The connections that this run changes or replaces. */
  private readonly changed = new Set<string>();

  constructor(
    private readonly log: Log,
    private readonly ownership: OwnershipRegistry,
  ) {}

  /**
   * `open` logs in to the cloud of the object; it is called once per cloud.
   * @throws CanceledError
   */
  async announce(change: PlannedChange, open: () => Promise<CloudFacts>): Promise<void> {
    const { resource, id, subject, state, inputs, step } = change;
    const { interruptedService: serviceIn } = resource;
    const service = serviceIn?.(id, state);
    if (step === undefined || serviceIn === undefined || typeof service !== "string") return;
    const connections = await this.connectionsOf(state["cloud"], open);
    if (service === id) {
      this.announceOfService(change, connections);
      return;
    }
    this.changed.add(id);
    if (step === "deleteFirst") {
      this.log.once(`tunnel ${id}`, `${deletedFirst(subject)}: its tunnel is down meanwhile.`);
    }
    this.announceOfConnection(change, service, "its VPN service", connections);
    const next = serviceIn(id, inputs);
    if (isUnknown(next)) return;
    this.announceOfConnection(change, String(next), "its new VPN service", connections);
  }

  /**
   * Announces the tunnels that the creation of an object interrupts. Nothing while its service is
   * unknown, and without a list.
   * @throws CanceledError
   */
  async announceCreation(
    { resource, subject, inputs }: PlannedCreation,
    open: () => Promise<CloudFacts>,
  ): Promise<void> {
    const service = resource.interruptedService?.("", inputs);
    if (typeof service !== "string" || service === "" || isUnknown(service)) return;
    const connections = await this.connectionsOf(inputs["cloud"], open);
    const tunnels = tunnelsOf(service, connections) ?? [];
    // The tunnel of a connection that is replaced by the new one ends in any case.
    const others = tunnels.filter(({ id }) => !this.changed.has(id));
    if (others.length === 0) return;
    const effect = "interrupts all tunnels of its VPN service for a moment";
    this.log.once(keyOf(service), `Creating ${subject} ${effect}${this.listed(others)}.`);
  }

  /** Nothing for a service that is created first: the diffs of its connections announce theirs. */
  private announceOfService({ id, subject, step }: PlannedChange, connections: Connections): void {
    const tunnels = tunnelsOf(id, connections);
    if (step === "createFirst" || tunnels?.length === 0) return;
    const line =
      step === "update"
        ? `Changing ${subject} interrupts all its tunnels for a moment`
        : `${deletedFirst(subject)}: its tunnels are down meanwhile`;
    this.log.once(keyOf(id), `${line}${this.listed(tunnels)}.`);
  }

  /** The tunnel of a connection that is replaced ends in any case, so only the others count. */
  private announceOfConnection(
    { id, subject, step }: PlannedChange,
    service: string,
    title: string,
    connections: Connections,
  ): void {
    const isUpdate = step === "update";
    const tunnels = tunnelsOf(service, connections)?.filter((one) => isUpdate || one.id !== id);
    if (tunnels?.length === 0) return;
    const line = `${isUpdate ? "Changing" : "Replacing"} ${subject} interrupts `;
    const isAlone = tunnels?.length === 1 && tunnels[0]!.id === id;
    const effect = isAlone
      ? "its tunnel for a moment"
      : `${isUpdate ? "all" : "all other"} tunnels of ${title} for a moment${this.listed(tunnels)}`;
    this.log.once(keyOf(service), `${line}${effect}.`);
  }

  /** For example `: a, b and 3 more`; instead of names that the program marks as secret, ids. */
  private listed(tunnels: readonly WireObject[] | undefined): string {
    if (tunnels === undefined) return "";
    const names = tunnels.map((one) => {
      return (this.ownership.hidesName(one.id) ? "" : nameOf(one)) || one.id;
    });
    return `: ${escapeControlCharacters(listLabels(names.sort()))}`;
  }

  /** The connections of a cloud as of the first call. */
  private connectionsOf(cloud: unknown, open: () => Promise<CloudFacts>): Promise<Connections> {
    const known = this.lists.get(cloud);
    if (known !== undefined) return known;
    const listing = list(open).catch((error: unknown) => {
      if (!CanceledError.isInstance(error)) return undefined;
      this.lists.delete(cloud);
      throw error;
    });
    this.lists.set(cloud, listing);
    return listing;
  }
}

async function list(open: () => Promise<CloudFacts>): Promise<Connections> {
  const facts = await open();
  const listed = await facts.all("IpsecSiteConnection");
  return isUnanswered(listed) ? undefined : listed.value;
}

/** The connections of a VPN service. */
function tunnelsOf(service: string, connections: Connections): readonly WireObject[] | undefined {
  return connections && [...connections.group(serviceOf, service).values()];
}

function serviceOf({ vpnservice_id: id }: WireObject): string {
  return String(id);
}

function deletedFirst(subject: string): string {
  return `${subject} is deleted before its successor is created`;
}

/** One line per VPN service and run. */
function keyOf(service: string): string {
  return `tunnels of ${service}`;
}
