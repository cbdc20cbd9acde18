/**
 * Replaces the generated part of a page that lies between the markers of a name.
 * @throws Error when the page lacks the markers.
 */
export function replaceGenerated(page: string, name: string, content: string): string {
  const begin = `<!-- generated:begin ${name} -->`;
  const end = `<!-- generated:end ${name} -->`;
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) {
    throw new Error(
      `The page has no place for "${name}". Add the lines "${begin}" and "${end}" where its table belongs.`,
    );
  }
  return `${page.slice(0, from + begin.length)}\n\n${content}\n\n${page.slice(to)}`;
}
