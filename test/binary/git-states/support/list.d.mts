/** All that lies in `src` of a project, by path: its bytes, behind `x ` where it may be started. */
export function listSources(project: string): Record<string, string>;
