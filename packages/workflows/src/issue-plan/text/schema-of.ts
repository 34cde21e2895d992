import type { RepoPath } from "@symbiotic-build/engine";

const MIGRATIONS = /^((?:.*\/)?(?:migrations?|migrate|alembic\/versions))\//i;
const SCHEMA =
  /(?:\.(?:sql|proto|graphql|gql|avsc|xsd|prisma)|(?:^|\/)(?:openapi|swagger)[^/]*\.(?:ya?ml|json)|\.schema\.json|(?:^|\/)schema\.(?:rb|json|ya?ml|ts|py)|(?:^|\/)models?\.\w+|(?:^|\/)models?\/[^/]+\.(?:py|rb|ts|js|go|java|kt|cs|php))$/i;

/**
 * The schema that a path is a part of, if it is of one: a folder of migrations is one, since their order counts; a file that describes data
 * or an interface is one by itself. Pure.
 */
export function schemaOf(path: RepoPath): string | undefined {
  return MIGRATIONS.exec(path)?.[1] ?? (SCHEMA.test(path) ? path : undefined);
}
