// A list of incidents, for the overview and for a building.

import { formatAgo, formatTime } from '../core/format.js';
import * as routes from '../core/routes.js';
import { h } from '../ui/dom.js';
import { conditionChip, severityBadge, stateChip } from '../ui/badges.js';

export function incidentList(page, items, nothing) {
  if (items.length === 0) {
    return h('p', { class: 'calm' }, nothing);
  }

  const now = new Date();
  return h('ul', { class: 'incidents' }, items.map(item => h('li', { class: item.severity.toLowerCase() },
    h('a', { href: routes.incident(item.id), id: `incident-${item.id}` },
      severityBadge(page.t, item.severity),
      h('span', { class: 'title' }, item.title),
      h('span', { class: 'facts' },
        stateChip(page.t, item.state), conditionChip(page.t, item.condition),
        h('span', { class: 'quiet' }, page.placeName(item)),
        h('time',
          { datetime: item.openedAt, title: formatTime(item.openedAt, now, page.zoneOf(item.community)), class: 'quiet' },
          formatAgo(item.openedAt, now, page.t)))))));
}
