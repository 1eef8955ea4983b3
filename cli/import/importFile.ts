import type { ManagedObject } from "./managedObject";

/** An entry of the file that `pulumi import --file` reads. */
interface ImportedResource {
  readonly type: string;
  readonly name: string;
  readonly id: string;
}

/**
 * The content of the file for `pulumi import --file`. Names are unique among the resources of a type:
 * a second `hub` is `hub-2`. It contains ids and names only, and no secret.
 */
export function importFileOf(objects: readonly ManagedObject[]): string {
  const used = new Set<string>();
  const resources = objects.map(({ kind, name, id }): ImportedResource => {
    const type = `vpnaas:index:${kind}`;
    return { type, name: uniqueName(type, name, used), id };
  });
  return `${JSON.stringify({ resources }, undefined, 2)}\n`;
}

function uniqueName(type: string, name: string, used: Set<string>): string {
  let unique = name;
  for (let i = 2; used.has(`${type} ${unique}`); i += 1) unique = `${name}-${i}`;
  used.add(`${type} ${unique}`);
  return unique;
}
