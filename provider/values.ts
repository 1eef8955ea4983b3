/** Values by name, of any meaning: for code that treats inputs, a state and an object alike. */
export type Values = Readonly<Record<string, unknown>>;

/**
 * Exists only as a type: at run time no value has this property. It distinguishes the types below.
 */
declare const MEANING: unique symbol;

/**
 * The values that a program declares, by property name. As with {@link State} and {@link Outputs},
 * plain values are accepted, since the engine passes nothing else; each of the other types is
 * refused.
 */
export interface Inputs extends Values {
  readonly [MEANING]?: "inputs";
}

/** The outputs that the state of a resource records, by property name. */
export interface State extends Values {
  readonly [MEANING]?: "state";
}

/** The current outputs of an object of the cloud, by property name: see `toOutputs`. */
export interface Outputs extends Values {
  readonly [MEANING]?: "outputs";
}

/**
 * An object of the cloud, by the API's names. Only `objectOf` (neutron/responseObjects.ts) creates
 * one from a response, after it has checked it: plain values are refused.
 */
export interface WireObject extends Values {
  readonly [MEANING]: "wire";
  readonly id: string;
}
