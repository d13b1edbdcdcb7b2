/** Whether a stack of ami-refresh is healthy, for programs: read the names, look, and judge. */
export { type Clients, createClients } from "./clients";
export { StatusError } from "./errors";
export { type Finding, type FindingKind, judge } from "./judge";
export { type Names, readNames } from "./names";
export { readNamesFrom, readStackNames } from "./outputs";
export { type Report, report } from "./report";
export { type ReadOptions, readStatus, type Status } from "./status";
export { type Line, verify } from "./verify";
