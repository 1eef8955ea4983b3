import { createServer, type Server } from "node:http";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startCommand } from "../support/harness/command";
import { listening } from "../support/harness/loopback";

/** Control characters that set a terminal's title and forge lines of an error and a success. */
const HOSTILE = "\x1b]0;owned\x07\r\nerror: forged\n  ok    forged\u009b2J\u202e";

let folder: string;
let server: Server;
let url: string;
/** The response of the network API. */
let refusal: { status: number; body: unknown };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "vpnaas-plain-"));
  server = createServer(({ method, url: path = "" }, answer) => {
    const json = { "Content-Type": "application/json", "X-Subject-Token": "token" };
    const network = { type: "network", endpoints: [{ region: HOSTILE, url }] };
    const token = {
      user: { name: HOSTILE },
      project: { id: "p", name: HOSTILE },
      roles: [{ name: HOSTILE }],
      expires_at: HOSTILE,
      catalog: [network],
    };
    const isLogin = method === "POST" && path.endsWith("/auth/tokens");
    const { status, body } = isLogin ? { status: 201, body: { token } } : refusal;
    answer.writeHead(status, json).end(JSON.stringify(body));
  });
  url = `http://127.0.0.1:${await listening(server)}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The output of doctor about that server, of both streams. */
async function doctor(env: Record<string, string> = {}): Promise<string> {
  const login = {
    OS_AUTH_URL: `${url}/v3`,
    OS_USERNAME: "me",
    OS_PASSWORD: "canary",
    OS_PROJECT_NAME: "lab",
    OS_USER_DOMAIN_NAME: "Default",
    OS_PROJECT_DOMAIN_NAME: "Default",
  };
  const run = startCommand(folder, ["doctor", "--debug"], { ...login, ...env });
  const { stdout, stderr } = await run.done;
  return stdout + stderr;
}

/** Expects no control character and no line forged by a server. */
function expectPlain(text: string): void {
  expect(text).not.toMatch(/[^\P{C}\n]/u);
  expect(text).not.toMatch(/^ *(?:error:|ok +) ?forged/m);
}

it.each([
  [400, { NeutronError: { type: `Bad${HOSTILE}`, message: HOSTILE } }],
  [401, { error: { message: HOSTILE } }],
  [409, { message: HOSTILE }],
  [200, { extensions: [], vpnservices: [{ id: HOSTILE, name: HOSTILE, status: HOSTILE }] }],
])(
  "doctor escapes control characters in the message of a server that answers %i",
  async (status, body) => {
    refusal = { status, body };
    const text = await doctor();
    expect(text).toContain("\\x1b]0;owned\\x07");
    expectPlain(text);
  },
);

it("an error lists the regions of a catalog in one line", async () => {
  const text = await doctor({ OS_REGION_NAME: "elsewhere" });
  expect(text).toMatch(/FAIL.*It has: \\x1b\]0;owned/);
  expectPlain(text);
});

it("the table shows a setting with control characters in one line", async () => {
  const text = await doctor({ OS_REGION_NAME: HOSTILE });
  expect(text).toMatch(/region +\\x1b\]0;owned/);
  expectPlain(text);
});
