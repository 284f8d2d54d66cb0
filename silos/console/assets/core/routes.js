// Addresses of the page's views, behind the #.

/** What an address shows. */
export function parse(hash) {
  const [path, query = ''] = hash.replace(/^#/, '').split('?');
  const parts = path.split('/').filter(part => part !== '').map(decodeURIComponent);
  const values = Object.fromEntries(new URLSearchParams(query));
  if (parts[0] === 'incidents' && parts[1]) {
    return { view: 'incident', id: parts[1] };
  }

  if (parts[0] === 'buildings' && parts[1]) {
    return { view: 'building', id: parts[1] };
  }

  return { view: 'overview', filter: { severity: values.severity ?? '', building: values.building ?? '', grid: values.grid ?? '' } };
}

/** The address of the overview with a filter. */
export function overview(filter = {}) {
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value)).toString();
  return query === '' ? '#/' : `#/?${query}`;
}

export const incident = id => `#/incidents/${encodeURIComponent(id)}`;

export const building = id => `#/buildings/${encodeURIComponent(id)}`;
