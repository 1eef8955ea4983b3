import { Secrets } from "../../../provider/http/secrets";
import type { Values, WireObject } from "../../../provider/values";

export const SERVICE_ID = "41bfef97-af4e-4f6b-a5d3-4678859d2485";
export const OTHER_ID = "0b4bd9ec-5d4c-4f2f-9a53-0d1c6a1a0b77";
export const PROJECT_ID = "26de9cd6cae94c8cb9f79d660d628e1f";

/** Inputs of a program that are valid in both dialects; `undefined` removes one. */
export function aConnection(changes: Values = {}): Values {
  return without({
    name: "office",
    vpnServiceId: SERVICE_ID,
    ikePolicyId: "771f081c-5ec8-4f9a-b041-015dfb7fbbe2",
    ipsecPolicyId: "9958d4fe-3719-4e8c-84e7-9893895b76b4",
    peerAddress: "203.0.113.7",
    peerId: "203.0.113.7",
    peerCidrs: ["10.2.0.0/24"],
    psk: "correct horse battery",
    ...changes,
  });
}

/** A connection in the form of Neutron, created from {@link aConnection} and all defaults. */
export function aWireConnection(changes: Values = {}): WireObject {
  return wireObject(
    without({
      id: "f7cf7305-f491-45f4-ad9c-8e7240fe3d72",
      status: "DOWN",
      name: "office",
      description: "",
      admin_state_up: true,
      project_id: PROJECT_ID,
      tenant_id: PROJECT_ID,
      vpnservice_id: SERVICE_ID,
      ikepolicy_id: "771f081c-5ec8-4f9a-b041-015dfb7fbbe2",
      ipsecpolicy_id: "9958d4fe-3719-4e8c-84e7-9893895b76b4",
      peer_address: "203.0.113.7",
      peer_id: "203.0.113.7",
      peer_cidrs: ["10.2.0.0/24"],
      psk: "correct horse battery",
      auth_mode: "psk",
      route_mode: "static",
      mtu: 1500,
      initiator: "bi-directional",
      dpd: { action: "hold", interval: 30, timeout: 120 },
      ...changes,
    }),
  );
}

/** An object as the client returns it, with those attributes. */
export function wireObject(attributes: Values): WireObject {
  return attributes as unknown as WireObject;
}

/** The secrets of a process. */
export function secretsOf(...texts: readonly string[]): Secrets {
  const secrets = new Secrets();
  for (const text of texts) secrets.keep(text);
  return secrets;
}

/** Values after their way through the engine: a copy by JSON. */
export function sent<T>(values: T): T {
  return JSON.parse(JSON.stringify(values)) as T;
}

/** A copy without `undefined` values. */
export function without(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
