import { expect, test } from "vitest";
import { namesIn } from "./names-in.ts";
import { proseOf } from "./prose.ts";
import { schemaOf } from "./schema-of.ts";

test.each([
  ["`parse_rows`", "name parse_rows"],
  ["`RowReader.read()`", "name read"],
  ["`load()`", "name load"],
  ["`core::Path`", "name Path"],
  ["`main`", ""],
  ["`true` and `pytest`", ""],
  ["`x`", ""],
  ["`GET /api/users/{id}`", "endpoint /api/users/*"],
  ["`/api/users/:id/`", "endpoint /api/users/*"],
  ["`src/app.py`", "path src/app.py"],
  ["`setup.py`", "path setup.py"],
  ["`pnpm run build`", ""],
  ["Add `parse_rows`", "made parse_rows"],
  ["Add a new function `parse_rows`", "made parse_rows"],
  ["Adds `one_x` and `two_x`", "made one_x, made two_x"],
  ["Add tests for `parse_rows`", "name parse_rows"],
  ["The export of `parse_rows`", "name parse_rows"],
  ["A new day. Then `parse_rows`", "name parse_rows"],
])("%s", (text, wanted) => {
  const things = namesIn(proseOf(`---\nid: A\n---\n\n${text}\n`));
  expect(things.map(({ kind, value, isMade }) => `${isMade ? "made" : kind} ${value}`).join(", ")).toBe(wanted);
});

test.each([
  ["db/migrations/0001_a.sql", "db/migrations"],
  ["app/alembic/versions/abc.py", "app/alembic/versions"],
  ["db/migrate/2026_a.rb", "db/migrate"],
  ["api/openapi.yaml", "api/openapi.yaml"],
  ["proto/user.proto", "proto/user.proto"],
  ["shop/models.py", "shop/models.py"],
  ["shop/models/user.py", "shop/models/user.py"],
  ["config/event.schema.json", "config/event.schema.json"],
  ["src/remodels.py", undefined],
  ["src/app.py", undefined],
])("the schema of %s", (path, wanted) => {
  expect(schemaOf(path)).toBe(wanted);
});
