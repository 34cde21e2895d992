import { expect, test } from "vitest";
import { githubCommand, notACommand, withoutCommands } from "./github-command.ts";

test("neither a property nor the text can end the command", () => {
  const command = githubCommand(
    "error",
    { file: "a,b::c.py", line: 3, col: undefined, title: "50 %\n" },
    "one\r\n::set-output::two, 3:4",
  );
  expect(command).toBe("::error file=a%2Cb%3A%3Ac.py,line=3,title=50 %25%0A::one%0D%0A::set-output::two, 3:4");
});

test("a command without properties has none", () => {
  expect(githubCommand("group", { title: "" }, "api:ruff")).toBe("::group::api:ruff");
});

test("a line of the report that looks like a command is not one", () => {
  expect(notACommand("::error::x")).toBe(": :error::x");
  expect(notACommand("  \u2003::error::x")).toBe("  \u2003: :error::x");
  expect(notACommand("see ##[add-mask]x")).toBe("see ## [add-mask]x");
  expect(notACommand("a::b 1:2")).toBe("a::b 1:2");
});

test("between the tokens nothing is obeyed", () => {
  expect(withoutCommands(["::error::x"], "t0k3n")).toEqual(["::stop-commands::t0k3n", "::error::x", "::t0k3n::"]);
});
