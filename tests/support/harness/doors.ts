/** The doors of the provider: Pulumi's dynamic providers, and the plugin `pulumi-resource-vpnaas`. */
export type DoorName = "dynamic" | "plugin";
