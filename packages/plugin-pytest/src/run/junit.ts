import type { RepoPath } from "@symbiotic-build/engine";
import { createRequire } from "node:module";
import type * as fastXmlParser from "fast-xml-parser";
import { z } from "zod";
import { firstLine } from "./message.ts";
import type { Reported } from "./outcomes.ts";
import { placesOf, type Places } from "./places.ts";
import type { Report } from "./report.ts";

/** A part of a test case; one without attributes is a bare text. */
const part = z.union([
  z.string().transform((text) => ({ text, message: "", type: "" })),
  z.object({ message: z.string().default(""), type: z.string().default(""), text: z.string().default("") }),
]);
const parts = z.array(part).default([]);
const testCaseSchema = z.object({
  classname: z.string().default(""),
  name: z.string(),
  file: z.string().optional(),
  line: z.coerce.number().optional(),
  failure: parts,
  error: parts,
  skipped: parts,
});
const suiteSchema = z.object({ testcase: z.array(testCaseSchema).default([]) });
const junitSchema = z.object({ testsuites: z.object({ testsuite: z.array(suiteSchema) }) });

type TestCase = z.output<typeof testCaseSchema>;
type Part = z.output<typeof part>;

const LISTS = new Set(["testsuite", "testcase", "failure", "error", "skipped"]);

/**
 * Reads a JUnit file of the family `xunit1`, which names each test's file; `undefined` where it is not whole. It is the
 * lesser evidence: an unexpected pass looks like any pass, and an id has to be put together again.
 */
export function readJunit(
  text: string,
  at: { readonly root: RepoPath; readonly rootdir: RepoPath },
): Report | undefined {
  if (!text.trimEnd().endsWith("</testsuites>")) return undefined;
  const parsed = junitSchema.safeParse(parser().parse(text));
  if (!parsed.success) return undefined;
  const cases = parsed.data.testsuites.testsuite.flatMap((suite) => suite.testcase);
  const files = [...new Set(cases.flatMap(({ file }) => file?.replaceAll("\\", "/") ?? []))];
  const places = placesOf(absolute(at.root), at.root);
  return { places, tests: cases.map((one) => reportedOf(one, { files, places, rootdir: absolute(at.rootdir) })) };
}

/** Loaded when there is a file to read: most runs have none, and every start would pay for it. */
function parser(): fastXmlParser.XMLParser {
  const { XMLParser } = createRequire(import.meta.url)("fast-xml-parser") as typeof fastXmlParser;
  return new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: "",
    textNodeName: "text",
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    isArray: (name) => LISTS.has(name),
  });
}

/** The file does not say where it was made: as if the repository were the root of a disk. */
function absolute(path: RepoPath): string {
  return path === "." ? "/" : `/${path}`;
}

interface Frame {
  readonly files: readonly string[];
  readonly places: Places;
  readonly rootdir: string;
}

function reportedOf(test: TestCase, frame: Frame): Reported {
  const outcome = outcomeOf(test);
  const file = frame.places.repoPath(test.file ?? "", frame.rootdir);
  const [why] = [...test.failure, ...test.error, ...test.skipped];
  const base = { id: idOf(test, frame), category: outcome, outcome };
  if (why === undefined) return base;
  return {
    ...base,
    message: messageOf(why),
    ...(file === undefined || test.file === undefined ? {} : { file }),
    ...(test.line === undefined ? {} : { line: test.line + 1 }),
  };
}

function outcomeOf(test: TestCase): Reported["outcome"] {
  if (test.failure.length > 0) return "failed";
  if (test.error.length > 0) return "error";
  const [skip] = test.skipped;
  if (skip === undefined) return "passed";
  return skip.type === "pytest.xfail" ? "xfailed" : "skipped";
}

function messageOf({ message, text }: Part): string {
  const isCollection = message === "" || message.startsWith("collection ");
  const line = firstLine(isCollection ? text : message);
  return /^failed on (?:setup|teardown) with "(.*?)"?$/s.exec(line)?.[1] ?? line;
}

/** The class name is the file with points for slashes, then the classes; an inherited test's `file` is its base class's. */
function idOf(test: TestCase, { files, places, rootdir }: Frame): string {
  const file = test.file?.replaceAll("\\", "/");
  const isOf = (path: string): boolean =>
    test.classname === dotted(path) || test.classname.startsWith(`${dotted(path)}.`);
  const own = file !== undefined && isOf(file) ? file : files.filter(isOf).toSorted((a, b) => b.length - a.length)[0];
  if (test.classname === "") return places.fromProject(moduleFile(test.name), rootdir);
  const [, module = "", last = ""] = /^(.*?)((?:\.[A-Z_]\w*)*)$/su.exec(test.classname) ?? [];
  const classes = own === undefined ? last : test.classname.slice(dotted(own).length);
  return [places.fromProject(own ?? moduleFile(module), rootdir), ...classes.split(".").slice(1), test.name].join("::");
}

function dotted(path: string): string {
  return path.replaceAll("/", ".").replace(/\.py$/, "");
}

/** The likeliest file of a module of which nothing else is known. */
function moduleFile(module: string): string {
  return `${module.replaceAll(".", "/")}.py`;
}
