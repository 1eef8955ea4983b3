import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { writeFile, writeOwnFile } from "../../../../cli/io/files";

let folder: string;
const at = (...names: string[]) => join(folder, ...names);
const write = (name: string, text = "new") => writeFile("The page", at(name), text);
const read = (name: string) => fs.readFileSync(at(name), "utf8");
const modeOf = (name: string) => fs.statSync(at(name)).mode & 0o777;

beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), "vpnaas-files-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

describe("a regular file", () => {
  it("is created for its owner alone, because a report shows the topology", () => {
    write("page.html");
    expect([read("page.html"), modeOf("page.html")]).toEqual(["new", 0o600]);
  });

  it.each([0o644, 0o640, 0o600, 0o666])("keeps its mode %o", (mode) => {
    fs.writeFileSync(at("page.html"), "old");
    fs.chmodSync(at("page.html"), mode);
    write("page.html");
    expect([read("page.html"), modeOf("page.html")]).toEqual(["new", mode]);
  });

  it("is replaced as a whole, so that a reader with the open file reads the old text to its end", () => {
    fs.writeFileSync(at("page.html"), "old");
    const open = fs.openSync(at("page.html"), "r");
    write("page.html");
    expect(fs.readFileSync(open, "utf8")).toBe("old");
    fs.closeSync(open);
  });

  it("leaves no other file behind", () => {
    write("page.html");
    write("page.html", "newer");
    expect(fs.readdirSync(folder)).toEqual(["page.html"]);
  });

  it("may have a name of the greatest length", () => {
    const name = "p".repeat(255);
    write(name);
    expect(read(name)).toBe("new");
  });

  it("is not written through a link that another user placed at the path of a temporary file", () => {
    fs.writeFileSync(at("victim"), "safe");
    fs.symlinkSync(at("victim"), at(`page.html.${process.pid}`));
    write("page.html");
    expect([read("victim"), read("page.html")]).toEqual(["safe", "new"]);
  });
});

describe("a symbolic link to a file", () => {
  it("stays, and its target is replaced", () => {
    fs.mkdirSync(at("pages"));
    fs.writeFileSync(at("pages", "today.html"), "old", { mode: 0o644 });
    fs.symlinkSync("pages/today.html", at("middle"));
    fs.symlinkSync("middle", at("page.html"));
    write("page.html");
    expect(fs.readlinkSync(at("page.html"))).toBe("middle");
    expect(fs.readlinkSync(at("middle"))).toBe("pages/today.html");
    expect(read("pages/today.html")).toBe("new");
    expect(fs.readdirSync(at("pages"))).toEqual(["today.html"]);
  });

  it("leads to a new file if its target is missing", () => {
    fs.mkdirSync(at("pages"));
    fs.symlinkSync("pages/today.html", at("page.html"));
    write("page.html");
    expect(fs.lstatSync(at("page.html")).isSymbolicLink()).toBe(true);
    expect(read("pages/today.html")).toBe("new");
  });

  it("is resolved from the folder that really contains it", () => {
    fs.mkdirSync(at("real", "deep"), { recursive: true });
    fs.symlinkSync("real/deep", at("short"));
    fs.symlinkSync("../page.html", at("real", "deep", "page.html"));
    write("short/page.html");
    expect(read("real/page.html")).toBe("new");
  });

  it("is refused if it leads to itself", () => {
    fs.symlinkSync("page.html", at("page.html"));
    expect(() => write("page.html")).toThrow(/^The page .*page\.html cannot be written: .*ELOOP/);
  });
});

describe("a FIFO", () => {
  beforeEach(() => execFileSync("mkfifo", [at("fifo")]));

  it.each(["fifo", "link to it"])(
    "with a reader receives the text and stays a FIFO: %s",
    async (name) => {
      fs.symlinkSync("fifo", at("link to it"));
      const text = "line\n".repeat(50_000);
      const copy = fs.openSync(at("copy"), "w");
      const reader = spawn("cat", [at("fifo")], { stdio: ["ignore", copy, "ignore"] });
      const ended = once(reader, "exit");
      const probe = await untilRead();
      write(name, text);
      fs.closeSync(probe);
      await ended;
      fs.closeSync(copy);
      expect(read("copy")).toBe(text);
      expect(fs.statSync(at("fifo")).isFIFO()).toBe(true);
      expect(fs.lstatSync(at("link to it")).isSymbolicLink()).toBe(true);
      expect(fs.readdirSync(folder).sort()).toEqual(["copy", "fifo", "link to it"]);
    },
  );

  it("without a reader is refused at once and stays a FIFO", () => {
    expect(() => write("fifo")).toThrow(/cannot be written: it is a FIFO that no process reads$/);
    expect(fs.statSync(at("fifo")).isFIFO()).toBe(true);
  });

  /** Resolves with an open end for writing, which the system gives only if there is a reader. */
  async function untilRead(): Promise<number> {
    for (;;) {
      try {
        return fs.openSync(at("fifo"), fs.constants.O_WRONLY | fs.constants.O_NONBLOCK);
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    }
  }
});

describe("the error of a file that cannot be written", () => {
  it("names a folder at its path", () => {
    fs.mkdirSync(at("page.html"));
    expect(() => write("page.html")).toThrow(/page\.html cannot be written: it is a folder$/);
    expect(fs.readdirSync(at("page.html"))).toEqual([]);
  });

  it("names a missing folder, which is not created", () => {
    expect(() => write("none/page.html")).toThrow(/none.page\.html cannot be written: .*ENOENT/);
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  it("names a file in the middle of its path", () => {
    fs.writeFileSync(at("none"), "old");
    expect(() => write("none/page.html")).toThrow(/cannot be written: .*ENOTDIR/);
    expect(read("none")).toBe("old");
  });
});

describe("writeOwnFile", () => {
  const own = (name: string, text = "# by us: new") =>
    writeOwnFile("The text", at(name), text, "by us");

  it("creates a file for its owner alone", () => {
    own("office.conf");
    expect([read("office.conf"), modeOf("office.conf")]).toEqual(["# by us: new", 0o600]);
  });

  it("replaces a file of the same author and takes it from other users", () => {
    fs.writeFileSync(at("office.conf"), "# by us: old");
    fs.chmodSync(at("office.conf"), 0o644);
    own("office.conf");
    expect([read("office.conf"), modeOf("office.conf")]).toEqual(["# by us: new", 0o600]);
  });

  it.each([
    ["of another author", "# by others"],
    ["that is empty", ""],
  ])("never replaces a file %s", (_, text) => {
    fs.writeFileSync(at("ipsec.conf"), text, { mode: 0o644 });
    expect(() => own("ipsec.conf")).toThrow(/The text .*ipsec\.conf cannot be written: it exists/);
    expect([read("ipsec.conf"), modeOf("ipsec.conf")]).toEqual([text, 0o644]);
  });

  it("never follows a link", () => {
    fs.writeFileSync(at("target"), "# by us: old");
    fs.symlinkSync(at("target"), at("link"));
    expect(() => own("link")).toThrow(/cannot be written/);
    expect(read("target")).toBe("# by us: old");
  });
});
