import { expect, test } from "vitest";
import { decideSecurity, type SecurityCheck } from "./security.ts";

const check = (more: Partial<SecurityCheck> = {}): SecurityCheck => ({
  ...{ project: "app", title: "bandit", isRequired: true, severe: [] },
  ...more,
});

test("nothing severe passes, whatever else there is", () => {
  expect(decideSecurity([check(), check({ title: "gitleaks" })], undefined)).toMatchObject({
    ...{ id: "no_new_security_finding", measured: "0 severe", wanted: "none new", verdict: "pass", required: true },
    projects: [{ project: "app", measured: "0 severe", verdict: "pass", required: true }],
  });
  expect(decideSecurity([], undefined)).toBeUndefined();
});

test("what the base had is not new, and all of what it had not counts", () => {
  const severe = ["a", "b", "c"];
  expect(decideSecurity([check({ severe, before: new Set(["a", "c"]) })], undefined)).toMatchObject({
    measured: "1 severe",
    verdict: "fail",
    projects: [{ findings: ["b"] }],
  });
  expect(decideSecurity([check({ severe, before: new Set(severe) })], undefined)?.verdict).toBe("pass");
  expect(decideSecurity([check({ severe })], undefined)?.measured).toBe("3 severe");
});

test("what cannot be told holds, and does not hide what is certain", () => {
  const unknown = check({ severe: ["a"], before: "unknown" });
  expect(decideSecurity([unknown], undefined)).toMatchObject({
    verdict: "hold",
    note: "bandit left nothing at the base to tell new from old",
  });
  const missing = check({ title: "gitleaks", severe: undefined });
  expect(decideSecurity([check(), missing], undefined)).toMatchObject({
    verdict: "hold",
    note: "gitleaks left no evidence",
  });
  expect(decideSecurity([unknown, check({ severe: ["b"] })], undefined)?.verdict).toBe("fail");
});

test("it counts where a check's own gate does, and the configuration has the last word, also for a project", () => {
  const severe = ["a"];
  const [app, lib] = [check({ severe, isRequired: false }), check({ project: "lib", severe })];
  expect(decideSecurity([app], undefined)).toMatchObject({ required: false, verdict: "fail" });
  expect(decideSecurity([app], { required: true })?.required).toBe(true);
  const allowed = { threshold: 1, projects: { lib: { threshold: 0 } } };
  expect(decideSecurity([app, lib], allowed)).toMatchObject({
    ...{ verdict: "fail", wanted: "at most 1 new, none new" },
    projects: [
      { project: "app", verdict: "pass" },
      { project: "lib", verdict: "fail" },
    ],
  });
});
