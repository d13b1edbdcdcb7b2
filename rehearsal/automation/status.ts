/** How an execution can end, as far as the rehearsal lets it. */
export type ExecutionStatus = "Success" | "Failed" | "TimedOut" | "Cancelled";
