// A real Chromium for tests and pictures, and what a page must never do in it.

import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";

/**
 * Opens Chromium: the one CHROMIUM_PATH names, else /usr/bin/chromium. Throws with a sentence that
 * says what to do where there is none.
 */
export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH || "/usr/bin/chromium";
  if (!existsSync(executablePath)) {
    throw new Error(
      `There is no Chromium at ${executablePath}. Install it (apt-get install chromium) or set CHROMIUM_PATH to the path of one.`,
    );
  }
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
}

export const screens = {
  phone: { width: 390, height: 844 },
  desk: { width: 1280, height: 800 },
} as const;

/** What went wrong on a page since it was watched: empty is what a test wants to see. */
export interface PageFaults {
  readonly faults: readonly string[];
}

/** Records errors on the console, failed and foreign requests, and breaches of the page's policy. */
export async function watchPage(page: Page, origin: string): Promise<PageFaults> {
  const faults: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
  page.on("requestfailed", (request) => faults.push(`failed: ${request.url()}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !url.startsWith("data:")) faults.push(`foreign: ${url}`);
  });
  await page.exposeFunction("pywardFault", (fault: string) => faults.push(fault));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      const report = (globalThis as unknown as { pywardFault(fault: string): void }).pywardFault;
      report(`policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  return { faults };
}
