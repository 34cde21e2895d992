// An advisory service that speaks as OSV does, on loopback, in a thread of its own: tests wait for the tool synchronously.
import { createServer } from "node:http";
import { parentPort, workerData } from "node:worker_threads";

const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const { package: wanted } = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    const vulns = workerData[wanted.name];
    response.end(JSON.stringify(vulns === undefined ? {} : { vulns }));
  });
});

server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));
