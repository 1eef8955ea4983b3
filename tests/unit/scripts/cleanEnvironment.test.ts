import { join } from "node:path";
import { cleanEnvironment } from "../../../scripts/cleanEnvironment";

const root = "/somewhere/of its own";
const before = process.env;

beforeEach(() => {
  process.env = { PATH: "/usr/bin", LANG: "C.UTF-8", LC_ALL: "C.UTF-8", TMPDIR: "/var/tmp" };
});

afterEach(() => {
  process.env = before;
});

it("cleanEnvironment keeps the PATH, the language and the temporary folder", () => {
  expect(cleanEnvironment(root)).toMatchObject({
    PATH: "/usr/bin",
    LANG: "C.UTF-8",
    LC_ALL: "C.UTF-8",
    TMPDIR: "/var/tmp",
  });
});

it.each([
  "OS_CLOUD",
  "OS_PASSWORD",
  "OS_CLIENT_CONFIG_FILE",
  "VPNAAS_DIALECT",
  "PULUMI_ACCESS_TOKEN",
  "PULUMI_STACK",
  "HTTP_PROXY",
  "https_proxy",
  "ALL_PROXY",
  "NODE_OPTIONS",
])("cleanEnvironment removes %s", (name) => {
  process.env[name] = "from the user's shell";
  expect(cleanEnvironment(root)).not.toHaveProperty(name);
});

it("cleanEnvironment replaces the user's home, Pulumi home and backend by folders below the root", () => {
  process.env["HOME"] = "/home/user";
  process.env["XDG_CONFIG_HOME"] = "/home/user/.config";
  process.env["PULUMI_HOME"] = "/home/user/.pulumi";
  process.env["PULUMI_BACKEND_URL"] = "https://example.com";
  expect(cleanEnvironment(root)).toMatchObject({
    HOME: join(root, "home"),
    XDG_CONFIG_HOME: join(root, "home", ".config"),
    PULUMI_HOME: join(root, "pulumi"),
    PULUMI_BACKEND_URL: "file:///somewhere/of%20its%20own/state",
  });
});

it("cleanEnvironment excludes loopback from any proxy", () => {
  process.env["NO_PROXY"] = "example.com";
  const { NO_PROXY, no_proxy } = cleanEnvironment(root);
  expect(NO_PROXY?.split(",")).toEqual(expect.arrayContaining(["127.0.0.1", "localhost", "::1"]));
  expect(no_proxy).toBe(NO_PROXY);
});

it("cleanEnvironment prefers the extra variables", () => {
  const extra = { OS_CLOUD: "simulated", PATH: "/engine" };
  expect(cleanEnvironment(root, extra)).toMatchObject(extra);
});
