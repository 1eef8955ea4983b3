import { stringify } from "yaml";

import type { Example, Value } from "./examples";
import type { Language } from "./language";

export const yaml: Language = {
  title: "YAML",
  fence: "yaml",
  declare: (examples) => {
    const resources = examples.map(({ name, kind, properties }) => {
      const all = properties.map(([property, value]) => [property, plain(value)] as const);
      return [name, { type: `vpnaas:${kind}`, properties: Object.fromEntries(all) }] as const;
    });
    return stringify({ resources: Object.fromEntries(resources) });
  },
};

/** A whole program. */
export function yamlProgram(examples: readonly Example[]): string {
  return `name: my-vpn\nruntime: yaml\n${yaml.declare(examples)}`;
}

function plain(value: Value): unknown {
  switch (value.form) {
    case "output":
      return `\${${value.resource}.${value.output}}`;
    case "list":
      return value.items.map(plain);
    case "object":
      return Object.fromEntries(value.members.map(([name, one]) => [name, plain(one)]));
    default:
      return value.value;
  }
}
