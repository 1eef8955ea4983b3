import { htmlOf } from "../../../../cli/drift/render/html";
import type { Verdict } from "../../../../provider/drift/report";
import { EAST, reportWith, resource, sample, tunnel, unmanaged } from "../../support/reports";
import { UNTAMED } from "../../support/hostileNames";

/** The content of `<section id=...>` in the page; empty if the page has no such section. */
function section(page: string, id: string): string {
  const [, rest = ""] = page.split(`<section id="${id}"`);
  return rest.split(/<section id=|<footer>/)[0]!;
}

/** Text without markup, with single spaces. */
function text(markup: string): string {
  return markup
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

/** The lines of the picture, as the classes that draw them. */
function linesOf(page: string): string[] {
  const picture = section(page, "tunnels").replace(/<ul class="legend"[^]*?<\/ul>/, "");
  return [...picture.matchAll(/class="line ([^"]*)"/g)].map(([, classes]) => classes!);
}

function rows(page: string, id: string): string[] {
  return section(page, id)
    .split("<tr")
    .slice(2)
    .map((row) => text(`<tr${row}`));
}

const chips = (page: string) =>
  [...section(page, "tunnels").matchAll(/<span class="chip [^]*?<\/span>\s*([^<]*)<\/span/g)].map(
    ([, word]) => word!.trim(),
  );

describe("external text in the HTML page", () => {
  const nasty = "<img src=x onerror=alert(1)>\"'`&";

  /** A copy of the value with every string replaced. */
  const infect = (value: unknown, by: string): unknown =>
    Array.isArray(value)
      ? value.map((one) => infect(one, by))
      : typeof value === "object" && value !== null
        ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, infect(one, by)]))
        : typeof value === "string"
          ? by
          : value;

  it("is escaped in every place", () => {
    const { kind: _kind, ...rest } = infect(resource({ name: "x" }), nasty) as ReturnType<
      typeof resource
    >;
    const page = htmlOf({
      ...(infect(sample, nasty) as typeof sample),
      resources: [
        {
          ...rest,
          kind: "VpnService",
          verdict: "drifted",
          differences: [
            { property: nasty, declared: nasty, actual: [nasty], hidden: false, because: nasty },
          ],
        },
        { ...rest, kind: "IpsecSiteConnection", verdict: "gone" },
        { ...rest, kind: "IkePolicy", verdict: "inStep", notCompared: [nasty] },
      ],
      tunnels: [
        tunnel({ ...(infect(tunnel(), nasty) as ReturnType<typeof tunnel>), verdict: "unmanaged" }),
      ],
    });
    expect(page).toContain("&lt;img src=x onerror=alert(1)&gt;");
    expect(page).not.toContain("<img");
    expect(page.replace(/="[^"]*"/g, "")).not.toMatch(/<[^>]*onerror/);
  });

  it.each(UNTAMED)("shows %j without invisible characters and markup", (name) => {
    const page = htmlOf(
      reportWith({ problems: [name], resources: [resource({ name, verdict: "gone" })] }),
    );
    expect(page.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(page).not.toMatch(/<script|<!-- |<\/details><h1/);
  });

  it("adds no reference to another page", () => {
    const attributes = [...htmlOf(sample).matchAll(/\s(?:href|src|action|data|srcset)="([^"]*)"/g)];
    expect(attributes.length).toBeGreaterThan(5);
    expect(attributes.filter(([, value]) => !value!.startsWith("#"))).toEqual([]);
    expect(htmlOf(sample)).not.toMatch(/url\(|@import|<script|<link|<iframe|<img/);
  });

  it("cannot load anything, because the page's own policy forbids it", () => {
    expect(htmlOf(sample)).toContain("default-src 'none'; style-src 'unsafe-inline'");
  });

  it("is linked only to elements of the page", () => {
    const page = htmlOf(sample);
    const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id!);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
  });
});

describe("the summary of the HTML page", () => {
  it("counts every verdict, and the tunnels by status", () => {
    expect(text(section(htmlOf(sample), "summary"))).toContain(
      "8 ✓ in step 1 ✕ gone 1 ! ERROR 2 ≠ drifted 1 ? not read 2 + unmanaged Tunnels 3 ✓ ACTIVE 1 ! ERROR 3 ▼ DOWN 1 … PENDING_UPDATE",
    );
  });

  it.each([
    ["1 resource in step", "good", { resources: [resource()] }],
    ["0 resources in step", "good", {}],
    ["1 drifted", "warn", { resources: [resource({ verdict: "drifted" })] }],
    ["1 gone", "bad", { resources: [resource({ verdict: "gone" }), resource()] }],
    ["1 unmanaged", "warn", { unmanaged: [unmanaged()] }],
    ["1 tunnel DOWN", "warn", { tunnels: [tunnel({ status: "DOWN" })] }],
    ["not all could be read", "warn", { problems: ["It did not answer."] }],
  ])("has the headline %j in the tone %s", (headline, tone, over) => {
    expect(htmlOf(reportWith(over))).toContain(`<p class="headline ${tone}">${headline}</p>`);
  });

  it("comes after the problems", () => {
    const page = htmlOf(sample);
    expect(section(page, "problems")).toContain("The cloud lab did not answer");
    expect(page.indexOf('id="problems"')).toBeLessThan(page.indexOf('id="summary"'));
  });
});

describe("the picture of the HTML page", () => {
  it.each([
    ["solid good", "ACTIVE", {}],
    ["dashed warn", "DOWN", { status: "DOWN" }],
    ["dotted warn", "PENDING_CREATE", { status: "PENDING_CREATE" }],
    ["double warn", "drifted", { verdict: "drifted" }],
    ["solid warn", "unmanaged", { verdict: "unmanaged" }],
    ["solid quiet", "ERROR, not compared", { verdict: "notCompared", status: "ERROR" }],
    ["thick bad", "ERROR", { verdict: "failed", status: "ERROR" }],
    ["thick bad", "ERROR", { verdict: "drifted", status: "ERROR" }],
    ["missing bad", "gone", { verdict: "gone" }],
    ["dashed quiet", "DOWN, switched off", { status: "DOWN", adminStateUp: false }],
  ] as const)("draws a %s line for %s", (line, word, over) => {
    const page = htmlOf(reportWith({ tunnels: [tunnel(over)] }));
    expect(linesOf(page)).toEqual([line]);
    expect(chips(page)).toContain(word);
  });

  it("shows both the status and the verdict of a tunnel", () => {
    const both = tunnel({ status: "DOWN", verdict: "drifted" });
    expect(chips(htmlOf(reportWith({ tunnels: [both] })))).toEqual(["DOWN", "drifted"]);
  });

  it("shows both ends of a tunnel", () => {
    const page = text(section(htmlOf(reportWith({ tunnels: [tunnel()] })), "tunnels"));
    for (const part of ["headquarters", "198.51.100.10", "203.0.113.7", "10.2.0.0/24"]) {
      expect(page).toContain(part);
    }
  });

  it("marks an unknown end of a tunnel", () => {
    const { peerAddress: _peer, localAddress: _local, serviceName: _name, ...rest } = tunnel();
    const tunnels = [{ ...rest, localSubnets: [], peerCidrs: [] }];
    const page = text(section(htmlOf(reportWith({ tunnels })), "tunnels"));
    for (const part of ["public address", "subnets", "peer address", "networks"]) {
      expect(page).toContain(`${part} unknown`);
    }
    expect(page).toContain(rest.serviceId.slice(0, 8));
  });

  it("has a heading for each cloud and links a peer to its site", () => {
    const page = section(htmlOf(sample), "tunnels");
    expect([...page.matchAll(/<h3[^>]*>([^]*?)<\/h3>/g)].map(([, title]) => text(title!))).toEqual([
      "Cloud osaka",
      "Cloud east/east-reader",
    ]);
    expect(text(page.split("to-osaka")[1]!)).toContain("198.51.100.10 site headquarters");
  });

  it("separates services with the same id in two clouds", () => {
    const page = htmlOf(reportWith({ tunnels: [tunnel(), tunnel({ endpoint: EAST })] }));
    expect(section(page, "tunnels").match(/<article/g)).toHaveLength(2);
  });

  it("draws a missing line for a deleted connection", () => {
    const resources = [resource({ name: "kobe", verdict: "gone" })];
    const page = htmlOf(reportWith({ resources }));
    expect(linesOf(page)).toEqual(["missing bad"]);
    expect(text(section(page, "tunnels"))).toContain("kobe");
  });

  it("shows a service without tunnels, also if it was deleted", () => {
    const resources = [resource({ kind: "VpnService", name: "spare", verdict: "gone" })];
    const page = section(htmlOf(reportWith({ resources })), "tunnels");
    expect(text(page)).toContain("spare");
    expect(chips(`<section id="tunnels"${page}`)).toEqual(["gone"]);
    expect(text(page)).toContain("no tunnels");
  });

  it("shows the tunnels that need attention and folds most of the others", () => {
    const tunnels = Array.from({ length: 40 }, (_, i) =>
      tunnel({ id: `id-${i}`, name: `branch-${i}`, ...(i === 39 && { status: "DOWN" }) }),
    );
    const [open, folded] = section(htmlOf(reportWith({ tunnels })), "tunnels").split("<details>");
    expect(open!.indexOf("branch-39")).toBeLessThan(open!.indexOf("branch-0"));
    expect(open!.match(/class="tunnel"/g)).toHaveLength(4);
    expect(text(folded!)).toMatch(/^✓ 36 more ACTIVE/);
  });

  it("folds most sites if all are in order", () => {
    const tunnels = Array.from({ length: 20 }, (_, i) => tunnel({ serviceId: `service-${i}` }));
    const [open, folded] = section(htmlOf(reportWith({ tunnels })), "tunnels").split("<details>");
    expect(open!.match(/<article/g)).toHaveLength(6);
    expect(text(folded!)).toMatch(/^✓ 14 more sites: all in order/);
  });
});

describe("the tables of the HTML page", () => {
  it("begin with the most severe finding", () => {
    const names = [...section(htmlOf(sample), "others").matchAll(/Details of (\w+)<?/g)];
    expect(names.map(([, name]) => name)).toEqual(["kobe", "warehouse", "esp", "nagoya", "bench"]);
  });

  it("show the declared value, the actual value and the reason for each property", () => {
    const page = text(section(htmlOf(sample), "others"));
    expect(page).toContain("lifetime.value 7200 3600 changed outside Pulumi, back to the default");
    expect(page).toContain("psk (hidden) (hidden) changed outside Pulumi");
  });

  it("show URN, id, name in the cloud, time and advice for each resource", () => {
    const page = text(section(htmlOf(sample), "others"));
    for (const part of [
      "urn:pulumi:prod::offices::pulumi-nodejs:dynamic/vpnaas:IpsecSiteConnection::nagoya",
      "4b1f0d6e-7a0f-4b59-9f0b-5f3f4a0c2d33",
      "nagoya-1a2b3c4",
      "2026-02-20T16:41:03.000Z",
      "What to do pulumi up --refresh writes it back.",
    ]) {
      expect(page).toContain(part);
    }
  });

  it.each(["drifted", "failed", "gone", "notRead"] satisfies Verdict[])(
    "list a resource with the verdict %s among the findings only",
    (verdict) => {
      const page = htmlOf(reportWith({ resources: [resource({ name: "one", verdict })] }));
      expect(rows(page, "others").join()).toContain("one");
      expect(section(page, "in-step")).toBe("");
    },
  );

  it("fold the resources in step and name their properties that were not compared", () => {
    const page = section(htmlOf(sample), "in-step");
    expect(page).toMatch(/<details>\s*<summary>8 resources<\/summary>/);
    expect(text(page)).toContain("not compared: psk");
  });

  it("list unmanaged objects with and without a name", () => {
    expect(rows(htmlOf(sample), "unmanaged")).toEqual([
      expect.stringMatching(/by-hand IpsecSiteConnection ▼ DOWN c0ffee00.* osaka/),
      expect.stringMatching(/\(no name\) IkePolicy – d15ea5e0.* east/),
    ]);
  });

  it("show the requests of the plan in order, with their bodies", () => {
    const page = text(section(htmlOf(sample), "plan"));
    expect(page).toMatch(/PUT .*ipsecpolicies.* PUT .*4b1f0d6e.* POST /);
    expect(page).toContain("(hidden)");
  });

  it("state that a plan without requests sends nothing", () => {
    expect(section(htmlOf(reportWith({ plan: [] })), "plan")).toContain("Nothing to send.");
  });

  it("state that a plan without requests lacks the resources that could not be read", () => {
    const resources = [resource({ verdict: "notRead" })];
    expect(section(htmlOf(reportWith({ resources, plan: [] })), "plan")).toContain(
      "Nothing to send for the resources that were read; the others are not in the plan.",
    );
  });

  it("have a header for every column and row", () => {
    const page = htmlOf(sample);
    expect(page).not.toMatch(/<th(?! scope="(col|row)")[ >]/);
    expect(page.match(/<caption/g)).toHaveLength(page.match(/<table/g)!.length);
  });
});

it("the HTML page shows the findings of diagnose at their tunnel, with the command for more", () => {
  const [office, cellar] = [tunnel({ status: "DOWN" }), tunnel({ id: "c-2", name: "cellar" })];
  const finding = {
    verdict: "problem",
    property: "psk",
    text: "The keys <differ>.",
    cure: "Set the same key.",
  } as const;
  const report = reportWith({ tunnels: [office, cellar] });
  const page = htmlOf(report, new Map([[office, [finding]]]));
  expect(text(section(page, "tunnels"))).toContain(
    "Why is it DOWN? psk: The keys &lt;differ&gt;. Set the same key. With the peer's files: pulumi-vpnaas diagnose office --peer-config FILE",
  );
  expect(page.match(/Why is it/g)).toHaveLength(1);
});

it("the HTML page names an unmanaged tunnel by its id in the command of diagnose", () => {
  const one = tunnel({ status: "DOWN", verdict: "unmanaged", id: "c-3" });
  const finding = { verdict: "open", property: "status", text: "Unknown." } as const;
  const page = htmlOf(reportWith({ tunnels: [one] }), new Map([[one, [finding]]]));
  expect(page).toContain("pulumi-vpnaas diagnose --connection c-3 --peer-config FILE");
});

it("the HTML page omits the sections that a report leaves empty", () => {
  const page = htmlOf(reportWith());
  for (const id of ["problems", "others", "unmanaged", "plan", "in-step", "notes"]) {
    expect(section(page, id)).toBe("");
  }
  expect(page).toContain("There is no tunnel, and no VPN service.");
});

it("the HTML page of a thousand tunnels is smaller than two megabytes", () => {
  const ids = Array.from({ length: 1_000 }, (_, i) => `00000000-0000-4000-8000-${1e11 + i}`);
  const page = htmlOf(
    reportWith({
      resources: ids.map((id) => resource({ id, name: `branch-${id}`, status: "DOWN" })),
      tunnels: ids.map((id) => tunnel({ id, name: `branch-${id}`, status: "DOWN" })),
    }),
  );
  expect(linesOf(page)).toHaveLength(1_000);
  expect(Buffer.byteLength(page)).toBeLessThan(2_000_000);
});
