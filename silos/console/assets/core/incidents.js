// The open incidents as a plain object by id, and what news does to it. Pure: every function gives a new object or the same one.

export const severities = ['P0', 'P1', 'P2', 'P3'];

/** What a list of the API says. */
export function loaded(items) {
  return Object.fromEntries(items.filter(item => item.open).map(item => [item.id, item]));
}

/** What a row of the live feed says: newer versions replace, ended cases go, older news changes nothing. */
export function applyRow(incidents, row, language) {
  const known = incidents[row.id];
  if (known && known.version > row.version) {
    return incidents;
  }

  if (!row.open) {
    if (!known) {
      return incidents;
    }

    const { [row.id]: _, ...rest } = incidents;
    return rest;
  }

  const item = {
    ...known,
    id: row.id, community: row.community, grid: row.grid, building: row.building ?? null, zone: row.zone ?? null, kind: row.kind, severity: row.severity,
    state: row.state, condition: row.condition, title: language === 'en' ? row.titleEn ?? row.title : row.title,
    openedAt: row.openedAt, updatedAt: row.updatedAt,
    version: row.version, open: true,
  };
  return { ...incidents, [row.id]: item };
}

/** The worst first, then the newest. */
export function sorted(incidents) {
  return Object.values(incidents).sort((a, b) => a.severity.localeCompare(b.severity) || b.openedAt.localeCompare(a.openedAt) || a.id.localeCompare(b.id));
}

/** Those that a filter wants; empty members do not restrict. */
export function filtered(items, filter) {
  return items.filter(item =>
    (!filter.severity || item.severity === filter.severity)
    && (!filter.building || item.building === filter.building)
    && (!filter.grid || item.grid === filter.grid));
}

/** How many there are of each severity. */
export function counted(items) {
  return Object.fromEntries(severities.map(severity => [severity, items.filter(item => item.severity === severity).length]));
}

/** Whether a row is news for whoever looks at an incident of a version. */
export function isNews(row, id, version) {
  return row.id === id && row.version > version;
}
