import type { Step } from "../play";
import { type Kind, create, list, remove, show, update } from "./build";

const lifetime = { units: "seconds", value: 7200 };

function common(kind: "ikepolicy" | "ipsecpolicy", own: object, changes: object[]): Step[] {
  const refused: [string, object][] = [
    ["an unknown auth_algorithm", { auth_algorithm: "md5" }],
    ["an unknown encryption_algorithm", { encryption_algorithm: "rot13" }],
    ["an unknown pfs", { pfs: "group1" }],
    ["a lifetime below 60", { lifetime: { value: 59 } }],
    ["a lifetime in kilobytes", { lifetime: { units: "kilobytes", value: 3600 } }],
    ["a lifetime in words", { lifetime: { value: "long" } }],
    ["an unknown key in the lifetime", { lifetime: { years: 1 } }],
    ["an unknown attribute", { availability_zone: "az1" }],
    ["a given id", { id: "{absent}" }],
    ["a name that is no text", { name: 7 }],
  ];
  return [
    create(kind, "defaults", {}, { keep: "plain" }),
    create(
      kind,
      "every attribute",
      {
        name: "full",
        description: "all of it",
        auth_algorithm: "sha256",
        encryption_algorithm: "aes-256",
        pfs: "group14",
        lifetime,
        ...own,
      },
      { keep: "full" },
    ),
    create(kind, "half a lifetime", { name: "half", lifetime: { value: 600 } }),
    create(
      kind,
      "a lifetime as text",
      { name: "text", lifetime: { value: "600" } },
      { keep: "text" },
    ),
    show(kind, "{text}", "a lifetime as text, read back"),
    ...refused.map(([note, body]) => create(kind, `refused: ${note}`, body)),
    ...[
      { name: "renamed" },
      { description: "another" },
      { auth_algorithm: "sha512" },
      { encryption_algorithm: "aes-192" },
      { pfs: "group2" },
      { lifetime: { value: 1200 } },
      { lifetime: { units: "seconds" } },
      ...changes,
    ].map((body) => update(kind, "{full}", `PUT ${JSON.stringify(body)}`, body)),
    update(kind, "{full}", "PUT of nothing", {}),
    update(kind, "{full}", "refused: PUT of a short lifetime", { lifetime: { value: 1 } }),
    update(kind, "{full}", "refused: PUT of project_id", { project_id: "{project}" }),
    update(kind, "{full}", "refused: PUT of an unknown attribute", { color: "red" }),
    show(kind, "{full}", "show"),
    list(kind, "sort_key=name&sort_dir=asc", "list"),
    list(kind, "name=full&fields=name", "a name that was changed"),
    remove(kind, "{plain}", "delete"),
    ...gone(kind, "{plain}", "deleted"),
    ...gone(kind, "{absent}", "never there"),
    ...gone(kind, "no-uuid", "no uuid"),
  ];
}

/** The three calls on something that is not there. */
export const gone = (kind: Kind, id: string, note: string): Step[] => [
  show(kind, id, `show: ${note}`),
  update(kind, id, `update: ${note}`, { name: "x" }),
  remove(kind, id, `delete: ${note}`),
];

/** Both kinds of policies. */
export const ike: Step[] = common(
  "ikepolicy",
  { ike_version: "v2", phase1_negotiation_mode: "aggressive" },
  [{ ike_version: "v1" }, { phase1_negotiation_mode: "main" }],
);

export const ipsec: Step[] = [
  ...common("ipsecpolicy", { transform_protocol: "ah", encapsulation_mode: "transport" }, [
    { transform_protocol: "esp" },
    { encapsulation_mode: "tunnel" },
  ]),
  create("ipsecpolicy", "ah-esp", { name: "both", transform_protocol: "ah-esp" }),
  create("ipsecpolicy", "refused: an unknown mode", { encapsulation_mode: "pipe" }),
  create("ipsecpolicy", "refused: an unknown protocol", { transform_protocol: "gre" }),
];
