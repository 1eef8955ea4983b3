import { Log, type LogLevel } from "../../provider/log";

function aLog(level?: LogLevel) {
  const lines: string[] = [];
  return { lines, log: new Log((line) => lines.push(line), level) };
}

it("writes one line for each thing said", () => {
  const { lines, log } = aLog();
  log.info("a");
  log.info("a");
  expect(lines).toEqual(["a", "a"]);
});

it("says only once what is to be said once", () => {
  const { lines, log } = aLog();
  for (const line of ["a", "b", "a"]) log.once(line);
  expect(lines).toEqual(["a", "b"]);
});

it("keeps details to itself unless it is asked for them", () => {
  const [quiet, chatty] = [aLog(), aLog("debug")];
  for (const { log } of [quiet, chatty]) log.debug("GET / -> 200");
  expect([quiet.lines, chatty.lines]).toEqual([[], ["debug: GET / -> 200"]]);
});

it("tells details from the moment on that it is asked for them", () => {
  const { lines, log } = aLog();
  log.debug("before");
  log.level = "debug";
  log.debug("after");
  expect(lines).toEqual(["debug: after"]);
});
