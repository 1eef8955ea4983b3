/** A module that is loaded when a property of it is first read; `load` loads it. */
module.exports = function later(load) {
  let loaded;
  const get = (_target, key) => {
    // TypeScript's __importStar copies all properties of other modules.
    if (key === "__esModule") return true;
    loaded ??= load();
    return loaded[key];
  };
  return new Proxy({}, { get });
};
