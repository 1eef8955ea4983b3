import { execFileSync } from "node:child_process";
import path from "node:path";

import { DpdAction, Initiator, WaitFor } from "../../../sdk";

const ROOT = path.join(__dirname, "..", "..", "..");

it("is what schema.json says today, as the tables and the program of the README are", () => {
  // A process of its own: Prettier loads itself in a way that Jest cannot follow.
  const check = () =>
    execFileSync(process.execPath, ["--import", "tsx", "scripts/generate.ts", "--check"], {
      cwd: ROOT,
      stdio: "pipe",
    });
  expect(check).not.toThrow();
});

it("names every value that an input can have", () => {
  expect({ DpdAction, Initiator, WaitFor }).toEqual({
    DpdAction: {
      Hold: "hold",
      Restart: "restart",
      Clear: "clear",
      Disabled: "disabled",
      RestartByPeer: "restart-by-peer",
    },
    Initiator: { BiDirectional: "bi-directional", ResponseOnly: "response-only" },
    WaitFor: { Settled: "settled", Active: "active", Accepted: "accepted" },
  });
});
