// The buildings as a plain object by id, and what a row of the live feed does to it.

import { severities } from './incidents.js';

/** What the list of the API says. */
export function loaded(items) {
  return Object.fromEntries(items.map(item => [item.id, { ...item, revision: 0 }]));
}

/** Takes a summary; one of another place, or an older one, changes nothing. */
export function applyRow(buildings, row) {
  const known = buildings[row.building];
  if (!known || known.revision > row.revision) {
    return buildings;
  }

  const open = Object.fromEntries(severities.map((severity, index) => [severity, row.open[index] ?? 0]));
  open.total = severities.reduce((sum, severity) => sum + open[severity], 0);
  return { ...buildings, [row.building]: { ...known, open, worst: row.worst ?? null, devicesOnline: row.devicesOnline, revision: row.revision } };
}

/** In the order that people expect: 2 before 10, then the id. */
export function sorted(buildings) {
  return Object.values(buildings).sort((a, b) => a.name.localeCompare(b.name, 'zh', { numeric: true }) || a.id.localeCompare(b.id));
}

/** Grouped by grid, in the order in which the grids are given. */
export function byGrid(buildings, grids) {
  const all = sorted(buildings);
  return grids.map(grid => ({ grid, buildings: all.filter(building => building.grid === grid.id) }));
}
