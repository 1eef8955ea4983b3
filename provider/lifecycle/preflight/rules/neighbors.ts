import { displayNameOf, nameOf } from "../../../model/labels";
import { cloudResourceType, type Kind } from "../../../schema/resourceType";
import type { Values, WireObject } from "../../../values";
import { namesOf, type Declaration } from "../declarations";
import { isUnanswered, type CloudFacts } from "../facts";
import type { Declared } from "../finding";
import type { GroupKey } from "../groupedMap";

/** Another resource of this run, or an object that no resource of this run holds. */
export interface Neighbor {
  readonly displayName: string;
  /** By the names of the properties. */
  readonly values: Values;
}

/** A neighborhood: resources and objects of one kind with an equal key. */
export interface Neighborhood {
  readonly kind: Kind;
  /** The key of values, by the names of the properties; undefined as long as it is not known. */
  readonly keyOf: (values: Values) => string | undefined;
  readonly ofResource: GroupKey<Declaration>;
  readonly ofObject: GroupKey<WireObject>;
  readonly toNeighbor: (object: WireObject) => Neighbor;
}

export function neighborhood(kind: Kind, keyOf: Neighborhood["keyOf"]): Neighborhood {
  const known = new WeakMap<WireObject, Neighbor>();
  /** Computed once, since an object is the neighbor of many resources. */
  const toNeighbor = (object: WireObject): Neighbor => {
    const neighbor = known.get(object) ?? asNeighbor(kind, object);
    known.set(object, neighbor);
    return neighbor;
  };
  return {
    kind,
    keyOf,
    ofResource: ({ inputs }) => keyOf(inputs),
    ofObject: (object) => keyOf(toNeighbor(object).values),
    toNeighbor,
  };
}

/**
 * The neighbors of a resource. None if its key is unknown, or if the collection cannot be read. An object
 * that a resource of this run declares counts as declared; its name shows it until its diff has been
 * called.
 */
export async function neighborsIn(
  { kind, keyOf, ofResource, ofObject, toNeighbor }: Neighborhood,
  declared: Declared,
  facts: CloudFacts,
): Promise<Neighbor[]> {
  const { inputs, others } = declared;
  const key = keyOf(inputs);
  if (key === undefined) return [];
  const listed = await facts.all(kind);
  const objects = isUnanswered(listed) ? [] : [...listed.value.group(ofObject, key).values()];
  const own = namesOf(declared);
  const isDeclared = (name: string) => own.includes(name) || others.hasName(kind, name);
  return [
    ...others
      .group(kind, ofResource, key)
      .map((one) => ({ displayName: one.subject, values: one.inputs })),
    ...objects.filter((one) => !facts.isHeld(one.id) && !isDeclared(nameOf(one))).map(toNeighbor),
  ];
}

function asNeighbor(kind: Kind, object: WireObject): Neighbor {
  const { fields } = cloudResourceType(kind);
  return {
    displayName: displayNameOf(kind, object.id, object),
    values: Object.fromEntries(fields.map(({ name, wire }) => [name, object[wire]])),
  };
}
