import type { Seen, Shape } from "./echo";

/** A whole request as a string: header fields first, then the body. */
function all({ headers, body }: Seen): string {
  return `${JSON.stringify(headers)} ${body}`;
}

/** The confidential values of a request: header fields of authentication, strings of the body. */
function valuesOf({ headers, body }: Seen): string[] {
  const texts: string[] = [];
  for (const name of ["x-auth-token", "x-subject-token", "proxy-authorization"] as const) {
    const value = headers[name];
    if (typeof value === "string") texts.push(value);
  }
  JSON.parse(body || "null", (_key, value: unknown) => {
    if (typeof value === "string") texts.push(value);
    return value;
  });
  return texts;
}

const neutron = (message: string, type = "HTTPBadRequest") => ({
  NeutronError: { type, message, detail: message },
});

const html = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const asForm = (texts: readonly string[]) =>
  new URLSearchParams(texts.map((one): [string, string] => ["x", one])).toString();

/** Header fields contain ASCII alone. */
const ofFields = (text: string) => text.replace(/[^ -~]/g, "?");

/**
 * Responses that repeat the request, in every shape of known servers or that HTTP allows. Their statuses
 * cause no retry.
 */
export const SHAPES: Readonly<Record<string, Shape>> = {
  "a fault of Neutron": (seen) => ({ status: 400, body: neutron(`Bad: ${all(seen)}`) }),
  "a fault of Neutron for each value": (seen) => ({
    status: 409,
    body: neutron(`Bad: ${valuesOf(seen).join(", ")}`),
  }),
  "a fault whose type it is": (seen) => ({
    status: 400,
    body: neutron("Bad", valuesOf(seen).join("_")),
  }),
  "a fault of Keystone": (seen) => ({
    status: 403,
    body: { error: { code: 403, message: all(seen), title: valuesOf(seen)[0] ?? "" } },
  }),
  "a fault of K5": (seen) => ({ status: 400, body: { message: all(seen), request: seen } }),
  "a fault in URL encoding": (seen) => ({
    status: 400,
    body: neutron(valuesOf(seen).map(encodeURIComponent).join("&")),
  }),
  "a fault as a form": (seen) => ({
    status: 400,
    body: neutron(asForm(valuesOf(seen))),
  }),
  "a fault in base64": (seen) => ({
    status: 400,
    body: neutron(Buffer.from(all(seen)).toString("base64")),
  }),
  "a fault with each value in base64": (seen) => ({
    status: 400,
    body: neutron(
      valuesOf(seen)
        .map((one) => Buffer.from(`:${one}`).toString("base64"))
        .join(" "),
    ),
  }),
  "a fault in HTML entities": (seen) => ({ status: 400, body: neutron(html(all(seen))) }),
  "a fault in JSON in JSON": (seen) => ({
    status: 400,
    body: neutron(JSON.stringify(JSON.stringify(seen))),
  }),
  "a page": (seen) => ({ status: 403, body: `<html><body>${html(all(seen))}</body></html>` }),
  "a page of success": (seen) => ({ status: 200, body: `<html>${html(all(seen))}</html>` }),
  "JSON of success": (seen) => ({ status: 201, body: { echo: seen } }),
  "header fields": (seen) => ({
    status: 400,
    headers: Object.fromEntries(
      ["X-Openstack-Request-Id", "Www-Authenticate", "Retry-After", "Set-Cookie", "X-Echo"].map(
        (name) => [name, ofFields(valuesOf(seen).join(" "))],
      ),
    ),
    body: neutron("Bad"),
  }),
  "a redirect": (seen) => ({
    status: 302,
    headers: {
      Location: `http://127.0.0.1:9/?${asForm(valuesOf(seen))}`,
    },
    body: all(seen),
  }),
  "a reason phrase": (seen) => ({
    raw: `HTTP/1.1 400 ${ofFields(valuesOf(seen).join(" "))}\r\nContent-Length: 0\r\n\r\n`,
  }),
  "an answer that is cut": (seen) => ({
    raw: `HTTP/1.1 400 Bad Request\r\nContent-Length: 99999\r\n\r\n${all(seen)}`,
  }),
  "no HTTP": (seen) => ({ raw: `${all(seen)}\r\n\r\n` }),
};
