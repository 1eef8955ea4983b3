/**
 * The declarations of `pulumi-vpnaas/plugin`: those of the main entry, and the provider. Resources use the
 * plugin `pulumi-resource-vpnaas`, and the type `vpnaas:index:*` in the state.
 */
export * from "./index";
export { Provider } from "./pluginProvider";
export type { ProviderArgs } from "./providerArgs";
