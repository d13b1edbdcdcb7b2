// mocha ignores unhandled rejections, and an Output that nobody awaits rejects exactly so: without this a failing
// program would be a green test.
process.on("unhandledRejection", (error) => {
  throw error;
});
export {};
