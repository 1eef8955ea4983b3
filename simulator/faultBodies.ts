import type { Kind } from "./rows";
import type { Answer } from "./types";

/** An error of Neutron: HTTP status, exception type and message. */
export class ApiFault extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    message: string,
  ) {
    super(message);
  }
}

/** 400 of the API layer itself. */
export const badRequest = (message: string): ApiFault =>
  new ApiFault(400, "HTTPBadRequest", message);

/** 400 for a value that cannot be converted. Source: neutron_lib/exceptions/__init__.py. */
export const invalidInput = (reason: string): ApiFault =>
  new ApiFault(400, "InvalidInput", `Invalid input for operation: ${reason}.`);

/** 404 without a resource: unknown collection, missing extension, or no read permission. */
export const noSuchPath = (): ApiFault =>
  new ApiFault(404, "HTTPNotFound", "The resource could not be found.");

/** 405. */
export const methodNotAllowed = (): ApiFault =>
  new ApiFault(
    405,
    "HTTPMethodNotAllowed",
    "The server could not comply with the request since it is either malformed or otherwise incorrect.",
  );

/** 500 for an unexpected error. */
export const internalError = (): ApiFault =>
  new ApiFault(
    500,
    "HTTPInternalServerError",
    "Request Failed: internal server error while processing your request.",
  );

/** Sources: neutron_lib/exceptions/vpn.py, neutron_lib/exceptions/__init__.py, neutron_lib/exceptions/l3.py. */
const missing: Record<Kind, [type: string, message: (id: string) => string]> = {
  ipsec_site_connection: [
    "IPsecSiteConnectionNotFound",
    (id) => `ipsec_site_connection ${id} not found`,
  ],
  vpnservice: ["VPNServiceNotFound", (id) => `VPNService ${id} could not be found`],
  ikepolicy: ["IKEPolicyNotFound", (id) => `IKEPolicy ${id} could not be found`],
  ipsecpolicy: ["IPsecPolicyNotFound", (id) => `IPsecPolicy ${id} could not be found`],
  endpoint_group: ["VPNEndpointGroupNotFound", (id) => `Endpoint group ${id} could not be found`],
  network: ["NetworkNotFound", (id) => `Network ${id} could not be found.`],
  subnet: ["SubnetNotFound", (id) => `Subnet ${id} could not be found.`],
  router: ["RouterNotFound", (id) => `Router ${id} could not be found`],
  port: ["PortNotFound", (id) => `Port ${id} could not be found.`],
};

/** 404 for one resource, with that resource's own error type. */
export function notFound(kind: Kind, id: string): ApiFault {
  const [type, message] = missing[kind];
  return new ApiFault(404, type, message(id));
}

const reasons: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  500: "Internal Server Error",
};

/** Neutron's body with an error type. */
export const typedBody = (fault: ApiFault): unknown => ({
  NeutronError: { type: fault.type, message: fault.message, detail: "" },
});

/** A body without an error type, as WebOb renders it for Neutron's lookup of extensions. */
export const untypedBody = (fault: ApiFault): unknown => ({
  message: fault.message,
  code: `${fault.status} ${reasons[fault.status] ?? ""}`.trim(),
  title: reasons[fault.status] ?? "",
});

/** An error of Keystone, or a 401 of Neutron's token filter, which has the same form. */
export const keystoneFault = (
  status: number,
  message: string,
  authUrl: string,
  identity?: object,
): Answer => ({
  status,
  body: {
    error: { code: status, message, title: reasons[status] ?? "", ...(identity && { identity }) },
  },
  headers: status === 401 ? { "Www-Authenticate": `Keystone uri="${authUrl}"` } : {},
});

/** 401, the same for every cause. */
export const unauthorized = (authUrl: string): Answer =>
  keystoneFault(401, "The request you have made requires authentication.", authUrl);
