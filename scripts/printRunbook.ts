// Prints the runbook for one kind of launch source in the form that AWS takes: `npm run -s runbook -- templates`.
import { forKind, SOURCE_KINDS } from "../components/forKind";
import { loadRunbook, written } from "../components/runbook";

const kind = SOURCE_KINDS.find((one) => one === process.argv[2]);
if (kind === undefined) {
  console.error(
    `runbook ${process.argv[2] ?? ""}: give the kind of the group's launch source, ${SOURCE_KINDS.join(" or ")}.`,
  );
  process.exit(2);
}
process.stdout.write(written(forKind(loadRunbook(), kind)));
