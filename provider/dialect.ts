/** The API of a cloud: Fujitsu K5 / FJcloud-O, or OpenStack Neutron itself. */
export type Dialect = "k5" | "neutron";

/** The other dialect. */
export function otherThan(dialect: Dialect): Dialect {
  return dialect === "k5" ? "neutron" : "k5";
}
