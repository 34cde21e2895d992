// Answers `POST /v1/query` as OSV does, from the advisories in the first argument. It writes its address and runs until it is ended.
import { createServer } from "node:http";

/** @type {{ id: string, package: string, version: string, fixed: string }[]} */
const advisories = JSON.parse(process.argv[2] ?? "[]");

const server = createServer(async (request, response) => {
  let body = "";
  for await (const part of request) body += part;
  const asked = JSON.parse(body);
  const vulns = advisories
    .filter((one) => one.package === asked.package.name.toLowerCase() && one.version === asked.version)
    .map((one) => ({
      id: one.id,
      aliases: [],
      summary: "made up",
      affected: [
        {
          package: { ecosystem: "PyPI", name: one.package },
          ranges: [{ type: "ECOSYSTEM", events: [{ introduced: "0" }, { fixed: one.fixed }] }],
          versions: [one.version],
        },
      ],
    }));
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(vulns.length === 0 ? {} : { vulns }));
});

server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.stdout.write(`http://127.0.0.1:${typeof address === "object" ? address?.port : ""}\n`);
});
