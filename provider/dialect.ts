/** Which API a cloud speaks: Fujitsu K5 / FJcloud-O, or OpenStack Neutron itself. */
export type Dialect = "k5" | "neutron";

/** The one that it is not. */
export function otherThan(dialect: Dialect): Dialect {
  return dialect === "k5" ? "neutron" : "k5";
}
