/**
 * As many whole lines as fit, and a line with the number of omitted ones.
 * @param room characters that the text may have at most, that last line included.
 */
export function truncate(
  lines: readonly string[],
  room: number,
  left: (count: number) => string,
): readonly string[] {
  const total = lines.reduce((sum, line) => sum + line.length + 1, 0);
  if (total <= room) return lines;
  const kept: string[] = [];
  let free = room - left(lines.length).length - 1;
  for (const line of lines) {
    free -= line.length + 1;
    if (free < 0) break;
    kept.push(line);
  }
  return [...kept, left(lines.length - kept.length)];
}
