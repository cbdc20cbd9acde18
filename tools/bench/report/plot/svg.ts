/** The attributes of an SVG element. */
type Attributes = Readonly<Record<string, string | number>>;

/** Renders an SVG element. @param content other elements, or undefined for none. */
export function element(name: string, attributes: Attributes, content?: string): string {
  const text = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escape(typeof value === "number" ? rounded(value) : value)}"`)
    .join("");
  return content === undefined ? `<${name}${text}/>` : `<${name}${text}>${content}</${name}>`;
}

/** Renders a text that is placed relative to its anchor. */
export function label(x: number, y: number, text: string, anchor: "start" | "middle" | "end"): string {
  return element("text", { x, y, "text-anchor": anchor }, escape(text));
}

/** Renders a picture on a white background, so that it is readable in dark pages too. */
export function picture(width: number, height: number, title: string, parts: readonly string[]): string {
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: "img",
    "font-family": "system-ui, sans-serif",
    "font-size": 12,
    fill: "#1f2328",
  };
  const background = element("rect", { width, height, fill: "#ffffff" });
  const content = [element("title", {}, escape(title)), background, ...parts].join("\n");
  return `${element("svg", attributes, `\n${content}\n`)}\n`;
}

/** Tenths of a pixel are enough, and keep the file small. */
function rounded(value: number): string {
  return String(Number(value.toFixed(1)));
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
