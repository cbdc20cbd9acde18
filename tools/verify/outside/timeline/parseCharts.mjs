// Parses charts with Mermaid, and prints what is wrong with them as JSON. Arguments: the file of Mermaid, the file of charts.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , module, file] = process.argv;
const { default: mermaid } = await import(pathToFileURL(module));
const problems = [];
for (const chart of JSON.parse(readFileSync(file, "utf8"))) {
  try {
    const { diagramType } = await mermaid.parse(chart);
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(chart);
    const tasks = db.getTasks();
    const bars = chart.split("\n").filter((line) => line.includes(" :"));
    if (diagramType !== "gantt" || tasks.length !== bars.length)
      problems.push(`${tasks.length} bars of ${bars.length} in ${chart}`);
    else if (tasks.some(({ startTime, endTime }) => !(startTime <= endTime)))
      problems.push(`a bar ends before it begins in ${chart}`);
  } catch (error) {
    problems.push(`${error.message} in ${chart}`);
  }
}
console.log(JSON.stringify(problems));
