import * as pulumi from "@pulumi/pulumi";

import { autoName, namingFields, SECRET_MARKS_KEY, type ResourceType } from "./providerApi";
import type { Door } from "./door";
import { providerText } from "./provider";
import { warnOfUnknownSettings } from "./run";

/**
 * The door of Pulumi's dynamic providers. They receive neither the logical name nor the marks of secrets,
 * so the program makes the default names and lists the secret inputs.
 */
export const dynamicDoor: Door = {
  typeOf: (kind) => `pulumi-nodejs:dynamic/vpnaas:${kind}`,
  inputsOf: (definition, name, args) => {
    const { kind, fields } = definition;
    const secrets = fields.filter((field) => field.secret).map((field) => field.name);
    const isNamed = fields.some((field) => field.name === "name");
    return {
      ...(isNamed && { name: args["name"] ?? nameFor(definition, name, args) }),
      __provider: providerText(kind[0]!.toLowerCase() + kind.slice(1)),
      [SECRET_MARKS_KEY]: markedSecret(args, secrets),
    };
  },
  optionsOf: () => ({}),
  reportUnknownSettings: warnOfUnknownSettings,
};

/** Awaits the inputs that the hash suffix depends on; unknown in a preview while one of them is. */
function nameFor(
  definition: ResourceType,
  resource: string,
  args: Readonly<Record<string, unknown>>,
): pulumi.Output<string> {
  const inputs = Object.fromEntries(namingFields(definition).map(({ name }) => [name, args[name]]));
  const scope = { project: pulumi.getProject(), stack: pulumi.getStack(), resource };
  return pulumi.unsecret(
    pulumi.output(inputs).apply((known) => autoName(definition, scope, known)),
  );
}

/**
 * The names of the other inputs that the program marks as secret: the provider receives plain values.
 * Undefined if there are none, to keep the state small.
 */
function markedSecret(
  args: Readonly<Record<string, unknown>>,
  known: readonly string[],
): pulumi.Output<string[] | undefined> {
  const names = Object.entries(args)
    .filter(([name]) => !known.includes(name))
    .map(async ([name, value]) => ((await pulumi.isSecret(pulumi.output(value))) ? [name] : []));
  return pulumi.output(
    Promise.all(names).then((found) => {
      const marked = found.flat().sort();
      return marked.length > 0 ? marked : undefined;
    }),
  );
}
