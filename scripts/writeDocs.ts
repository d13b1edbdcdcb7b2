// Writes the page that is made from the doc comments: `npm run docs`.
import * as fs from "node:fs";
import * as path from "node:path";
import { writeArgumentsPage } from "./argumentsPage";

fs.writeFileSync(path.join(__dirname, "..", "docs", "arguments.md"), writeArgumentsPage());
