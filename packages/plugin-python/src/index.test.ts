import { expect, test } from "vitest";
import { plugin, python } from "./index.ts";

test("the factory keeps the options as they are written", () => {
  const use = python({ environment: ".venv" });
  expect(use).toMatchObject({ options: { environment: ".venv" }, spec: { api: 1, name: "python" } });
  expect(plugin().options).toBeUndefined();
});
