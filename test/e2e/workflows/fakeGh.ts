/** Replaces `gh` in the workflows under test: stores GitHub's state in a file, and implements `gh api`. */
import { spawnSync } from "node:child_process";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";

/** The state of the fake GitHub. */
export interface GitHubState {
  comments: Post[];
  issues: Post[];
  /** The labels of the pull request. */
  labels: string[];
  artifacts: Artifact[];
  /** The pull requests of each commit. */
  pulls: Record<string, { labels: { name: string }[] }[]>;
}

export interface Post {
  id: number;
  number: number;
  user: { login: string };
  body: string;
  title?: string;
  state?: string;
}

export interface Artifact {
  name: string;
  expired: boolean;
  created_at: string;
  workflow_run: { id: number; repository_id: number; head_repository_id: number };
}

const BOT = "github-actions[bot]";

/** Responds to a request, and changes the state; undefined when the target does not exist. */
function respond(gitHub: GitHubState, method: string, path: string, fields: Record<string, string>): unknown {
  const url = new URL(path, "https://api.invalid/");
  const [, , , , ...parts] = url.pathname.split("/");
  const [what, first, second, label] = parts;
  const route = `${method} ${parts.map((part) => (/^(\d+|[0-9a-f]{40})$/.test(part) ? ":id" : part)).join("/")}`;
  const post = (number: number): Post => ({
    id: 1000 + gitHub.comments.length + gitHub.issues.length,
    number,
    user: { login: BOT },
    body: "",
    ...fields,
  });
  const patch = (found: Post | undefined) => found && Object.assign(found, fields);
  if (method === "DELETE" && second === "labels") {
    const removed = decodeURIComponent(label ?? "");
    if (!gitHub.labels.includes(removed)) return undefined;
    gitHub.labels = gitHub.labels.filter((each) => each !== removed);
    return [];
  }
  switch (route) {
    case "GET issues/:id/labels":
      return gitHub.labels.map((name) => ({ name }));
    case "POST issues/:id/labels":
      gitHub.labels = [...new Set([...gitHub.labels, fields["labels[]"] ?? ""])];
      return [];
    case "GET issues/:id/comments":
      return gitHub.comments.filter(({ number }) => number === Number(first));
    case "POST issues/:id/comments":
      return gitHub.comments[gitHub.comments.push(post(Number(first))) - 1];
    case "PATCH issues/comments/:id":
      return patch(gitHub.comments.find(({ id }) => id === Number(second)));
    case "GET issues":
      return gitHub.issues.filter(({ state }) => state === url.searchParams.get("state"));
    case "POST issues":
      return gitHub.issues[
        gitHub.issues.push({ ...post(1 + gitHub.issues.length), state: "open", ...fields }) - 1
      ];
    case "PATCH issues/:id":
      return patch(gitHub.issues.find(({ number }) => number === Number(first)));
    case "GET actions/artifacts":
      return { artifacts: gitHub.artifacts.filter(({ name }) => name === url.searchParams.get("name")) };
    case "GET commits/:id/pulls":
      return gitHub.pulls[first ?? ""] ?? [];
    default:
      throw new Error(`The fake GitHub knows no ${route} (${what ?? ""}).`);
  }
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly jq?: string;
  readonly silent: boolean;
  readonly fields: Record<string, string>;
}

function parseCall([command, ...args]: readonly string[]): Call {
  if (command !== "api") throw new Error(`The fake gh knows no ${command ?? "command"}.`);
  const call = { method: "GET", path: "", silent: false, fields: {} as Record<string, string> };
  let jq: string | undefined;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? "";
    const value = args[at + 1] ?? "";
    if (arg === "--paginate") continue;
    if (arg === "--silent") {
      call.silent = true;
    } else if (!arg.startsWith("-")) {
      call.path = arg;
    } else {
      at += 1;
      if (arg === "--method") {
        call.method = value;
      } else if (arg === "--jq") {
        jq = value;
      } else if (arg === "-f" || arg === "-F") {
        const [name = "", ...rest] = value.split("=");
        const text = rest.join("=");
        call.fields[name] = arg === "-F" && text.startsWith("@") ? readFileSync(text.slice(1), "utf8") : text;
      } else {
        throw new Error(`The fake gh knows no ${arg}.`);
      }
    }
  }
  return { ...call, ...(jq !== undefined && { jq }) };
}

function main(): number {
  const { GH_TOKEN: token, FAKE_GITHUB: file } = process.env;
  if (!token)
    throw new Error("gh: To use GitHub CLI in a GitHub Actions workflow, set the GH_TOKEN variable.");
  if (!file) throw new Error("The fake gh needs FAKE_GITHUB.");
  const call = parseCall(process.argv.slice(2));
  appendFileSync(`${file}.calls`, `${call.method} ${call.path}\n`);
  const gitHub = JSON.parse(readFileSync(file, "utf8")) as GitHubState;
  const response = respond(gitHub, call.method, call.path, call.fields);
  if (response === undefined) throw new Error("gh: Not Found (HTTP 404)");
  writeFileSync(file, JSON.stringify(gitHub));
  if (call.silent) return 0;
  const text = JSON.stringify(response);
  if (call.jq === undefined) {
    process.stdout.write(text);
    return 0;
  }
  // The real gh has jq built in. It writes texts as they are, and anything else as JSON.
  const jq = spawnSync("jq", ["--raw-output", "--compact-output", call.jq], {
    input: text,
    encoding: "utf8",
  });
  if (jq.error) throw new Error(`The fake gh needs jq on PATH: ${jq.error.message}`);
  process.stdout.write(jq.stdout);
  process.stderr.write(jq.stderr);
  return jq.status ?? 1;
}

if (require.main === module) {
  try {
    process.exitCode = main();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
