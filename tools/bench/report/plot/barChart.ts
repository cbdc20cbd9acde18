import type { Summary } from "../statistics";
import { AREA, colorOf, frame, HEIGHT, scaleTo, WIDTH } from "./frame";
import type { Scale } from "./frame";
import { element, label, picture } from "./svg";

/** Groups of bars, one for each series, with the spread of each bar as a whisker. */
export interface BarChart {
  /** The title, with the unit of the values. */
  readonly title: string;
  readonly series: readonly string[];
  readonly groups: readonly { readonly name: string; readonly bars: readonly Summary[] }[];
}

/** The share of a group's width that its bars fill. */
const FILLED = 0.7;

/** Renders a bar chart as SVG. */
export function barChart({ title, series, groups }: BarChart): string {
  const scale = scaleTo(Math.max(...groups.flatMap(({ bars }) => bars.map(({ upper }) => upper))));
  const groupWidth = AREA.width / groups.length;
  const barWidth = (groupWidth * FILLED) / series.length;
  const parts = groups.flatMap(({ name, bars }, index) => {
    const left = AREA.left + index * groupWidth;
    const first = left + (groupWidth * (1 - FILLED)) / 2;
    return [
      label(left + groupWidth / 2, AREA.top + AREA.height + 20, name, "middle"),
      ...bars.flatMap((bar, number) => drawBar(bar, scale, first + number * barWidth, barWidth, number)),
    ];
  });
  return picture(WIDTH, HEIGHT, title, [...frame(title, scale, series), ...parts]);
}

function drawBar(bar: Summary, scale: Scale, x: number, width: number, series: number): readonly string[] {
  const top = scale.y(bar.median);
  const middle = x + width / 2;
  const whisker = { x1: middle, x2: middle, y1: scale.y(bar.lower), y2: scale.y(bar.upper) };
  return [
    element("rect", {
      x: x + 1,
      y: top,
      width: width - 2,
      height: scale.y(0) - top,
      fill: colorOf(series),
    }),
    element("line", { ...whisker, stroke: "#1f2328", "stroke-width": 2 }),
  ];
}
