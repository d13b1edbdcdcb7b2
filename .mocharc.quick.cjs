// `npm test`: what every change has to pass, at once.
module.exports = {
  ...require("./.mocharc.json"),
  ignore: Object.keys(require("./tests/thorough.cjs")),
};
