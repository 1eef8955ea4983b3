import { htmlOf } from "../../cli/drift/render/html";
import type { Report } from "../../provider/drift/report";
import { describeInBrowser } from "../support/harness/requires";
import { reportWith, resource, sample, tunnel } from "../unit/support/reports";
import { UNTAMED } from "../unit/support/hostileNames";
import { Pages, violationsOf } from "./page";

const PHONE = { width: 360, height: 740 };

/** A report with extremely long strings and hostile characters. */
const wild: Report = reportWith({
  problems: [UNTAMED.join(" ")],
  resources: [...UNTAMED, "x".repeat(300)].map((name, index) =>
    resource({
      name,
      id: `id-${index}`,
      verdict: "drifted",
      differences: [
        { property: "name", declared: name, actual: `${name}!`, hidden: false, because: name },
      ],
    }),
  ),
  tunnels: [
    tunnel({
      name: "y".repeat(200),
      serviceName: "z".repeat(200),
      verdict: "drifted",
      peerAddress: `${"long.".repeat(40)}example`,
      peerCidrs: Array.from({ length: 30 }, (_, i) => `fd00:${i}:0000:0000:0000::/64`),
    }),
  ],
});

/** Ten sites without findings, whose tunnels are folded. */
const large: Report = reportWith({
  tunnels: Array.from({ length: 120 }, (_, i) =>
    tunnel({ id: `tunnel-${i}`, name: `branch-${i}`, serviceId: `service-${i % 10}` }),
  ),
});

const reports = { sample, wild, large, empty: reportWith() };

describeInBrowser("the drift page in Chromium", () => {
  let pages: Pages;
  beforeAll(async () => void (pages = await Pages.start()));
  afterAll(() => pages.stop());

  it.each(Object.entries(reports))(
    "shows the %s report without a request and without a console message",
    async (_, report) => {
      const { page, messages, requests } = await pages.open(htmlOf(report));
      expect(await page.locator("h1").textContent()).toBe("Drift report");
      expect({ messages, requests }).toEqual({ messages: [], requests: [] });
    },
  );

  describe.each(Object.entries(reports))("the %s report", (_, report) => {
    it.each([
      ["in light", {}],
      ["in dark", { colorScheme: "dark" as const }],
      ["on a phone", { viewport: PHONE }],
    ])("satisfies axe %s, folded and open", async (_where, options) => {
      const { page } = await pages.open(htmlOf(report), { ...options, bypassCSP: true });
      expect(await violationsOf(page)).toEqual([]);
      await page.evaluate(
        "document.querySelectorAll('details').forEach((one) => (one.open = true))",
      );
      expect(await violationsOf(page)).toEqual([]);
    });

    it.each([360, 720, 1200])("is as wide as a window of %i pixels", async (width) => {
      const { page } = await pages.open(htmlOf(report), { viewport: { width, height: 740 } });
      await page.evaluate(
        "document.querySelectorAll('details').forEach((one) => (one.open = true))",
      );
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
    });
  });

  it("has the reader's preferred colors", async () => {
    const ground = async (colorScheme: "light" | "dark") => {
      const { page } = await pages.open(htmlOf(sample), { colorScheme });
      return page.evaluate("getComputedStyle(document.body).backgroundColor");
    };
    expect([await ground("light"), await ground("dark")]).toEqual([
      "rgb(255, 255, 255)",
      "rgb(20, 23, 27)",
    ]);
  });

  it("has a first link that skips the header", async () => {
    const { page } = await pages.open(htmlOf(sample));
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").textContent()).toBe("Skip to the report");
    expect(await page.locator(":focus").isVisible()).toBe(true);
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement.id")).toBe("main");
  });

  it("unfolds every section by the keyboard", async () => {
    const { page } = await pages.open(htmlOf(sample));
    const folded = await page.locator("details").count();
    expect(folded).toBeGreaterThan(5);
    for (let i = 0; i < 200 && (await page.locator("details:not([open])").count()) > 0; i += 1) {
      await page.keyboard.press("Tab");
      const isClosed = await page.evaluate(
        "document.activeElement.matches('details:not([open]) > summary')",
      );
      if (isClosed) await page.keyboard.press("Enter");
    }
    expect(await page.locator("details[open]").count()).toBe(folded);
  });

  it("shows the keyboard focus", async () => {
    const { page } = await pages.open(htmlOf(sample));
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).toBe(
      "solid",
    );
  });

  it("links a tunnel to its differences", async () => {
    const { page } = await pages.open(htmlOf(sample));
    await page.locator(".tunnel").getByRole("link", { name: "nagoya" }).click();
    expect(await page.locator(":target").textContent()).toContain("10.9.0.0/24");
  });

  it("prints every section on white", async () => {
    const { page } = await pages.open(htmlOf(sample), { colorScheme: "dark" });
    const hidden = () =>
      page.evaluate(
        "[...document.querySelectorAll('dd, pre')].filter((one) => !one.checkVisibility()).length",
      );
    expect(await hidden()).toBeGreaterThan(20);
    await page.emulateMedia({ media: "print" });
    expect(await hidden()).toBe(0);
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe(
      "rgb(255, 255, 255)",
    );
  });

  it("has accessible tables with column and row headers, also on a phone", async () => {
    const { page } = await pages.open(htmlOf(sample), { viewport: PHONE });
    const table = page.getByRole("table", { name: /not in step with their stacks/ });
    await expect(table.getByRole("columnheader").allTextContents()).resolves.toEqual([
      "Resource",
      "State",
      "Finding",
    ]);
    expect(await table.getByRole("rowheader", { name: /nagoya/ }).count()).toBe(1);
  });
});
