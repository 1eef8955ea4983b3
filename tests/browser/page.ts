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

/** A page opened from a folder, with its console messages and requests. */
export interface OpenPage {
  readonly page: Page;
  /** Messages on the console, including errors. */
  readonly messages: readonly string[];
  /** Addresses of all requests except the one for the page itself. */
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

  /** Opens an HTML string as a file in a separate window; 1200 px wide and light by default. */
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

  /** Closes the browser and removes the opened files. */
  async stop(): Promise<void> {
    await this.browser.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The violations that axe finds in a page, as `rule: element`. The page has to bypass its CSP. */
export async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(
    readFileSync(createRequire(__filename).resolve("axe-core/axe.min.js"), "utf8"),
  );
  return page.evaluate<string[]>(`axe.run().then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ": " + html)))`);
}
