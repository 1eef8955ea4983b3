import { nameOf } from "../../model/labels";
import { fingerprint } from "../../schema/equality";
import type { Kind } from "../../schema/resourceType";
import type { Inputs } from "../../values";
import { GroupedMap, type GroupKey } from "./groupedMap";

/** The part of a resource that rules of other resources may read. */
export interface Declaration {
  readonly kind: Kind;
  /** The display name for messages, without an id and without a secret name. */
  readonly subject: string;
  /** With all defaults; any of them may be unknown in a preview. */
  readonly inputs: Inputs;
  /** The inputs in the state; empty before a resource is created or replaced. */
  readonly oldInputs: Inputs;
}

/** The resources in one cloud that a run has checked, changed or not. */
export class Declarations {
  private readonly kinds = new Map<Kind, GroupedMap<Declaration>>();
  /** The names of the resources of each kind, now and in the state. */
  private readonly names = new Map<Kind, Set<string>>();

  /** Records a resource; another one with equal inputs replaces it. */
  declare(declaration: Declaration): void {
    const { kind, inputs } = declaration;
    this.of(kind).set(identityOf(kind, inputs), declaration);
    const names = this.names.get(kind) ?? new Set();
    this.names.set(kind, names);
    for (const name of namesOf(declaration)) names.add(name);
  }

  /** All but the one with those inputs. */
  besides(kind: Kind, inputs: Inputs): OtherDeclarations {
    return new OtherDeclarations(this, identityOf(kind, inputs));
  }

  of(kind: Kind): GroupedMap<Declaration> {
    const known = this.kinds.get(kind) ?? new GroupedMap<Declaration>();
    this.kinds.set(kind, known);
    return known;
  }

  /** Whether a resource of a kind has that name, now or in the state. */
  hasName(kind: Kind, name: string): boolean {
    return this.names.get(kind)?.has(name) === true;
  }
}

/** The other resources of a run, as a rule sees them that checks one of them. */
export class OtherDeclarations {
  constructor(
    private readonly all: Declarations,
    private readonly own: string,
  ) {}

  /** The number of resources of a kind. */
  count(kind: Kind): number {
    const all = this.all.of(kind);
    return all.size - (all.get(this.own) === undefined ? 0 : 1);
  }

  /** The resources of a kind. */
  of(kind: Kind): Declaration[] {
    const all = this.all.of(kind);
    const own = all.get(this.own);
    return [...all.values()].filter((one) => one !== own);
  }

  /** The resources of a kind in the group with that key. */
  group(kind: Kind, keyOf: GroupKey<Declaration>, key: string): Declaration[] {
    const group = this.all.of(kind).group(keyOf, key);
    const own = group.get(this.own);
    return [...group.values()].filter((one) => one !== own);
  }

  /** Whether any resource of a kind, the checked one included, has that name, now or in the state. */
  hasName(kind: Kind, name: string): boolean {
    return this.all.hasName(kind, name);
  }
}

/** The identity of a resource in one run and cloud. */
export function identityOf(kind: Kind, inputs: Inputs): string {
  return fingerprint([kind, inputs]);
}

/** The names of a resource now and in the state. */
export function namesOf({
  inputs,
  oldInputs,
}: Pick<Declaration, "inputs" | "oldInputs">): string[] {
  return [nameOf(inputs), nameOf(oldInputs)].filter((name) => name !== "");
}
