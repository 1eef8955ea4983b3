import type { Attributes } from "./attributes";
import { ApiFault, badRequest } from "./faultBodies";
import type { Caller } from "./rows";
import { inServerOrder } from "./rules/order";
import { isObject } from "./values";

/** The permitted content of a request, and its caller. */
export interface Expected {
  /** The key that wraps one object. */
  kind: string;
  /** The key of a list of objects. */
  plural: string;
  attributes: Attributes;
  /** Whether the cloud accepts `project_id`. */
  projectId: boolean;
  caller: Caller;
}

/** The attributes of a POST, with defaults filled in, or of a PUT; each converted and checked. */
export type Values = Record<string, unknown>;

function unwrap(text: string, { kind, plural }: Expected): Values {
  let body: unknown;
  try {
    body = text === "" ? null : JSON.parse(text);
  } catch {
    throw new ApiFault(
      400,
      "MalformedRequestBody",
      "Malformed request body: Cannot understand JSON.",
    );
  }
  if (!isObject(body) || Object.keys(body).length === 0) {
    throw badRequest("Resource body required");
  }
  if (plural in body) {
    throw badRequest("Bulk operation not supported");
  }
  const wrapped = body[kind];
  if (!isObject(wrapped)) {
    throw badRequest(`Unable to find '${kind}' in request body`);
  }
  return { ...wrapped };
}

/** Both names of the project are one attribute. Source: neutron_lib/api/attributes.py. */
function populateProject(values: Values, verb: "POST" | "PUT", expected: Expected): void {
  const { caller, projectId } = expected;
  const given = projectId ? (values["project_id"] ?? values["tenant_id"]) : values["tenant_id"];
  if (projectId && "project_id" in values && "tenant_id" in values) {
    if (values["project_id"] !== values["tenant_id"]) {
      throw badRequest("'project_id' and 'tenant_id' do not match");
    }
  }
  if (given !== undefined && given !== caller.projectId && !caller.admin) {
    throw badRequest(
      "Specifying 'project_id' other than the authenticated project in request is not allowed for the current user.",
    );
  }
  if (verb === "POST" || given !== undefined) {
    const project = given ?? caller.projectId;
    Object.assign(values, projectId ? { project_id: project } : {}, { tenant_id: project });
  }
}

function refuseUnknown(values: Values, { attributes, projectId }: Expected): void {
  const unknown = Object.keys(values).filter(
    (name) => !Object.hasOwn(attributes, name) && !(projectId && name === "project_id"),
  );
  if (unknown.length > 0) {
    throw badRequest(`Unrecognized attribute(s) '${inServerOrder(unknown).join(", ")}'`);
  }
}

function fillDefaults(values: Values, attributes: Attributes): void {
  for (const [name, attribute] of Object.entries(attributes)) {
    if (!attribute.post && name in values) {
      throw badRequest(`Attribute '${name}' not allowed in POST`);
    }
    if (attribute.post && !(name in values)) {
      if (!("default" in attribute)) {
        throw badRequest(`Failed to parse request. Required attribute '${name}' not specified`);
      }
      values[name] = structuredClone(attribute.default);
    }
  }
}

function refuseReadOnly(values: Values, attributes: Attributes): void {
  const readOnly = Object.keys(attributes).find((name) => name in values && !attributes[name]?.put);
  if (readOnly !== undefined) {
    throw badRequest(`Cannot update read-only attribute ${readOnly}`);
  }
}

/**
 * Reads a body. Source: neutron/api/v2/base.py, prepare_request_body.
 * @throws ApiFault for an invalid body
 */
export function readBody(text: string, verb: "POST" | "PUT", expected: Expected): Values {
  const values = unwrap(text, expected);
  populateProject(values, verb, expected);
  refuseUnknown(values, expected);
  if (verb === "POST") {
    fillDefaults(values, expected.attributes);
  } else {
    refuseReadOnly(values, expected.attributes);
  }
  for (const [name, { convert, check }] of Object.entries(expected.attributes)) {
    if (name in values) {
      values[name] = convert ? convert(values[name]) : values[name];
      const reason = check?.(values[name]) ?? null;
      if (reason !== null) {
        throw badRequest(`Invalid input for ${name}. Reason: ${reason}.`);
      }
    }
  }
  return values;
}
