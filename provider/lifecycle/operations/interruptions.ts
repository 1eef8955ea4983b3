import { escapeControlCharacters } from "../../controlCharacters";
import { CanceledError } from "../../errors";
import type { Log } from "../../log";
import { isUnnamed } from "../../model/autoName";
import { nameOf } from "../../model/labels";
import { isUnknown } from "../../model/unknowns";
import { cloudResourceType } from "../../schema/resourceType";
import type { NeutronClient } from "../../neutron/client";
import type { Inputs, State, WireObject } from "../../values";
import type { OwnershipRegistry } from "../core/ownership";
import type { ResourceBehavior } from "../core/resource";
import { listLabels } from "../reconcile/dependents";
import { changedFields, type DiffEnvironment, type DiffResult } from "./diff";

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
  environment: Pick<DiffEnvironment, "definition" | "dialect" | "project">,
  { replaces, deleteBeforeReplace }: DiffResult,
  state: State,
  inputs: Inputs,
): PlannedStep {
  if (replaces.length > 0) {
    const { definition, project } = environment;
    // The SDK sets `deleteBeforeReplace` for such a resource even if its diff does not.
    const isUnique = definition.identity.length > 0 && isUnnamed(definition, project, inputs);
    const isDeletedFirst = deleteBeforeReplace || isUnique;
    return isDeletedFirst ? "deleteFirst" : "createFirst";
  }
  const isSent = changedFields(environment, state, inputs).some((field) => !field.local);
  return isSent ? "update" : undefined;
}

const CONNECTION = cloudResourceType("IpsecSiteConnection");

/** Undefined if they could not be listed. */
type Connections = readonly WireObject[] | undefined;

/**
 * Announces the tunnels that planned changes interrupt, once per VPN service and run, with one list
 * of connections per cloud. Without that list, because it or the login failed, a line names no
 * tunnels.
 *
 * A create, change or deletion of a connection interrupts all tunnels of its VPN service for a
 * moment, as a change of the service does (K5's functions manual; a stock libreswan agent of Neutron
 * restarts the IPsec process of the router).
 */
export class InterruptionNotices {
  private readonly lists = new Map<unknown, Promise<Connections>>();

  constructor(
    private readonly log: Log,
    private readonly ownership: OwnershipRegistry,
  ) {}

  /**
   * `open` logs in to the cloud of the object; it is called once per cloud.
   * @throws CanceledError
   */
  async announce(change: PlannedChange, open: () => Promise<NeutronClient>): Promise<void> {
    const { resource, id, state, inputs } = change;
    const service = resource.interruptedService?.(id, state);
    if (change.step === undefined || typeof service !== "string") return;
    const connections = await this.connectionsOf(state["cloud"], open);
    if (service === id) {
      this.announceOfService(change, connections);
      return;
    }
    const { step, subject } = change;
    if (step === "deleteFirst") {
      this.log.once(`tunnel ${id}`, `${deletedFirst(subject)}: its tunnel is down meanwhile.`);
    }
    this.announceOfConnection(change, service, "its VPN service", connections);
    const next = resource.interruptedService?.(id, inputs);
    if (next === service || typeof next !== "string" || isUnknown(next)) return;
    this.announceOfConnection(change, next, "its new VPN service", connections);
  }

  /** Nothing for a service that is created first: the diffs of its connections announce theirs. */
  private announceOfService({ id, subject, step }: PlannedChange, connections: Connections): void {
    const tunnels = connections?.filter((one) => isOf(id, one));
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
    const tunnels = connections?.filter((one) => isOf(service, one) && (isUpdate || one.id !== id));
    if (tunnels?.length === 0) return;
    const line = `${isUpdate ? "Changing" : "Replacing"} ${subject} interrupts `;
    const isAlone = tunnels?.length === 1 && tunnels[0]!.id === id;
    const effect = isAlone
      ? "its tunnel for a moment"
      : `${isUpdate ? "all" : "all other"} tunnels of ${title} for a moment${this.listed(tunnels)}`;
    this.log.once(keyOf(service), `${line}${effect}.`);
  }

  /** For example `: a, b and 3 more`; instead of names that the program marks as secret, ids. */
  private listed(tunnels: Connections): string {
    if (tunnels === undefined) return "";
    const names = tunnels.map((one) => {
      return (this.ownership.hidesName(one.id) ? "" : nameOf(one)) || one.id;
    });
    return `: ${escapeControlCharacters(listLabels(names.sort()))}`;
  }

  /** The connections of a cloud as of the first call. */
  private connectionsOf(cloud: unknown, open: () => Promise<NeutronClient>): Promise<Connections> {
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

async function list(open: () => Promise<NeutronClient>): Promise<Connections> {
  const client = await open();
  return client.list(CONNECTION);
}

function isOf(service: string, connection: WireObject): boolean {
  return connection["vpnservice_id"] === service;
}

function deletedFirst(subject: string): string {
  return `${subject} is deleted before its successor is created`;
}

/** One line per VPN service and run. */
function keyOf(service: string): string {
  return `tunnels of ${service}`;
}
