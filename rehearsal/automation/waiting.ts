import type { Child } from "./child";

/** What an execution waits for: an instant, or the end of another execution, and for that no longer than until an instant. */
export type Waiting = Date | { child: Child; atLatest: Date };

/** When the waiting is over, as far as that is known by now. */
export function waitsUntil(waiting: Waiting): Date {
  if (waiting instanceof Date) return waiting;
  const { child, atLatest } = waiting;
  return child.end !== undefined && child.end.at < atLatest ? child.end.at : atLatest;
}
