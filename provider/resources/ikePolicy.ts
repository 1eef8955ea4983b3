import { cloudResourceType } from "../schema/resourceType";
import type { Rule } from "../schema/rule";
import { isAead } from "../tunnel/tunnelView";
import { libreswanLacks } from "./libreswanWarnings";
import type { ResourceBehavior } from "../lifecycle/core/resource";

/** RFC 5282 defines these ciphers for IKE v2 alone; libreswan's `algparse` refuses them in v1. */
const aeadNeedsV2: Rule = ({ encryptionAlgorithm: cipher, ikeVersion }) =>
  ikeVersion === "v1" && typeof cipher === "string" && isAead(cipher)
    ? [
        {
          path: ["encryptionAlgorithm"],
          reason:
            "CCM and GCM are not defined for phase 1 of IKE v1, and many implementations refuse them. Set ikeVersion to v2, or use aes-256.",
          isWarning: true,
        },
      ]
    : [];

/** An IKE policy, with the rules that schema.json cannot express. */
export const ikePolicy: ResourceBehavior = {
  definition: cloudResourceType("IkePolicy"),
  rules: [aeadNeedsV2, libreswanLacks("ike")],
};
