import type { Sandbox } from "../../../test/engine/sandbox";
import { formatSummary } from "../report/format";
import { barChart } from "../report/plot/barChart";
import type { Plot, Section } from "../report/section";
import { summarize } from "../report/statistics";
import { ratios } from "../rounds";
import { EMPTY, PLUGIN, PROVIDER } from "../subject";
import type { Subject } from "../subject";
import { measureOperations } from "./measure";
import type { OperationTimes } from "./measure";

/** The latency of each call in the second table, in milliseconds: a request across an ocean. */
const LATENCY_MS = 200;

export interface WallTimeOptions {
  readonly rounds: number;
  readonly compared: Subject | undefined;
  readonly withLatency: boolean;
}

/** Measures the duration of commands against the empty resource, without and with latency of the API. */
export async function wallTime(
  sandbox: Sandbox,
  { rounds, compared, withLatency }: WallTimeOptions,
  log: (line: string) => void,
): Promise<readonly Section[]> {
  const subjects = [EMPTY, PROVIDER, PLUGIN, ...(compared ? [compared] : [])];
  const sections: Section[] = [];
  for (const latencyMs of withLatency ? [0, LATENCY_MS] : [0]) {
    const times = await measureOperations(sandbox, subjects, { rounds, latencyMs }, log);
    sections.push(sectionOf(times, subjects, rounds, latencyMs));
  }
  return sections;
}

/** Relates the measurements to the empty resource and to the limits. */
export function sectionOf(
  times: readonly OperationTimes[],
  [, ...subjects]: readonly Subject[],
  rounds: number,
  latencyMs: number,
): Section {
  const measured = times.map((each) => relate(each, latencyMs));
  const title = `Wall time of a command with 50 ids, API latency ${latencyMs} ms`;
  return {
    name: latencyMs === 0 ? "wall-time" : "wall-time-latency",
    title,
    rows: [
      [
        "Operation",
        ...(latencyMs === 0 ? [] : ["Calls in a row"]),
        `${EMPTY.name}, s`,
        ...subjects.flatMap(({ name }) => [`${name}, s`, `${name}, ratio`]),
        "Limit",
      ],
      ...measured.map(({ operation, floor, others }) => [
        operation.name,
        ...(latencyMs === 0 ? [] : [String(operation.calls)]),
        formatSummary(floor, 2),
        ...others.flatMap(({ seconds, ratio }) => [formatSummary(seconds, 2), formatSummary(ratio, 3)]),
        operation.limit.atMost.toFixed(2),
      ]),
    ],
    notes: [
      `Medians and quartiles of ${rounds} rounds; the subjects take turns in each round. The ratio is the median of the`,
      "ratios of each round" +
        (latencyMs === 0 ? "." : `, after ${latencyMs} ms for each of the calls in a row are subtracted.`),
    ],
    checks: measured.flatMap(({ operation, others, calls }) => [
      {
        name: `${operation.name}, latency ${latencyMs} ms: ratio to the empty resource`,
        measured: others[0]?.ratio.median ?? NaN,
        limit: operation.limit,
      },
      {
        name: `${operation.name}, latency ${latencyMs} ms: API calls`,
        measured: calls,
        limit: { atMost: operation.calls, room: 0 },
      },
    ]),
    plot: plotOf(title, measured, [EMPTY, ...subjects], latencyMs),
  };
}

function relate(
  { operation, seconds: [floor = [], ...others], calls: [, calls = NaN] }: OperationTimes,
  latencyMs: number,
) {
  const unavoidable = (operation.calls * latencyMs) / 1000;
  return {
    operation,
    calls,
    floor: summarize(floor),
    others: others.map((seconds) => ({
      seconds: summarize(seconds),
      ratio: summarize(
        ratios(
          seconds.map((each) => each - unavoidable),
          floor,
        ),
      ),
    })),
  };
}

function plotOf(
  title: string,
  measured: readonly ReturnType<typeof relate>[],
  subjects: readonly Subject[],
  latencyMs: number,
): Plot {
  return {
    file: `wall-time-${latencyMs}-ms.svg`,
    alt: `Bar chart: ${title}`,
    svg: barChart({
      title: `${title}, in seconds (median, quartiles)`,
      series: subjects.map(({ name }) => name),
      groups: measured.map(({ operation, floor, others }) => ({
        name: operation.name,
        bars: [floor, ...others.map(({ seconds }) => seconds)],
      })),
    }),
  };
}
