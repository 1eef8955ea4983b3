import type { Cause } from "../cause";
import { addresses } from "./addresses";
import { limits, values } from "./limits";
import { logins, silent } from "./logins";
import { references } from "./references";

/** All causes that are tried, by the headings of their tables. */
export const CAUSES: Readonly<Record<string, readonly Cause[]>> = {
  "Login and settings": logins,
  "Values of one resource": values,
  References: references,
  "Addresses and other tunnels": addresses,
  "Quota and options of the cloud": limits,
  "Not in the preview": silent,
};
