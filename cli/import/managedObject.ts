import type { CloudTypeName } from "../../provider/schema/packageSchema";

/** An object of a cloud that another tool manages. */
export interface ManagedObject {
  readonly kind: CloudTypeName;
  /** Its logical name in the state of that tool. */
  readonly name: string;
  /** Its id in the cloud. */
  readonly id: string;
  /** Its name in commands of the tool: an address of Terraform, or a URN of Pulumi. */
  readonly address: string;
}

/** The VPN objects in the state of another tool. */
export interface OtherState {
  readonly objects: readonly ManagedObject[];
  /** The number of resources of other types, which stay with their tool. */
  readonly others: number;
  /** The arguments of a shell command by which the tool forgets an object. */
  readonly forget: (address: string) => readonly string[];
}
