import type { Format } from "./format";
import { fortios } from "./fortios";
import { iosXe } from "./iosXe";
import { ipsecConf } from "./ipsecConf";
import { ipsecSecrets } from "./ipsecSecrets";
import { json } from "./json";
import { junos } from "./junos";
import { libreswan } from "./libreswan";
import { openstack } from "./openstack";
import { pulumi } from "./pulumi";
import { routeros } from "./routeros";
import { swanctl } from "./swanctl";
import { vyos } from "./vyos";

/** Every format by its value of PeerFormat in schema.json. */
export const formats = {
  json,
  swanctl,
  "ipsec.conf": ipsecConf,
  libreswan,
  "ipsec.secrets": ipsecSecrets,
  vyos,
  pulumi,
  openstack,
  fortios,
  "ios-xe": iosXe,
  junos,
  routeros,
} as const satisfies Record<string, Format>;

/** The name of a format. */
export type FormatName = keyof typeof formats;

/** The names of all formats. */
export const formatNames = Object.keys(formats) as readonly FormatName[];

/** Whether a format has that name. */
export function isFormatName(name: string): name is FormatName {
  return Object.hasOwn(formats, name);
}
