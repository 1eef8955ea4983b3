/**
 * The text that the state records as the code of a resource's provider: one line that loads it from
 * the installed package. The engine writes the state anew at every step of a run, so its length
 * affects the duration of the run; and since states of every age contain it, it must never change.
 *
 * It is set without Pulumi's serializer, which would copy the provider's whole code.
 */
export function providerText(name: string): string {
  return `exports.handler = () => require("pulumi-vpnaas/dynamic").${name};`;
}
