/** Which API a cloud speaks: Fujitsu K5 / FJcloud-O, or OpenStack Neutron itself. */
export type Dialect = "k5" | "neutron";
