import { AREA, colorOf, frame, HEIGHT, scaleTo, WIDTH } from "./frame";
import { element, label, picture } from "./svg";

/** A line for each series through its points, on a horizontal axis that starts at 0. */
export interface LineChart {
  /** The title, with the unit of the values. */
  readonly title: string;
  /** The name of the horizontal axis. */
  readonly axis: string;
  readonly positions: readonly number[];
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[];
}

/** Renders a line chart as SVG. */
export function lineChart({ title, axis, positions, series }: LineChart): string {
  const scale = scaleTo(Math.max(...series.flatMap(({ values }) => values)));
  const last = Math.max(...positions);
  const x = (position: number) => AREA.left + (AREA.width * position) / last;
  const bottom = AREA.top + AREA.height + 20;
  const labels = positions
    .filter((position) => position === last || position / last >= MIN_LABEL_DISTANCE)
    .map((position) => label(x(position), bottom, String(position), "middle"));
  const lines = series.flatMap(({ values }, index) => {
    const points = values.map((value, number) => [x(positions[number] ?? 0), scale.y(value)] as const);
    const path = points.map(([left, top]) => `${left.toFixed(1)},${top.toFixed(1)}`).join(" ");
    return [
      element("polyline", { points: path, fill: "none", stroke: colorOf(index), "stroke-width": 2 }),
      ...points.map(([cx, cy]) => element("circle", { cx, cy, r: 3, fill: colorOf(index) })),
    ];
  });
  const names = series.map(({ name }) => name);
  const axisLabel = label(AREA.left + AREA.width / 2, bottom + 20, axis, "middle");
  return picture(WIDTH, HEIGHT, title, [...frame(title, scale, names), ...labels, axisLabel, ...lines]);
}

/** Labels closer to the start than this share of the axis would overlap. */
const MIN_LABEL_DISTANCE = 0.1;
