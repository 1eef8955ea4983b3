/** The doors of the provider: Pulumi's dynamic providers, and the plugin `pulumi-resource-vpnaas`. */
export type DoorName = "dynamic" | "plugin";

/** The door of stacks whose tests choose none: `VPNAAS_DOOR`. */
export const DOOR: DoorName = process.env["VPNAAS_DOOR"] === "plugin" ? "plugin" : "dynamic";
