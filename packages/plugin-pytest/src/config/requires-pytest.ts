import type { SettingsFiles } from "./settings-file.ts";
import { nameOf } from "./settings-file.ts";
import { isTable, stringsIn, tableAt, type Table } from "./table.ts";

/** Files of requirements in which a development tool is usually named. */
export const REQUIREMENT_FILES: readonly string[] = [
  "requirements.txt",
  "requirements-dev.txt",
  "dev-requirements.txt",
  "requirements-test.txt",
  "requirements-tests.txt",
  "test-requirements.txt",
];

/** Whether one of the files asks for pytest, in whatever list, extra or group. A file that cannot be read asks for nothing. */
export function requiresPytest(files: SettingsFiles): boolean {
  return files.all.some((file) => {
    const name = nameOf(file.path);
    if (REQUIREMENT_FILES.includes(name)) return file.text.split(/\r\n|\n|\r/).some(isPytest);
    if (name !== "pyproject.toml" && name !== "setup.cfg" && name !== "tox.ini") return false;
    const contents = files.read(file);
    return (
      contents.ok && (name === "pyproject.toml" ? specifiers(contents.value) : iniLines(contents.value)).some(isPytest)
    );
  });
}

function isPytest(specifier: string): boolean {
  return /^\s*pytest\s*($|[[<>=!~;@(#\s])/i.test(specifier);
}

function specifiers(contents: Table): readonly string[] {
  const poetry = tableAt(contents, "tool", "poetry");
  const groups = Object.values(tableAt(poetry, "group")).flatMap((group) => (isTable(group) ? [group] : []));
  const environments = Object.values(tableAt(contents, "tool", "hatch", "envs")).flatMap((one) =>
    isTable(one) ? [one] : [],
  );
  return [
    ...stringsIn(tableAt(contents, "project")["dependencies"]),
    ...lists(tableAt(contents, "project", "optional-dependencies")),
    ...lists(tableAt(contents, "dependency-groups")),
    ...stringsIn(tableAt(contents, "tool", "uv")["dev-dependencies"]),
    ...lists(tableAt(contents, "tool", "pdm", "dev-dependencies")),
    ...environments.flatMap((one) => [...stringsIn(one["dependencies"]), ...stringsIn(one["extra-dependencies"])]),
    ...[poetry, ...groups].flatMap((owner) => Object.keys(tableAt(owner, "dependencies"))),
    ...Object.keys(tableAt(poetry, "dev-dependencies")),
  ];
}

function lists(table: Table): readonly string[] {
  return Object.values(table).flatMap(stringsIn);
}

function iniLines(contents: Table): readonly string[] {
  const lists = Object.values(contents).flatMap((section) => (isTable(section) ? Object.values(section) : []));
  return lists.flatMap((value) => (typeof value === "string" ? value.split("\n") : []));
}
