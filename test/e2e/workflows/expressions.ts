/** Returns the value of an expression: `github.token`, `steps.preview.outputs.code`. */
export type Lookup = (name: string) => string | undefined;

/** Replaces the expressions in a text. @throws Error for an unknown expression. */
export function interpolate(text: string, lookup: Lookup): string {
  return text.replace(/\$\{\{\s*(.+?)\s*\}\}/g, (_all, expression: string) => valueOf(expression, lookup));
}

/** Whether a condition holds: texts compared by `==` and `!=`, as far as the workflows do that. */
export function holds(condition: string, lookup: Lookup): boolean {
  const [, left, sign, right] = /^(.+?) (==|!=) (.+)$/.exec(condition) ?? [];
  if (left === undefined || right === undefined) throw new Error(`Not a comparison: ${condition}`);
  return (valueOf(left, lookup) === valueOf(right, lookup)) === (sign === "==");
}

function valueOf(expression: string, lookup: Lookup): string {
  const literal = /^'(.*)'$/.exec(expression)?.[1];
  const value = literal ?? lookup(expression);
  if (value === undefined) throw new Error(`Nothing is known of \${{ ${expression} }}.`);
  return value;
}
