import { planText } from "../../../cli/drift/plan";
import type { PlannedCall } from "../../../provider/drift/report";
import { EAST, OSAKA, resource, sample } from "./reports";

const call = (over: Partial<PlannedCall> = {}): PlannedCall => ({
  method: "PUT",
  path: "/v2.0/vpn/ipsec-site-connections/1",
  body: { ipsec_site_connection: { psk: "(hidden)" } },
  urn: resource().urn,
  name: "office",
  endpoint: OSAKA,
  because: "differs: psk",
  ...over,
});

it("says so if there is nothing to send", () => {
  expect(planText([])).toBe("Nothing to send.\n");
});

it("tells each request with its resource and its reason above", () => {
  const gone = call({ method: "DELETE", path: "/v2.0/vpn/ikepolicies/2", because: "replaced" });
  const { body: _, ...withoutBody } = gone;
  expect(planText([call(), withoutBody])).toBe(
    [
      "`pulumi up --refresh` sends 2 requests:",
      "",
      `At ${OSAKA}`,
      "1. IpsecSiteConnection office (prod): differs: psk",
      '   PUT /v2.0/vpn/ipsec-site-connections/1 {"ipsec_site_connection":{"psk":"(hidden)"}}',
      "2. IpsecSiteConnection office (prod): replaced",
      "   DELETE /v2.0/vpn/ikepolicies/2",
      "",
    ].join("\n"),
  );
});

it("names each cloud once, and numbers by the order of sending", () => {
  const text = planText([call(), call({ endpoint: EAST }), call()]);
  expect(text.match(/^(?:At .*|\d)/gm)).toEqual([`At ${OSAKA}`, "1", "3", `At ${EAST}`, "2"]);
});

it("names the kind of a resource that has a parent", () => {
  const urn = "urn:pulumi:dev::net::my:index:Site$pulumi-nodejs:dynamic/vpnaas:IkePolicy::strong";
  expect(planText([call({ urn, name: "strong" })])).toContain("1. IkePolicy strong (dev): ");
});

it("has every request of a plan", () => {
  expect(planText(sample.plan!).match(/^ {3}\w+ \S+/gm)).toEqual(
    sample.plan!.map(({ method, path }) => `   ${method} ${path}`),
  );
});

it("shows control characters of the cloud as text", () => {
  const text = planText([call({ because: "\x1b[2J", body: { name: "\u009b2J" } })]);
  expect(text).toContain("\\x1b[2J");
  expect(text).toContain('{"name":"\\x9b2J"}');
});
