import { renderTable } from "../../../../test/support/table";
import { lineChart } from "../../../bench/report/plot/lineChart";
import type { WrittenFile } from "../../check";
import { explainedVariance, fitLine, largestDeviation, valueAt } from "./line";
import type { Line, Point } from "./line";
import { WORKERS } from "./measure";
import type { Scale } from "./measure";
import { WINDOW_SECONDS } from "./organizations";
import type { Round } from "./round";

const PAGE = "docs/scale.md";
const PICTURE = "docs/scale/time.svg";
const PICTURE_FROM_PAGE = "scale/time.svg";

/** The shares of the stacks at which the growth is shown. */
const SHARES = [1 / 8, 1 / 4, 1 / 2, 1] as const;

/** Points of the chart. */
const CHART_POINTS = 20;

/** How the time of a round grows with the number of stacks. */
export interface Growth {
  readonly line: Line;
  readonly deviation: number;
  readonly explained: number;
}

export function growthOf({ finished }: Round): Growth {
  const points: readonly Point[] = finished.map(({ stacks, seconds }) => [stacks, seconds]);
  const line = fitLine(points);
  return { line, deviation: largestDeviation(points, line), explained: explainedVariance(points, line) };
}

/** What `--write` writes into docs/scale.md. */
export function renderScale(scale: Scale, machine: string): readonly WrittenFile[] {
  return [
    { path: PAGE, marker: "scale", content: renderTables(scale, machine) },
    { path: PICTURE, content: renderChart(scale) },
  ];
}

function renderTables({ stacks, create, noChange, preview }: Scale, machine: string): string {
  const passes = [create, noChange, preview];
  const { line, deviation, explained } = growthOf(create);
  return [
    `${machine} ${stacks} organizations, ${WORKERS} workers, state in PostgreSQL on the same machine.`,
    renderTable([
      [
        "Command",
        "Seconds",
        "Stacks a minute",
        "CPU seconds a stack",
        "Memory a worker",
        "API calls",
        "Rejected",
      ],
      ...passes.map(({ name, seconds, resources, calls, rejected }) => [
        name,
        seconds.toFixed(0),
        ((stacks / seconds) * 60).toFixed(1),
        (resources.cpuSeconds / stacks).toFixed(1),
        `${(resources.peakBytes / WORKERS / 1e6).toFixed(0)} MB`,
        String(calls),
        String(rejected),
      ]),
    ]),
    `![Line chart: seconds until so many stacks are finished, for each of the three commands](${PICTURE_FROM_PAGE})`,
    renderTable([
      ["Stacks created", "Seconds", "On the line", "API calls"],
      ...SHARES.map((share) => finishedAt(create, share)).map((each) => [
        String(each.stacks),
        each.seconds.toFixed(0),
        valueAt(line, each.stacks).toFixed(0),
        String(each.calls),
      ]),
    ]),
    `Time of a create: ${line.slope.toFixed(2)} s for each further stack. Largest deviation from the line: ` +
      `${(deviation * 100).toFixed(1)} % of the total; R² ${explained.toFixed(4)}. ` +
      `The rate limits had a window of ${WINDOW_SECONDS} s instead of 60 s.`,
  ].join("\n\n");
}

function renderChart({ create, noChange, preview }: Scale): string {
  const shares = Array.from({ length: CHART_POINTS }, (_, index) => (index + 1) / CHART_POINTS);
  const series = [create, noChange, preview].map((round) => ({
    name: round.name,
    values: [0, ...shares.map((share) => finishedAt(round, share).seconds)],
  }));
  const positions = [0, ...shares.map((share) => finishedAt(create, share).stacks)];
  return lineChart({ title: "Seconds until so many stacks are finished", axis: "Stacks", positions, series });
}

function finishedAt({ finished }: Round, share: number): Round["finished"][number] {
  const found = finished[Math.ceil(finished.length * share) - 1];
  if (!found) throw new Error("No stack was finished.");
  return found;
}
