import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunReport } from "../../src/report/run-report.ts";
import { triagePage } from "../../src/report/page-triage/triage-page.ts";
import { openFile, startBrowser, type OpenPage } from "../../../../test/support/browser.ts";
import { coverageOf, findingOf, gateOf, reportOf, taskOf, testOf } from "../report/run-reports.ts";
import { GREEN, largeReport, SAMPLE } from "../report/run-samples.ts";

const WIDE: BrowserContextOptions = { viewport: { width: 1280, height: 800 }, colorScheme: "light" };
/** A browser on a busy machine may take its time. */
const SOON = { timeout: 20_000 };
const NARROW: BrowserContextOptions = { viewport: { width: 375, height: 720 }, hasTouch: true, isMobile: true };

const HREFS = `[...document.querySelectorAll("a")].map((link) => link.getAttribute("href"))`;
const HEADINGS = `[...document.querySelectorAll("h1, h2, h3")].map((each) => Number(each.tagName[1]))`;

let browser: Browser;
let folder: string;
let opened = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "symbiotic-triage-"));
  browser = await startBrowser();
});

afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

function show(report: RunReport, options: BrowserContextOptions = WIDE, place = ""): Promise<OpenPage> {
  opened += 1;
  const file = join(folder, `index ${String(opened)}.html`);
  writeFileSync(file, triagePage(report));
  return openFile(browser, `${pathToFileURL(file).href}${place}`, options);
}

const amount = (page: Page): Promise<string | null> => page.locator("#shown").textContent();

/** The rules of the findings that can be seen, in their order. */
async function rules(page: Page): Promise<string[]> {
  return page.locator("#groups li summary > b:visible").allTextContents();
}

async function choose(page: Page, name: string, label: string): Promise<void> {
  await page.locator(`#filters [name="${name}"]`).selectOption({ label });
}

describe("the page of a run", () => {
  test("says the verdict first, and asks for nothing", async () => {
    await using shown = await show(SAMPLE);
    const { page } = shown;
    expect(await page.locator("h1").textContent()).toBe("✗ failed");
    expect(await page.locator(".lead").textContent()).toBe("4 of 6 gates failed, 1 on hold");
    expect(await page.title()).toBe("failed: 4 of 6 gates failed, 1 on hold");
    expect(await page.locator("#gates tbody th").allTextContents()).toEqual(SAMPLE.gates.map(({ name }) => name));
    expect(await page.locator("#groups mark:visible").allTextContents()).toEqual([
      "os",
      "shell=True",
      "open(name, 'w')",
      "d",
    ]);
    expect(shown.complaints).toEqual([]);
  });

  test("filters by tool, severity, project, state, file and words, and says how many are left", async () => {
    await using shown = await show(SAMPLE);
    const { page } = shown;
    await choose(page, "tool", "ruff");
    expect(await rules(page)).toEqual(["F401", "SIM115"]);
    await choose(page, "level", "warning");
    expect(await rules(page)).toEqual(["SIM115"]);
    expect(await amount(page)).toBe("1 of 5 findings");
    await page.locator("#clear").click();
    await choose(page, "project", "cli");
    expect(await rules(page)).toEqual(["no-untyped-def", "B101"]);
    await choose(page, "state", "known");
    expect(await rules(page)).toEqual(["B101"]);
    await page.locator("#clear").click();
    await page.locator('[name="file"]').fill("MAIN.py");
    expect(await rules(page)).toEqual(["no-untyped-def"]);
    await page.locator("#clear").click();
    await page.locator('[name="text"]').fill("type annotation");
    expect(await rules(page)).toEqual(["no-untyped-def"]);
    await page.locator('[name="text"]').fill("no such words");
    expect(await amount(page)).toBe("no finding is left: clear the filter");
    expect(shown.complaints).toEqual([]);
  });

  test("filters tasks and coverage by what their rows are about, and says how many are left", async () => {
    await using shown = await show(SAMPLE);
    const { page } = shown;
    const heads = (table: string): Promise<string[]> => page.locator(`#${table} tbody th:visible`).allTextContents();
    const [tasks, coverage] = [await heads("tasks"), await heads("coverage")];
    await choose(page, "project", "cli");
    expect(await heads("tasks")).toEqual(tasks.filter((text) => text.startsWith("cli")));
    expect(await heads("coverage")).toEqual(["src/cli/main.py", "src/cli/options.py"]);
    expect(await page.locator("#coverage summary").textContent()).toBe("4 files · 2 of 4 by the filter");
    await page.locator('[name="file"]').fill("MAIN");
    expect(await heads("coverage")).toEqual(["src/cli/main.py"]);
    await page.locator("#clear").click();
    expect([await heads("tasks"), await heads("coverage")]).toEqual([tasks, coverage]);
    expect(await page.locator("#coverage summary").textContent()).toBe("4 files");
    await choose(page, "tool", "semgrep");
    expect(await heads("tasks")).toEqual(["api semgrep"]);
    expect(await heads("coverage")).toEqual(coverage);
    await page.locator("#tasks thead button").first().click();
    expect(await heads("tasks")).toEqual(["api semgrep"]);
    expect(shown.complaints).toEqual([]);
  });

  test("goes from a gate to the findings that decided it", async () => {
    await using shown = await show(SAMPLE);
    const { page } = shown;
    await page.locator("#gates a", { hasText: "1 finding" }).nth(1).click();
    await page.waitForURL(/#gate=types_clean$/);
    await expect.poll(() => rules(page), SOON).toEqual(["no-untyped-def"]);
    expect(await page.evaluate("document.activeElement.id")).toBe("findings-title");
    await page.goBack();
    await expect.poll(() => amount(page), SOON).toBe("5 findings");
  });

  test("keeps the filter in its address, and opens with it", async () => {
    await using shown = await show(SAMPLE);
    await choose(shown.page, "tool", "ruff");
    await shown.page.locator('[name="text"]').fill("a b&c");
    expect(await shown.page.evaluate("location.hash")).toBe("#text=a+b%26c&tool=ruff");
    await using linked = await show(SAMPLE, WIDE, "#tool=ruff&level=warning");
    expect(await rules(linked.page)).toEqual(["SIM115"]);
    expect(await linked.page.locator('[name="level"]').inputValue()).toBe("warning");
    await using one = await show(SAMPLE, WIDE, `#f-${"e".repeat(32)}`);
    expect(await one.page.locator("#groups li details[open] b", { hasText: "B101" }).isVisible()).toBe(true);
    await using broken = await show(SAMPLE, WIDE, "#%E0%A4%A");
    expect(await amount(broken.page)).toBe("5 findings");
    expect(broken.complaints).toEqual([]);
  });

  test("groups by rule, and by file again as it was", async () => {
    await using shown = await show(SAMPLE);
    const { page } = shown;
    const before = await rules(page);
    await choose(page, "by", "by rule");
    expect(await page.locator("#groups h3").allTextContents()).toEqual([
      "bandit B101",
      "mypy no-untyped-def",
      "ruff F401",
      "ruff SIM115",
      "semgrep python.lang.security.audit.subprocess-shell-true",
    ]);
    expect(await page.locator("#groups small:visible").first().textContent()).toBe("src/cli/old.py");
    await choose(page, "by", "by file");
    expect(await rules(page)).toEqual(before);
  });

  test("is used by the keyboard alone", async () => {
    await using shown = await show(SAMPLE);
    const { page } = shown;
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.className")).toBe("skip");
    await page.keyboard.press("/");
    await page.keyboard.type("assert");
    expect(await rules(page)).toEqual(["B101"]);
    await page.keyboard.press("Escape");
    expect(await amount(page)).toBe("5 findings");
    await page.keyboard.press("Escape");
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    expect(await page.evaluate("document.activeElement.textContent")).toContain("shell=True");
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement.parentElement.open")).toBe(false);
    await page.keyboard.press("k");
    expect(await page.evaluate("document.activeElement.textContent")).toContain("F401");
    const seen = new Set<unknown>();
    for (let press = 0; press < 120; press += 1) {
      await page.keyboard.press("Tab");
      seen.add(await page.evaluate("document.activeElement.closest('section')?.id ?? document.activeElement.tagName"));
    }
    expect([...seen]).toEqual(expect.arrayContaining(["findings", "tests", "coverage", "tasks", "run", "BODY"]));
  });

  test("sorts a table by a column, the other way round, and back", async () => {
    await using shown = await show(SAMPLE);
    const { page } = shown;
    const files = (): Promise<string[]> => page.locator("#coverage tbody th a").allTextContents();
    const before = await files();
    const head = page.locator("#coverage thead button", { hasText: "covered" });
    await head.click();
    expect(await files()).toEqual(["src/api/rows.py", "src/cli/options.py", "src/api/export.py", "src/cli/main.py"]);
    expect(await page.locator("#coverage [aria-sort]").getAttribute("aria-sort")).toBe("descending");
    await head.press("Enter");
    expect((await files())[0]).toBe("src/cli/main.py");
    await head.click();
    expect(await files()).toEqual(before);
  });

  test("copies the command that runs a failed test", async () => {
    await using shown = await show(SAMPLE);
    const { page } = shown;
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.locator("#tests button.copy").click();
    await expect.poll(() => page.locator("#tests button.copy").textContent(), SOON).toBe("copied");
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(SAMPLE.tests[0]?.repro);
  });

  test("links only to the web, to pages of the coverage, to logs of the run and to itself", async () => {
    await using shown = await show(SAMPLE);
    const links = await shown.page.evaluate<readonly string[]>(HREFS);
    const others = links.filter((link) => !/^#|^https:\/\/|^reports\/htmlcov\/[\w.-]+\.html$/.test(link));
    expect(others.length).toBeGreaterThan(3);
    for (const link of others) expect(link).toMatch(/^\.\.\/\.symbiotic\/runs\/[\w/.-]+\.log$/);
  });

  test("says that all is well", async () => {
    await using shown = await show(GREEN);
    expect(await shown.page.locator("h1").textContent()).toBe("✓ passed");
    expect(await shown.page.locator("#findings .none").textContent()).toBe("none");
    expect(await shown.page.locator("#filters").count()).toBe(0);
    expect(shown.complaints).toEqual([]);
    await using empty = await show(reportOf({ run: { nothing: "no project has a task of this name" } }));
    expect(await empty.page.locator("#run").textContent()).toContain("no project has a task of this name");
    expect(empty.complaints).toEqual([]);
  });

  test("has names for its fields and sections, one main part, and headings in order", async () => {
    await using shown = await show(SAMPLE);
    const { page } = shown;
    for (const name of ["Gates", "Findings", "Tests", "Coverage", "Tasks", "Run"])
      expect(await page.getByRole("region", { name: new RegExp(`^${name}`) }).count(), name).toBe(1);
    for (const role of ["main", "banner", "search", "status"] as const)
      expect(await page.getByRole(role).count(), role).toBe(1);
    expect(await page.getByRole("navigation", { name: "sections" }).count()).toBe(1);
    for (const name of ["tool", "severity", "gate", "project", "state", "grouped"])
      expect(await page.getByRole("combobox", { name, exact: true }).count(), name).toBe(1);
    const levels = await page.evaluate<readonly number[]>(HEADINGS);
    levels.forEach((level, index) => {
      expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
    });
  });
});

describe.each(["light", "dark"] as const)("in %s colours", (colorScheme) => {
  test("every text has a contrast of 4.5", async () => {
    await using shown = await show(SAMPLE, { ...WIDE, colorScheme });
    expect(await shown.page.evaluate(LEAST_CONTRAST)).toBeGreaterThanOrEqual(4.5);
  });
});

/** The least contrast of a text with what is behind it. */
const LEAST_CONTRAST = `(() => {
  const parse = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const light = (colour) => {
    const [r, g, b] = parse(colour).map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (parse(colour)[3] !== 0) return colour;
    }
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let least = 21;
  while (texts.nextNode()) {
    const { parentElement, data } = texts.currentNode;
    if (data.trim() === "" || !parentElement.checkVisibility() || parentElement.tagName === "SCRIPT") continue;
    const [a, b] = [light(getComputedStyle(parentElement).color), light(behind(parentElement))];
    least = Math.min(least, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05));
  }
  return least;
})()`;

describe("on a screen of 375 pixels", () => {
  test.each([
    ["findings", SAMPLE],
    ["nothing wrong", GREEN],
    [
      "long names",
      reportOf({
        gates: [gateOf({ id: "long", name: "n".repeat(300), measured: "m".repeat(200), note: "w".repeat(300) })],
        findings: [
          findingOf({
            fingerprint: "1",
            file: "f".repeat(300),
            rule: "r".repeat(300),
            message: "m".repeat(900),
            source: { from: 3, lines: ["x".repeat(400)] },
          }),
        ],
        tests: [
          testOf({ id: "t".repeat(300), message: `${"m".repeat(300)}\n${"n".repeat(300)}`, repro: "r".repeat(300) }),
        ],
        coverage: [
          coverageOf({
            file: "c".repeat(300),
            missing: Array.from({ length: 99 }, (_, at) => [2 * at + 1, 2 * at + 1] as const),
          }),
        ],
        tasks: [taskOf({ id: "a:b", project: "p".repeat(200), title: "t".repeat(200), missed: "w".repeat(300) })],
      }),
    ],
  ])("%s stay within it", async (_, report) => {
    await using shown = await show(report, NARROW);
    expect(await shown.page.evaluate("document.documentElement.scrollWidth")).toBe(375);
    expect(shown.complaints).toEqual([]);
  });
});

test("all can be read without JavaScript, and what does nothing then is not there", async () => {
  await using shown = await show(SAMPLE, { ...WIDE, javaScriptEnabled: false });
  const { page } = shown;
  expect(await page.locator("#filters").isVisible()).toBe(false);
  expect(await rules(page)).toHaveLength(5);
  expect(await page.locator("#tests code.copy").textContent()).toBe(SAMPLE.tests[0]?.repro);
  expect(await page.locator("#coverage tbody tr:visible").count()).toBe(4);
  expect(await page.locator("#tasks tbody tr:visible").count()).toBe(9);
  await page.locator("#gates a", { hasText: "1 finding" }).nth(2).click();
  await page.waitForURL(new RegExp(`#f-${"b".repeat(32)}$`));
});

describe("ten thousand findings", () => {
  const LARGE = largeReport(10_000);

  test("are filtered, and each can be unfolded", async () => {
    await using shown = await show(LARGE);
    const { page } = shown;
    expect(await amount(page)).toBe("10000 findings");
    await page.locator('[name="text"]').fill("finding 9999:");
    expect(await amount(page)).toBe("1 of 10000 findings");
    expect(await page.locator("#groups li:visible").count()).toBe(1);
    await page.locator("#groups li:visible summary").click();
    await expect.poll(() => page.locator("#groups li:visible pre > *").count(), SOON).toBe(3);
    expect(await page.locator("#groups li:visible a").first().textContent()).toBe("R139 explained");
    await page.locator("#clear").click();
    await choose(page, "by", "by rule");
    expect(await page.locator("#groups h3").count()).toBe(60);
    expect(shown.complaints).toEqual([]);
  });

  test("take little time to be shown and to be filtered", async () => {
    await using shown = await show(LARGE);
    const { page } = shown;
    const cdp = await page.context().newCDPSession(page);
    await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
    const busy = async (): Promise<number> => {
      const { metrics } = await cdp.send("Performance.getMetrics");
      return 1000 * (metrics.find(({ name }) => name === "ThreadTime")?.value ?? Number.NaN);
    };
    await page.reload();
    const before = await busy();
    await page.reload();
    expect((await busy()) - before).toBeLessThan(1500);
    const script = `(() => {
      const field = document.querySelector('[name="text"]');
      const times = ["finding 9", "finding 99", "finding 999", "compute", "", "module_7"].map((text) => {
        const start = performance.now();
        field.value = text;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        return performance.now() - start;
      });
      return times.sort((a, b) => a - b)[2];
    })()`;
    expect(Number(await page.evaluate(script))).toBeLessThan(300);
  });

  test("are a line each without JavaScript, and it is said so", async () => {
    await using shown = await show(LARGE, { ...WIDE, javaScriptEnabled: false });
    expect(await shown.page.locator("#groups li").count()).toBe(10_000);
    expect(await shown.page.locator("noscript p").isVisible()).toBe(true);
  });

  test("weigh less than a kilobyte each", () => {
    expect(Buffer.byteLength(triagePage(LARGE))).toBeLessThan(10_000_000);
    expect(Buffer.byteLength(triagePage(reportOf({})))).toBeLessThan(25_000);
  });
});
