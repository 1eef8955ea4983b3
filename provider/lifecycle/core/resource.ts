import type { Dialect } from "../../dialect";
import type { Log } from "../../log";
import type { NeutronClient } from "../../neutron/client";
import type { OnDrift } from "../../onDrift";
import type { WaitEnvironment } from "../../wait/waiter";
import type { Rule } from "../../schema/rule";
import type { CloudResourceType } from "../../schema/resourceType";
import type { OwnershipRegistry } from "./ownership";
import type { Values } from "../../values";

/** A kind of resource: its definition and what JSON cannot say of it. */
export interface ResourceBehavior {
  readonly definition: CloudResourceType;
  readonly rules: readonly Rule[];
  /** Why the cloud would refuse any change of that object now, where the kind has reasons of its own. */
  readonly immutableReason?: (
    view: View,
    id: string,
    values: Values,
  ) => Promise<string | undefined>;
  /** What to check when an object settles as DOWN; said once in a run. */
  readonly downChecklist?: (dialect: Dialect) => string;
  /** What any change of such an object does to its neighbors; said once in a run. */
  readonly changeNotice?: string;
}

/** What is needed to look at objects of one kind. */
export interface View {
  readonly resource: ResourceBehavior;
  readonly client: NeutronClient;
}

/** Everything that an operation on one kind of resource needs. */
export interface Context extends WaitEnvironment, View {
  /** When the operation was asked for, by the clock. */
  readonly startedAt: number;
  readonly dialect: Dialect;
  readonly log: Log;
  readonly onDrift: OnDrift;
  /** Names of the inputs that the program marks as secret. */
  readonly secretInputs: ReadonlySet<string>;
  /** Name of the Pulumi project, by which default names are told. */
  readonly project: string;
  readonly ownership: OwnershipRegistry;
}
