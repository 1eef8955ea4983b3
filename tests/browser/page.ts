import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";

import { findChromium } from "../../scripts/chromium";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A page as somebody opens it from a folder, and what it did besides being shown. */
export interface OpenPage {
  readonly page: Page;
  /** Messages on the console, errors among them. */
  readonly messages: readonly string[];
  /** Addresses of all requests but the one for the page itself. */
  readonly requests: readonly string[];
}

/** One browser for the tests of a file. */
export class Pages {
  private constructor(
    private readonly browser: Browser,
    private readonly folder: string,
  ) {}

  /** @throws Error if there is no Chromium */
  static async start(): Promise<Pages> {
    const executablePath = findChromium(process.env);
    const browser = await chromium.launch({ executablePath, args: FLAGS });
    return new Pages(browser, mkdtempSync(join(tmpdir(), "vpnaas-page-")));
  }

  /** Opens an HTML text as a file, in a window of its own: 1200 px wide, light, if not told otherwise. */
  async open(text: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
    const context = await this.browser.newContext({
      viewport: { width: 1200, height: 900 },
      colorScheme: "light",
      ...options,
    });
    const page = await context.newPage();
    const messages: string[] = [];
    const requests: string[] = [];
    const file = join(this.folder, "drift.html");
    writeFileSync(file, text);
    const url = pathToFileURL(file).href;
    page.on("console", (message) => messages.push(message.text()));
    page.on("pageerror", (error) => messages.push(error.message));
    page.on("request", (request) => {
      if (request.url() !== url) requests.push(request.url());
    });
    await page.goto(url);
    return { page, messages, requests };
  }

  /** Closes the browser, and removes what was opened. */
  async stop(): Promise<void> {
    await this.browser.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What axe finds against a page, as `rule: element` texts. The page has to bypass its CSP. */
export async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(
    readFileSync(createRequire(__filename).resolve("axe-core/axe.min.js"), "utf8"),
  );
  return page.evaluate<string[]>(`axe.run().then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ": " + html)))`);
}
