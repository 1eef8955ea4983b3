/** The fixtures beside this file, and clouds that have what they hold. */
import crypto from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { definitionOf, type Kind } from "../../provider/lifecycle/definition";
import { toWire } from "../../provider/lifecycle/wire";
import type { Api } from "../harness/api";
import { KINDS } from "../harness/kinds";
import type { Properties } from "../harness/providerProcess";
import type { Deployment, StateResource } from "../harness/stack";
import { PSK } from "./programs";

/** A resource of a fixture, its secrets in clear. */
export interface Placed {
  readonly name: string;
  readonly kind: Kind;
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
}

/** A fixture whose objects a cloud has. */
export interface Placement {
  /** As `pulumi stack export` printed it, but for the endpoint. */
  readonly text: string;
  /** In the order in which they were made. */
  readonly resources: readonly Placed[];
}

/** The cloud that a fixture comes to live in: an empty simulator in this very process. */
interface Site {
  readonly endpoint: string;
  readonly dialect: "neutron" | "k5";
  readonly cloud: Api;
  readonly fixture: { readonly routerId: string; readonly subnetId: string };
}

/** The text of a fixture, by its name. */
export function fixtureText(name: string): string {
  return readFileSync(join(__dirname, `${name}.json`), "utf8");
}

/** The resources of this package in the text of a fixture, their secrets encrypted. */
export function resourcesIn(text: string): StateResource[] {
  const { resources = [] } = (JSON.parse(text) as Deployment).deployment;
  return resources.filter(({ type }) => type.includes("vpnaas:"));
}

/** Makes every object that a fixture holds, under the id that it holds. */
export async function place(name: string, site: Site): Promise<Placement> {
  const text = fixtureText(name).replace(/http:\/\/127\.0\.0\.1:\d+\/network/g, site.endpoint);
  const resources = resourcesIn(text).map(placed);
  const held = new Set(resources.map(({ id }) => id));
  for (const parent of resources.flatMap(parentsOf).filter(({ id }) => !held.has(id))) {
    const { routerId, subnetId } = site.fixture;
    const body = parent.kind === "VpnService" ? { router_id: routerId, subnet_id: subnetId } : {};
    await make(site.cloud, parent, { name: "a parent", ...body });
  }
  for (const resource of resources) {
    const { fields } = definitionOf(resource.kind);
    const own = fields.filter((field) => field.name !== "projectId");
    await make(site.cloud, resource, toWire(own, site.dialect, resource.outputs));
  }
  return { text, resources };
}

async function make(
  cloud: Api,
  { kind, id }: Pick<Placed, "kind" | "id">,
  body: Properties,
): Promise<void> {
  const ids = jest.spyOn(crypto, "randomUUID").mockReturnValue(id as crypto.UUID);
  try {
    await cloud.post(KINDS[kind].path, { [KINDS[kind].key]: body });
  } finally {
    ids.mockRestore();
  }
}

function parentsOf({ inputs }: Placed): Pick<Placed, "kind" | "id">[] {
  return (["VpnService", "IkePolicy", "IpsecPolicy"] as const).flatMap((kind) => {
    const id = inputs[`${kind[0]!.toLowerCase()}${kind.slice(1)}Id`];
    return typeof id === "string" ? [{ kind, id }] : [];
  });
}

function placed({ urn, type, id, inputs, outputs }: StateResource): Placed {
  const [name, kind] = [urn.split("::").at(-1)!, type.split(":").at(-1) as Kind];
  return { name, kind, id: id!, inputs: opened(inputs), outputs: opened(outputs) };
}

/** The values of the fixtures' programs in the place of what is encrypted. */
function opened(properties: Properties = {}): Properties {
  const secrets: Properties = { psk: PSK, description: "to a customer" };
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      name,
      Object.hasOwn(Object(value) as object, "ciphertext") ? secrets[name] : value,
    ]),
  );
}
