import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { lockedSince } from "../../../../cli/pulumi/stackLock";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "vpnaas-lock-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function lock(place: string, text: string): void {
  const folder = join(root, ".pulumi", "locks", place);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "3f2c.json"), text);
}

const TIME =
  '{"pid":1,"username":"me","hostname":"here","timestamp":"2026-03-01T10:00:00.5+02:00"}';
const since = (stack = "dev", backend = `file://${root}`) => lockedSince(backend, "offices", stack);

it.each(["organization/offices/dev", "dev"])(
  "a lock below %s gives the time of its creation",
  (place) => {
    lock(place, TIME);
    expect(since()).toBe("2026-03-01T08:00:00.500Z");
    expect(since("organization/offices/dev")).toBe("2026-03-01T08:00:00.500Z");
    expect(since("dev", `file://${root}?no_tmp_dir=true`)).toBe("2026-03-01T08:00:00.500Z");
  },
);

it("a lock of another stack or project has no effect", () => {
  lock("organization/offices/prod", TIME);
  lock("organization/others/dev", TIME);
  expect(since()).toBeUndefined();
});

it.each(["", "{", "{}", '{"timestamp":"soon"}'])(
  "a lock with the content %j gives no time",
  (text) => {
    lock("organization/offices/dev", text);
    expect(since()).toBeUndefined();
  },
);

it.each([undefined, "https://api.pulumi.com/me", "s3://bucket", "file:///nowhere/at/all"])(
  "the backend %s gives no lock",
  (backend) => {
    expect(lockedSince(backend, "offices", "dev")).toBeUndefined();
  },
);
