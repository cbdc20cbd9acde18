/** One simple command of a shell script, without redirections and assignments before it. */
export type Words = readonly string[];

/** Splits a script as it stands in a code block into its simple commands. Quotes are removed, substitutions stay. */
export function shellCommands(script: string): readonly Words[] {
  return script
    .split("\n")
    .flatMap((line) => commandsOfLine(tokensOf(line)))
    .map(withoutAssignments)
    .filter((words) => words.length > 0);
}

const SEPARATORS: ReadonlySet<string> = new Set(["&&", "||", "|", ";"]);

function commandsOfLine(tokens: Words): readonly Words[] {
  const commands: string[][] = [[]];
  let skipped = false;
  for (const token of tokens) {
    const current = commands.at(-1) ?? [];
    if (SEPARATORS.has(token)) commands.push([]);
    else if (token === ">") skipped = true;
    else if (skipped) skipped = false;
    else current.push(token);
  }
  return commands;
}

/** The words and operators of a line, up to a comment. */
function tokensOf(line: string): Words {
  const tokens = line.match(/(?:"[^"]*"|'[^']*'|[^\s"';|&>]|>(?=\S))+|&&|\|\||[|;>]/g) ?? [];
  const comment = tokens.findIndex((token) => token.startsWith("#"));
  return tokens.slice(0, comment < 0 ? undefined : comment).map((token) => token.replaceAll(/["']/g, ""));
}

function withoutAssignments(words: Words): Words {
  const start = words.findIndex((word) => !/^[A-Z_]+=/.test(word));
  return start < 0 ? [] : words.slice(start);
}
