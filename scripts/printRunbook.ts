// Prints a runbook in the form that AWS takes, with the defaults of its file: `npm run -s runbook -- create-image`.
import { writeDocument } from "../components/document/fillIn";
import { loadRunbook, RUNBOOK_NAMES } from "../components/document/load";

const name = RUNBOOK_NAMES.find((one) => one === process.argv[2]);
if (name === undefined) {
  console.error(`runbook ${process.argv[2] ?? ""}: give the name of a runbook, ${RUNBOOK_NAMES.join(", ")}.`);
  process.exit(2);
}
process.stdout.write(writeDocument(loadRunbook(name)));
