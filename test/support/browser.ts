import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";

/** A page in a real browser, with all that it complained about. */
export interface OpenPage extends AsyncDisposable {
  readonly page: Page;
  /** Console messages, uncaught errors and requests that went anywhere but to the page itself. */
  readonly complaints: readonly string[];
}

/** Starts the Chromium of this machine; it goes away with `close`. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: browserPath() });
}

/** Opens a file in a window of its own. */
export async function openFile(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    const asked = request.url();
    if (asked.split("#")[0] !== url.split("#")[0] && !asked.startsWith("data:")) complaints.push(`request ${asked}`);
  });
  await page.goto(url);
  return { page, complaints, [Symbol.asyncDispose]: () => context.close() };
}

/** Chrome and Edge are Chromium too. */
function browserPath(): string {
  const found = candidates().find((file) => existsSync(file));
  if (found === undefined) throw new Error("there is no Chromium here: `bash scripts/system-deps` installs one");
  return found;
}

function candidates(): string[] {
  if (process.platform === "darwin") return ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];
  if (process.platform === "win32")
    return ["ProgramFiles", "ProgramFiles(x86)"].flatMap((name) => {
      const folder = process.env[name] ?? "";
      return [
        join(folder, "Google/Chrome/Application/chrome.exe"),
        join(folder, "Microsoft/Edge/Application/msedge.exe"),
      ];
    });
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}
