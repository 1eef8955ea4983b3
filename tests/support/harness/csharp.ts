/** Names in C#, compared without a compiler. */

/** The members of each class and structure of a generated SDK, by its name. */
export type CsharpTypes = ReadonlyMap<string, ReadonlySet<string>>;

const TYPE = /^ {4}public (?:sealed |static |partial |readonly )*(?:class|struct) (\w+)/;
const MEMBER = /^ {8}public (?:static )?[\w.:<>?]+(?:, [\w.:<>?]+)* (\w+)/;

/** Reads the types and members of source files that Pulumi's generator wrote. */
export function typesIn(sources: readonly string[]): CsharpTypes {
  const types = new Map<string, Set<string>>();
  let members = new Set<string>();
  for (const line of sources.join("\n").split("\n")) {
    const type = TYPE.exec(line)?.[1];
    if (type !== undefined) types.set(type, (members = types.get(type) ?? new Set()));
    const member = MEMBER.exec(line)?.[1];
    if (member !== undefined) members.add(member);
  }
  return types;
}

/** The parts of a program that fill in the arguments of a type, with the type's name. */
const ARGUMENTS: readonly (readonly [RegExp, (name: string) => string])[] = [
  [/new Vpnaas\.(\w+)\("\w+", new\(\)\s*\{/g, (name) => `${name}Args`],
  [/Vpnaas\.(\w+)\.Invoke\(new\(\)\s*\{/g, (name) => `${name}InvokeArgs`],
  [/new Vpnaas\.Inputs\.(\w+)\s*\{/g, (name) => name],
];

/** The names in a program, such as `IkePolicyArgs.IkeVersion`, that the types of a generated SDK lack. */
export function unknownNames(program: string, types: CsharpTypes): string[] {
  return namesIn(program).filter((name) => {
    const [type, member] = name.split(".") as [string, string];
    return types.get(type)?.has(member) !== true;
  });
}

/** The members of the package's types in a program: arguments, outputs, functions and values. */
export function namesIn(program: string): string[] {
  const args = ARGUMENTS.flatMap(([pattern, typeOf]) =>
    [...program.matchAll(pattern)].flatMap((match) => {
      const members = assignedIn(program.slice(match.index + match[0].length));
      return members.map((member) => `${typeOf(match[1]!)}.${member}`);
    }),
  );
  const values = [...program.matchAll(/\bVpnaas\.(?!Inputs\.)(\w+)\.(\w+)/g)];
  const outputs = [...program.matchAll(/\bvar (\w+) = new Vpnaas\.(\w+)\(/g)].flatMap(
    ([, variable, type]) =>
      [...program.matchAll(new RegExp(`\\b${variable}\\.(\\w+)`, "g"))]
        .filter(([, member]) => member !== "Id")
        .map(([, member]) => `${type}.${member}`),
  );
  return [...args, ...values.map(([, type, member]) => `${type}.${member}`), ...outputs];
}

/** The names that are assigned before the brace that closes an initializer, inner ones excluded. */
function assignedIn(text: string): string[] {
  const names: string[] = [];
  let depth = 0;
  for (const [token, name] of text.matchAll(/[{}]|(\w+) = /g)) {
    if (token === "}" && depth === 0) break;
    if (token === "{") depth += 1;
    else if (token === "}") depth -= 1;
    else if (depth === 0) names.push(name!);
  }
  return names;
}
