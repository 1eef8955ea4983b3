const { readdirSync } = require("node:fs");
const { join } = require("node:path");

const { describe, it } = require("@jest/globals");

const FOLDERS = ["wait", "validation", "schema", "model", "lifecycle", "resources", "neutron"];

/**
 * The unit tests that speak of what is mutated, as one file: Jest loads what it tests anew for each
 * file, which takes longer than the tests, and has to be done for every mutant.
 */
for (const folder of FOLDERS) {
  const path = join(__dirname, "..", "tests", "unit", folder);
  const files = readdirSync(path, { recursive: true }).filter((name) =>
    /^(?!properties).*\.test\.ts$/.test(name),
  );
  for (const file of files) {
    describe(`${folder}/${file}`, () => {
      try {
        require(join(path, file));
      } catch (error) {
        it("can be loaded", () => {
          throw error;
        });
      }
    });
  }
}
