import type { FleetEntry } from "../account/autoscaling/instanceRefresh/shapes";

/** Most lines of one night: of a fleet of hundreds the beginning and the end tell enough. */
const MOST = 20;

/** How a group's instances changed: how many run which image, and which of them are not healthy, or not yet. */
export function fleetLines(fleet: FleetEntry[]): string[] {
  const lines = fleet.map(({ at, images }) => {
    const counts = images.flatMap(({ imageId, healthy, other }) => [
      ...(healthy > 0 ? [`${healthy} on ${imageId}`] : []),
      ...(other > 0 ? [`${other} not healthy on ${imageId}`] : []),
    ]);
    return { at: at.toISOString().slice(11, 19), text: counts.join(", ") || "none" };
  });
  const changed = lines.filter(({ text }, index) => text !== lines[index - 1]?.text);
  const shown = changed.map(({ at, text }) => `${at}  ${text}`);
  return shown.length <= MOST
    ? shown
    : [...shown.slice(0, MOST / 2), `… ${shown.length - MOST} more …`, ...shown.slice(-MOST / 2)];
}
