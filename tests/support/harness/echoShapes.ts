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
  "a Neutron error": (seen) => ({ status: 400, body: neutron(`Bad: ${all(seen)}`) }),
  "a Neutron error for each value": (seen) => ({
    status: 409,
    body: neutron(`Bad: ${valuesOf(seen).join(", ")}`),
  }),
  "an error with the values in its type": (seen) => ({
    status: 400,
    body: neutron("Bad", valuesOf(seen).join("_")),
  }),
  "a Keystone error": (seen) => ({
    status: 403,
    body: { error: { code: 403, message: all(seen), title: valuesOf(seen)[0] ?? "" } },
  }),
  "a K5 error": (seen) => ({ status: 400, body: { message: all(seen), request: seen } }),
  "an error in URL encoding": (seen) => ({
    status: 400,
    body: neutron(valuesOf(seen).map(encodeURIComponent).join("&")),
  }),
  "an error as a form": (seen) => ({
    status: 400,
    body: neutron(asForm(valuesOf(seen))),
  }),
  "an error in base64": (seen) => ({
    status: 400,
    body: neutron(Buffer.from(all(seen)).toString("base64")),
  }),
  "an error with each value in base64": (seen) => ({
    status: 400,
    body: neutron(
      valuesOf(seen)
        .map((one) => Buffer.from(`:${one}`).toString("base64"))
        .join(" "),
    ),
  }),
  "an error in HTML entities": (seen) => ({ status: 400, body: neutron(html(all(seen))) }),
  "an error in JSON in JSON": (seen) => ({
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
    raw: `HTTP/1.1 400 ${ofFields(valuesOf(seen).join(" "))}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  }),
  "a response that is cut": (seen) => ({
    raw: `HTTP/1.1 400 Bad Request\r\nContent-Length: 99999\r\n\r\n${all(seen)}`,
  }),
  "no HTTP": (seen) => ({ raw: `${all(seen)}\r\n\r\n` }),
};
