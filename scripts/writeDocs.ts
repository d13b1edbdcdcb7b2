// Writes the pages that are made from the doc comments: `npm run docs`.
import * as fs from "node:fs";
import * as path from "node:path";
import { writeArgumentsPage, writeOutputsPage } from "./argumentsPage";

const DOCS = path.join(__dirname, "..", "docs");
fs.writeFileSync(path.join(DOCS, "arguments.md"), writeArgumentsPage());
fs.writeFileSync(path.join(DOCS, "outputs.md"), writeOutputsPage());
