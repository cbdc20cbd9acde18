import { element, label } from "./svg";

/** The area of a chart, in pixels. */
export const AREA = { left: 56, top: 56, width: 640, height: 260 } as const;
export const WIDTH = AREA.left + AREA.width + 24;
export const HEIGHT = AREA.top + AREA.height + 48;

/** The color of each series, in their order; distinguishable with any color vision. */
const COLORS = ["#8c959f", "#0969da", "#bf8700"] as const;

export function colorOf(series: number): string {
  return COLORS[series % COLORS.length] ?? COLORS[0];
}

/** A vertical axis that starts at 0. */
export interface Scale {
  readonly ticks: readonly number[];
  /** The vertical position of a value. */
  readonly y: (value: number) => number;
}

/** Chooses four to eight round ticks that include the largest value. */
export function scaleTo(largest: number): Scale {
  const power = 10 ** Math.floor(Math.log10(largest / 4));
  const step = ([1, 2, 5, 10] as const).map((factor) => factor * power).find((size) => largest / size <= 8);
  const distance = step ?? 10 * power;
  const count = Math.ceil(largest / distance);
  const ticks = Array.from({ length: count + 1 }, (_, index) => Number((index * distance).toPrecision(6)));
  return { ticks, y: (value) => AREA.top + AREA.height * (1 - value / (count * distance)) };
}

/** Renders the title, the vertical axis and the legend of a chart. */
export function frame(title: string, scale: Scale, series: readonly string[]): readonly string[] {
  const right = AREA.left + AREA.width;
  const lines = scale.ticks.flatMap((tick) => {
    const y = scale.y(tick);
    return [
      element("line", { x1: AREA.left, x2: right, y1: y, y2: y, stroke: "#d1d9e0" }),
      label(AREA.left - 8, y + 4, String(tick), "end"),
    ];
  });
  const legend = series.flatMap((name, index) => {
    const x = AREA.left + index * 210;
    return [
      element("rect", { x, y: 32, width: 12, height: 12, fill: colorOf(index) }),
      label(x + 18, 42, name, "start"),
    ];
  });
  return [label(AREA.left, 20, title, "start"), ...legend, ...lines];
}
