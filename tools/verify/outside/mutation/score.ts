import * as v from "valibot";

/** What became of a mutant, in Stryker's words. The errors are mutants that cannot be loaded; they do not count. */
const STATUS = v.picklist([
  "Killed",
  "Timeout",
  "Survived",
  "NoCoverage",
  "CompileError",
  "RuntimeError",
  "Ignored",
  "Pending",
]);

const REPORT = v.object({
  files: v.record(v.string(), v.object({ mutants: v.array(v.object({ status: STATUS })) })),
});

/** The mutants of one folder: how many the tests noticed, and of how many. */
export interface Score {
  /** The folder below `provider/`; empty for the files outside of them. */
  readonly folder: string;
  readonly noticed: number;
  readonly total: number;
}

/**
 * Adds up Stryker's report for each folder of `provider/`, in alphabetical order.
 * @param json the text of the report.
 */
export function scoresOf(json: string): readonly Score[] {
  const { files } = v.parse(REPORT, JSON.parse(json));
  const byFolder = Map.groupBy(Object.entries(files), ([file]) => folderOf(file));
  return [...byFolder]
    .map(([folder, members]) => {
      const statuses = members.flatMap(([, { mutants }]) => mutants.map(({ status }) => status));
      const noticed = statuses.filter((status) => status === "Killed" || status === "Timeout").length;
      const missed = statuses.filter((status) => status === "Survived" || status === "NoCoverage").length;
      return { folder, noticed, total: noticed + missed };
    })
    .toSorted((a, b) => (a.folder < b.folder ? -1 : 1));
}

/** The folder of "provider/activation/guards/access.ts" is "activation". */
function folderOf(file: string): string {
  const [, folder = "", ...rest] = file.split("/");
  return rest.length > 0 ? folder : "";
}

/** The share of the mutants that were noticed, in percent; 100 when there are none. */
function percentOf({ noticed, total }: Pick<Score, "noticed" | "total">): number {
  return total === 0 ? 100 : (100 * noticed) / total;
}

/** "activation 94.1 %, api 90.0 %, …; 3100 of 3500 mutants". */
export function describeScores(scores: readonly Score[]): string {
  const named = scores.map((score) => `${score.folder || "index.ts"} ${percentOf(score).toFixed(1)} %`);
  const noticed = scores.reduce((sum, score) => sum + score.noticed, 0);
  const total = scores.reduce((sum, score) => sum + score.total, 0);
  return `${noticed} of ${total} mutants noticed: ${named.join(", ")}`;
}

/** The folders whose score is below its limit, or which have no mutants at all, a line each. */
export function problemsOf(
  scores: readonly Score[],
  lowest: Readonly<Record<string, number>>,
): readonly string[] {
  return Object.entries(lowest).flatMap(([folder, limit]) => {
    const score = scores.find((each) => each.folder === folder);
    if (!score || score.total === 0)
      return [`provider/${folder} has no mutants. Does the folder still exist?`];
    const percent = percentOf(score);
    if (percent >= limit) return [];
    return [
      `the tests noticed ${percent.toFixed(1)} % of the mutants in provider/${folder}, and ${limit} % is the least. ` +
        "build/mutation/report.html shows those that survived: test what they change, or remove code that is not needed.",
    ];
  });
}
