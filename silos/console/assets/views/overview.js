// Buildings as cards coloured by their worst open severity, and the open incidents beside them.

import * as buildings from '../core/buildings.js';
import * as incidents from '../core/incidents.js';
import * as routes from '../core/routes.js';
import { fill, h } from '../ui/dom.js';
import { openCounts } from '../ui/badges.js';
import { incidentList } from './incident-list.js';

export function overviewView(page, route) {
  const { t } = page;
  const { filter } = route;
  const figures = h('div', { class: 'figures' });
  const cards = h('div', { class: 'grids' });
  const list = h('div');

  const choose = name => event => {
    location.hash = routes.overview({ ...filter, [name]: event.target.value });
  };

  function drawCards() {
    const groups = buildings.byGrid(page.buildings, page.grids);
    fill(cards, groups.length === 0
      ? h('p', { class: 'calm' }, t('overview.noBuildings'))
      : groups.map(group => h('section', { class: 'grid', 'aria-label': group.grid.name },
      h('h3', null, h('a', { href: routes.overview({ grid: group.grid.id }) }, group.grid.name), ' ',
        h('small', { class: 'quiet' }, t('building.devices', { online: group.grid.devicesOnline, total: group.grid.devicesTotal }))),
      h('ul', { class: 'buildings' }, group.buildings.map(item => buildingCard(page, item))))));
  }

  function drawList() {
    const all = incidents.sorted(page.incidents);
    const counts = incidents.counted(all);
    fill(figures, incidents.severities.map(severity => h('a', {
      class: `figure ${counts[severity] > 0 ? severity.toLowerCase() : 'zero'}`, href: routes.overview({ severity }), id: `figure-${severity}`,
    }, h('b', null, String(counts[severity])), h('span', null, `${severity} ${t(`severity.${severity}`)}`))));
    const shown = incidents.filtered(all, filter);
    const isFiltered = filter.severity || filter.building || filter.grid;
    fill(list,
      h('p', { class: 'quiet tally', 'aria-live': 'polite' }, t('overview.count', { count: shown.length })),
      incidentList(page, shown, isFiltered ? t('overview.noneFiltered') : t('overview.none')));
  }

  page.listen(({ kind }) => {
    if (kind !== 'incident' && kind !== 'device') {
      drawCards();
    }

    if (kind === 'incident' || kind === 'reset' || kind === 'tick') {
      drawList();
    }
  });
  drawCards();
  drawList();

  return [
    h('h1', { class: 'hidden' }, t('overview.title')),
    figures,
    h('div', { class: 'columns' },
      h('section', { class: 'panel', 'aria-labelledby': 'incidents-title' },
        h('h2', { id: 'incidents-title' }, t('overview.incidents')),
        h('div', { class: 'filters' },
          select('severity', t('overview.filterSeverity'), choose('severity'), filter.severity,
            [['', t('severity.all')], ...incidents.severities.map(severity => [severity, `${severity} ${t(`severity.${severity}`)}`])]),
          select('building', t('overview.filterBuilding'), choose('building'), filter.building,
            [['', t('overview.allBuildings')], ...buildings.sorted(page.buildings).map(item => [item.id, item.name])]),
          filter.severity || filter.building || filter.grid ? h('a', { class: 'button plain', href: routes.overview() }, t('overview.clear')) : null),
        list),
      h('section', { class: 'panel', 'aria-labelledby': 'buildings-title' }, h('h2', { id: 'buildings-title' }, t('overview.buildings')), cards)),
  ];
}

function buildingCard(page, item) {
  return h('li', { class: `building ${(item.worst ?? 'calm').toLowerCase()}` },
    h('a', { href: routes.building(item.id), id: `building-${item.id}` },
      h('b', null, item.name),
      h('span', { class: 'counts' }, openCounts(page.t, item.open)),
      h('span', { class: 'quiet' }, page.t('building.devices', { online: item.devicesOnline, total: item.devicesTotal }))));
}

function select(name, label, onchange, value, choices) {
  return h('label', { class: 'choice' }, h('span', null, label),
    h('select', { id: `filter-${name}`, onchange }, choices.map(([key, text]) => h('option', { value: key, selected: key === value }, text))));
}
