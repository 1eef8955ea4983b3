import type { Dialect } from "../../../provider/dialect";
import { createChecker, type CheckResult } from "../../../provider/lifecycle/operations/check";
import { cloudResourceType, type Kind, type Values } from "../../../provider/schema/resourceType";
import type { WireObject } from "../../../provider/values";
import type { ResourceBehavior } from "../../../provider/lifecycle/core/resource";
import { toOutputs } from "../../../provider/model/wireMapping";
import { endpointGroup } from "../../../provider/resources/endpointGroup";
import { ikePolicy } from "../../../provider/resources/ikePolicy";
import { ipsecPolicy } from "../../../provider/resources/ipsecPolicy";
import { ipsecSiteConnection } from "../../../provider/resources/ipsecSiteConnection";
import { vpnService } from "../../../provider/resources/vpnService";
import { aConnection, aWireConnection, PROJECT_ID, sent, wireObject, without } from "./builders";

export const ROUTER_ID = "66e3b16c-8ce5-40fb-bb49-ab6d8dc3f2aa";
export const SUBNET_ID = "14067794-975d-461e-b502-dd40c0383d26";

const SECONDS = { units: "seconds", value: 3600 };
const OURS = { project_id: PROJECT_ID, tenant_id: PROJECT_ID };

interface Sample {
  readonly resource: ResourceBehavior;
  /** Inputs of a program that are valid in every dialect with the type. */
  readonly inputs: Values;
  /** The object that Neutron then returns. */
  readonly wire: Values;
}

const SAMPLES: Readonly<Record<Kind, Sample>> = {
  VpnService: {
    resource: vpnService,
    inputs: { name: "office", routerId: ROUTER_ID, subnetId: SUBNET_ID },
    wire: {
      id: "5c561d9d-eaea-45f6-ae3e-08d1a7080828",
      status: "ACTIVE",
      ...OURS,
      name: "office",
      description: "",
      admin_state_up: true,
      flavor_id: null,
      router_id: ROUTER_ID,
      subnet_id: SUBNET_ID,
      external_v4_ip: "198.51.100.4",
      external_v6_ip: null,
    },
  },
  IkePolicy: {
    resource: ikePolicy,
    inputs: { name: "office" },
    wire: {
      id: "5522aff7-1b3c-48dd-9c3c-b50f016b73db",
      name: "office",
      description: "",
      ...OURS,
      auth_algorithm: "sha256",
      encryption_algorithm: "aes-128",
      pfs: "group14",
      ike_version: "v1",
      phase1_negotiation_mode: "main",
      lifetime: SECONDS,
    },
  },
  IpsecPolicy: {
    resource: ipsecPolicy,
    inputs: { name: "office" },
    wire: {
      id: "5291b189-fd84-46e5-84bd-78f40c05d69c",
      name: "office",
      description: "",
      ...OURS,
      auth_algorithm: "sha256",
      encryption_algorithm: "aes-128",
      pfs: "group14",
      transform_protocol: "esp",
      encapsulation_mode: "tunnel",
      lifetime: SECONDS,
    },
  },
  EndpointGroup: {
    resource: endpointGroup,
    inputs: { name: "office", type: "cidr", endpoints: ["10.2.0.0/24", "10.3.0.0/24"] },
    wire: {
      id: "6ecd9cf3-ca64-46c7-863f-f2eb1b9e838a",
      name: "office",
      description: "",
      ...OURS,
      type: "cidr",
      endpoints: ["10.3.0.0/24", "10.2.0.0/24"],
    },
  },
  IpsecSiteConnection: {
    resource: ipsecSiteConnection,
    inputs: aConnection(),
    wire: aWireConnection(),
  },
};

/** Every resource type, in an order in which objects can be created. */
export const KINDS = Object.keys(SAMPLES) as Kind[];

/** Every resource type with each of its dialects, for tables. */
export const KINDS_OF_DIALECTS = KINDS.flatMap((kind) =>
  (["k5", "neutron"] as const)
    .filter((dialect) => cloudResourceType(kind).available[dialect])
    .map((dialect): [Kind, Dialect] => [kind, dialect]),
);

export function resourceOf(kind: Kind): ResourceBehavior {
  return SAMPLES[kind].resource;
}

/** Inputs of a program that are valid in every dialect; `undefined` removes one. */
export function someInputs(kind: Kind, changes: Values = {}): Values {
  return without({ ...SAMPLES[kind].inputs, ...changes });
}

/** An object in the form of Neutron, created from {@link someInputs} and all defaults. */
export function aWire(kind: Kind, changes: Values = {}): WireObject {
  return wireObject(without({ ...SAMPLES[kind].wire, ...changes }));
}

/** The state that results from a response of the cloud and inputs. */
export function aState(kind: Kind, changes: Values = {}, wire: Values = {}): Values {
  return toOutputs(cloudResourceType(kind), aWire(kind, wire), someInputs(kind, changes));
}

/** The result of the check of inputs. */
export function checked(kind: Kind, inputs: Values, dialect: Dialect = "neutron"): CheckResult {
  const { definition, rules } = resourceOf(kind);
  return createChecker(definition, rules)(inputs, dialect);
}

/** The inputs of a type as a check returns them, with every default. */
export function checkedInputs(
  kind: Kind,
  changes: Values = {},
  dialect: Dialect = "neutron",
): Values {
  return sent(checked(kind, someInputs(kind, changes), dialect).inputs);
}

/** The failures of the check of inputs, each as a path and a reason. */
export function reasonsOf(kind: Kind, dialect: Dialect, changes: Values): string[] {
  return checked(kind, someInputs(kind, changes), dialect).failures.map(({ reason }) => reason);
}
