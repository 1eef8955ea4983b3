// In the place of @npmcli/arborist in Jest's processes, see jest.config.cjs.
module.exports = require("./later.cjs")(() =>
  require("../../../node_modules/@npmcli/arborist/lib/index.js"),
);
