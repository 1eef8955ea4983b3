// In the place of the SDK's typescript-shim in Jest's processes, see jest.config.cjs.
module.exports = require("./later.cjs")(() => require("typescript"));
