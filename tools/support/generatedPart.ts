/**
 * Replaces the generated part of a page that lies between the markers of a name.
 * @throws Error when the page lacks the markers.
 */
export function replaceGenerated(page: string, name: string, content: string): string {
  const [from, to] = find(page, name);
  return `${page.slice(0, from)}\n\n${content}\n\n${page.slice(to)}`;
}

/** The generated part of a page. @throws Error when the page lacks the markers. */
export function generatedPart(page: string, name: string): string {
  const [from, to] = find(page, name);
  return page.slice(from, to).trim();
}

function find(page: string, name: string): [from: number, to: number] {
  const begin = `<!-- generated:begin ${name} -->`;
  const end = `<!-- generated:end ${name} -->`;
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) {
    throw new Error(
      `The page has no place for "${name}". Add the lines "${begin}" and "${end}" where its table belongs.`,
    );
  }
  return [from + begin.length, to];
}
