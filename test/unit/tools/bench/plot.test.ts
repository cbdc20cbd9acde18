import { barChart } from "../../../../tools/bench/report/plot/barChart";
import { AREA, colorOf, scaleTo } from "../../../../tools/bench/report/plot/frame";
import { lineChart } from "../../../../tools/bench/report/plot/lineChart";

const around = (median: number) => ({ median, lower: median - 0.1, upper: median + 0.2 });

const BARS = barChart({
  title: "Seconds < minutes",
  series: ["Empty", "Provider"],
  groups: [
    { name: "create", bars: [around(1), around(2)] },
    { name: "destroy", bars: [around(2), around(3)] },
  ],
});

test("a bar chart shows its title, its groups and its series", () => {
  for (const text of ["Seconds &lt; minutes", "create", "destroy", "Empty", "Provider"])
    expect(BARS).toContain(`>${text}</text>`);
});

test("the height of a bar is proportional to its value", () => {
  const [first = NaN, second = NaN] = heightsOf(BARS, colorOf(0));
  expect(second / first).toBeCloseTo(2, 2);
});

test("each bar has a whisker between its quartiles", () => {
  const whiskers = [...BARS.matchAll(/y1="([\d.]+)" y2="([\d.]+)" stroke="#1f2328"/g)];
  const [tall = NaN] = heightsOf(BARS, colorOf(1));
  expect(whiskers).toHaveLength(4);
  const [, lower, upper] = whiskers[1] ?? [];
  // The bar of 2 is 20 times as high as the distance of 0.1, and the whisker is 0.3 long.
  expect((Number(lower) - Number(upper)) / tall).toBeCloseTo(0.15, 2);
});

test("a line chart has a point for each value, at its position", () => {
  const svg = lineChart({
    title: "Seconds",
    axis: "Resources",
    positions: [1, 100, 500],
    series: [{ name: "create", values: [1, 2, 6] }],
  });
  const points = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x]) => Number(x));
  expect(points).toEqual([1, 100, 500].map((position) => expectedX(position)));
  expect(svg).toContain(">500</text>");
  expect(svg).not.toContain(">1</text>\n<text x");
});

test.each([
  [0.37, [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4]],
  [3, [0, 0.5, 1, 1.5, 2, 2.5, 3]],
  [41, [0, 10, 20, 30, 40, 50]],
])("the axis up to %d has round ticks that include it", (largest, ticks) => {
  expect(scaleTo(largest).ticks).toEqual(ticks);
});

function heightsOf(svg: string, color: string): readonly number[] {
  const bars = svg.matchAll(/<rect x="[\d.]+" y="[\d.]+" width="[\d.]+" height="([\d.]+)" fill="([^"]+)"/g);
  // The first one of a color is its square in the legend.
  return [...bars]
    .filter(([, , fill]) => fill === color)
    .map(([, height]) => Number(height))
    .slice(1);
}

function expectedX(position: number): number {
  return Number((AREA.left + (AREA.width * position) / 500).toFixed(1));
}
