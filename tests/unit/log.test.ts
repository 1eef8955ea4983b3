import { Log, type LogLevel } from "../../provider/log";

function aLog(level?: LogLevel) {
  const lines: string[] = [];
  return { lines, log: new Log((line) => lines.push(line), level) };
}

it("Log: prints one line for each call of info", () => {
  const { lines, log } = aLog();
  log.info("a");
  log.info("a");
  expect(lines).toEqual(["a", "a"]);
});

it("Log: prints a notice once for each key", () => {
  const { lines, log } = aLog();
  for (const key of ["shared a", "shared b", "shared a"]) log.once(key, `notice: ${key}`);
  expect(lines).toEqual(["notice: shared a", "notice: shared b"]);
});

it("Log: prints a notice once although its count changes", () => {
  const { lines, log } = aLog();
  for (const count of [3, 2]) log.once("late", `${count} connections are late.`);
  expect(lines).toEqual(["3 connections are late."]);
});

it("Log: prints notices of two kinds although their lines are equal", () => {
  const { lines, log } = aLog();
  for (const key of ["shared a", "deleted a"]) log.once(key, "Run `pulumi up`.");
  expect(lines).toEqual(["Run `pulumi up`.", "Run `pulumi up`."]);
});

it("Log: prints details only at the level debug", () => {
  const [quiet, chatty] = [aLog(), aLog("debug")];
  for (const { log } of [quiet, chatty]) log.debug("GET / -> 200");
  expect([quiet.lines, chatty.lines]).toEqual([[], ["debug: GET / -> 200"]]);
});

it("Log: prints details from the moment when its level becomes debug", () => {
  const { lines, log } = aLog();
  log.debug("before");
  log.level = "debug";
  log.debug("after");
  expect(lines).toEqual(["debug: after"]);
});

it("Log: escapes control characters in each line", () => {
  const { lines, log } = aLog("debug");
  log.info("drift: \x1b]0;owned\x07\nnext");
  log.once("line", "\r\u202e");
  log.debug("GET /\x1b[2J -> 200");
  expect(lines).toEqual([
    "drift: \\x1b]0;owned\\x07\nnext",
    "\\x0d\\u{202e}",
    "debug: GET /\\x1b[2J -> 200",
  ]);
});
