import type { Dialect } from "../../dialect";
import type { Log } from "../../log";
import type { NeutronClient } from "../../neutron/client";
import type { OnDrift } from "../../onDrift";
import type { WaitEnvironment } from "../../wait/waiter";
import type { Rule } from "../../schema/rule";
import type { CloudResourceType } from "../../schema/resourceType";
import type { OwnershipRegistry } from "./ownership";
import type { Values } from "../../values";

/** A cloud resource type with the behavior that schema.json cannot express. */
export interface ResourceBehavior {
  readonly definition: CloudResourceType;
  readonly rules: readonly Rule[];
  /**
   * Why the cloud would refuse any change of the object now, for reasons that only this type has.
   */
  readonly immutableReason?: (
    view: View,
    id: string,
    values: Values,
  ) => Promise<string | undefined>;
  /** The checklist for an object that settles as DOWN; logged once per run. */
  readonly downChecklist?: (dialect: Dialect) => string;
  /** The id of the VPN service whose tunnels a change of the object interrupts. */
  readonly interruptedService?: (id: string, values: Values) => unknown;
}

/** The dependencies for reading objects of one type. */
export interface View {
  readonly resource: ResourceBehavior;
  readonly client: NeutronClient;
}

/** The dependencies of every operation on one type of resource. */
export interface Context extends WaitEnvironment, View {
  /** When the operation was requested, by the clock. */
  readonly startedAt: number;
  readonly dialect: Dialect;
  readonly log: Log;
  readonly onDrift: OnDrift;
  /** The names of the inputs that the program marks as secret. */
  readonly secretInputs: ReadonlySet<string>;
  /** The name of the Pulumi project, which identifies auto-names. */
  readonly project: string;
  readonly ownership: OwnershipRegistry;
}
