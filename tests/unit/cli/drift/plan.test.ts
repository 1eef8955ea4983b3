import { planText } from "../../../../cli/drift/render/plan";
import type { PlannedCall, Report } from "../../../../provider/drift/report";
import { EAST, OSAKA, reportWith, resource, sample } from "../../support/reports";

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

const textOf = (calls: readonly PlannedCall[], over: Partial<Report> = {}) =>
  planText(reportWith(over), calls);

it("the text of an empty plan states that it sends nothing", () => {
  expect(textOf([], { resources: [resource()] })).toBe("Nothing to send.\n");
});

it.each<[string, Partial<Report>]>([
  ["a resource was not read", { resources: [resource({ verdict: "notRead" })] }],
  ["there is a problem", { problems: ["The state of the stack dev cannot be read."] }],
])(
  "the text of an empty plan limits itself to the resources that were read if %s",
  (_why, over) => {
    expect(textOf([], over)).toBe(
      "Nothing to send for the resources that were read; the others are not in the plan.\n",
    );
  },
);

it("the text of an empty plan refers to the notes, because a note may name an omitted resource", () => {
  expect(textOf([], { notes: ["The plan leaves out IkePolicy ike: it is tainted."] })).toBe(
    "Nothing to send, unless a note says otherwise.\n",
  );
});

it("the text of a plan shows each request below its resource and its reason", () => {
  const gone = call({ method: "DELETE", path: "/v2.0/vpn/ikepolicies/2", because: "replaced" });
  const { body: _, ...withoutBody } = gone;
  expect(textOf([call(), withoutBody])).toBe(
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

it("the text of a plan names each cloud once and numbers the requests in their order", () => {
  const text = textOf([call(), call({ endpoint: EAST }), call()]);
  expect(text.match(/^(?:At .*|\d)/gm)).toEqual([`At ${OSAKA}`, "1", "3", `At ${EAST}`, "2"]);
});

it("the text of a plan names the resource type of a resource with a parent", () => {
  const urn = "urn:pulumi:dev::net::my:index:Site$pulumi-nodejs:dynamic/vpnaas:IkePolicy::strong";
  expect(textOf([call({ urn, name: "strong" })])).toContain("1. IkePolicy strong (dev): ");
});

it("the text of a plan contains every request", () => {
  expect(textOf(sample.plan!).match(/^ {3}\w+ \S+/gm)).toEqual(
    sample.plan!.map(({ method, path }) => `   ${method} ${path}`),
  );
});

it("the text of a plan shows control characters from the cloud escaped", () => {
  const text = textOf([call({ because: "\x1b[2J", body: { name: "\u009b2J" } })]);
  expect(text).toContain("\\x1b[2J");
  expect(text).toContain('{"name":"\\x9b2J"}');
});
