/**
 * `node scripts/check.mjs SCRIPT...` runs scripts of package.json at the same time and prints the output of
 * each at its end. Fails if one of them does.
 */
import { Buffer } from "node:buffer";
import { spawn } from "node:child_process";
import { once } from "node:events";

async function run(script) {
  const begin = Date.now();
  const child = spawn("npm", ["run", "--silent", script], {
    shell: process.platform === "win32",
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => output.push(part));
  const [code] = await once(child, "close");
  const seconds = ((Date.now() - begin) / 1_000).toFixed(1);
  process.stdout.write(
    `${Buffer.concat(output)}${script} ${code === 0 ? "passed" : "failed"} (${seconds} s)\n`,
  );
  return code;
}

const codes = await Promise.all(process.argv.slice(2).map(run));
process.exitCode = codes.every((code) => code === 0) ? 0 : 1;
