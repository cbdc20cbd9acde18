import { mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { engineOnPath } from "../../engine/fromPath";
import { foldersOnPath, inspectFolder, isExecutable } from "../../engine/inspect";
import { OLDEST_VERSION, pinnedVersion } from "../../engine/version";
import { COMPANIONS, folderWith, pulumi, removeTemporaryFolders, temporaryFolder } from "./folders";

const MINIMUM = "3.200.0";

afterAll(removeTemporaryFolders);

const inspect = (folder: string, timeout = 10_000) =>
  inspectFolder(folder, "path", { minimum: MINIMUM, timeout });

describe("a folder", () => {
  test.each(["3.200.0", "v3.200.1", "v3.1000.0", "v4.0.0", "3.200.0-dev.0+abc"])(
    "with a pulumi of version %s and its companions is an engine",
    async (version) => {
      const binFolder = folderWith({ ...pulumi(`echo ${version}`), ...COMPANIONS });
      expect(await inspect(binFolder)).toEqual({
        engine: {
          binFolder,
          pulumi: join(binFolder, "pulumi"),
          version: version.replace(/^v/, ""),
          origin: "path",
        },
      });
    },
  );

  test("without an executable pulumi is reported", async () => {
    expect(await inspect("/nowhere")).toEqual({ reason: "there is no pulumi in /nowhere" });
    const folder = folderWith(pulumi("echo v3.200.0"), 0o644);
    expect(await inspect(folder)).toEqual({ reason: `there is no pulumi in ${folder}` });
  });

  test.each(Object.keys(COMPANIONS))("without %s names it, and may find it elsewhere", async (missing) => {
    const others = Object.fromEntries(Object.entries(COMPANIONS).filter(([name]) => name !== missing));
    const folder = folderWith({ ...pulumi("echo v3.200.0"), ...others });
    expect(await inspect(folder)).toEqual({ reason: `${folder}/pulumi has no ${missing} next to it` });
    const companionFolders = [folderWith(COMPANIONS)];
    expect(await inspectFolder(folder, "path", { minimum: MINIMUM, companionFolders })).toHaveProperty(
      "engine",
    );
  });

  test.each([
    { of: "an older version", line: "echo v3.199.9", reason: "is 3.199.9, older than 3.200.0" },
    {
      of: "no version, as a plain `go build` makes it",
      line: "echo",
      reason: "does not know its version: `pulumi version` prints nothing",
    },
    {
      of: "something other than a version",
      line: "echo; echo unknown; echo more",
      reason: "does not know its version: `pulumi version` prints unknown",
    },
    {
      of: "a failure with words",
      line: "echo broken >&2; exit 3",
      reason: "does not run: exit code 3: broken",
    },
    { of: "a silent failure", line: "exit 126", reason: "does not run: exit code 126" },
    {
      of: "a version and a failure",
      line: "echo v3.200.0; exit 1",
      reason: "does not run: exit code 1: v3.200.0",
    },
    { of: "a silent death", line: "kill -KILL $$", reason: "does not run: SIGKILL" },
    {
      of: "no end",
      line: "exec sleep 600",
      timeout: 20,
      reason: "does not run: it did not respond within 0.02 s",
    },
  ])("whose pulumi has $of is refused for that reason", async ({ line, reason, timeout }) => {
    const folder = folderWith({ ...pulumi(line), ...COMPANIONS });
    expect(await inspect(folder, timeout)).toEqual({ reason: `${folder}/pulumi ${reason}` });
  });

  test("whose pulumi cannot be started is refused with the system's reason", async () => {
    const folder = folderWith({ pulumi: "#!/nowhere/sh\n", ...COMPANIONS });
    expect(await inspect(folder)).toEqual({
      reason: expect.stringMatching(/\/pulumi does not run: spawn .+ ENOENT$/) as string,
    });
  });

  test("must have the oldest accepted version unless another minimum is given", async () => {
    const tooOld = folderWith({ ...pulumi("echo v3.258.99"), ...COMPANIONS });
    expect(await inspectFolder(tooOld, "path")).toEqual({
      reason: expect.stringContaining(`is 3.258.99, older than ${OLDEST_VERSION}`) as string,
    });
    const oldest = folderWith({ ...pulumi(`echo v${OLDEST_VERSION}`), ...COMPANIONS });
    expect(await inspectFolder(oldest, "path")).toMatchObject({ engine: { version: OLDEST_VERSION } });
  });
});

describe("an engine on PATH", () => {
  const sound = pulumi(`echo v${pinnedVersion()}`);
  const onPath = (...folders: string[]) => engineOnPath(folders.join(delimiter));

  test("is the first pulumi that a shell would find", async () => {
    const empty = temporaryFolder();
    const unusable = folderWith(sound, 0o644);
    const first = folderWith({ ...sound, ...COMPANIONS });
    const second = folderWith({ ...sound, ...COMPANIONS });
    expect(await onPath(empty, unusable, first, second)).toMatchObject({
      engine: { binFolder: first, origin: "path" },
    });
  });

  test("is not looked for behind a first one that is unfit: that is what a shell would start", async () => {
    const broken = folderWith({ ...pulumi("exit 1"), ...COMPANIONS });
    const fine = folderWith({ ...sound, ...COMPANIONS });
    expect(await onPath(broken, fine)).toEqual({ reason: `${broken}/pulumi does not run: exit code 1` });
  });

  test("may have its companions anywhere on PATH", async () => {
    const alone = folderWith(sound);
    expect(await onPath(alone, folderWith(COMPANIONS))).toMatchObject({ engine: { binFolder: alone } });
  });

  test.each(["", delimiter, "/nowhere"])("is missing when PATH is %j", async (path) => {
    expect(await engineOnPath(path)).toEqual({ reason: "there is no pulumi on PATH" });
  });
});

test("PATH's empty parts, which mean the working folder, are left out", () => {
  expect(foldersOnPath(["", "/a", "", "/b", ""].join(delimiter))).toEqual(["/a", "/b"]);
});

test("a folder is not an executable, though it may be searched", () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "pulumi"));
  expect(isExecutable(join(folder, "pulumi"))).toBe(false);
});
