// One building: its open incidents and its devices with their last values.

import { formatAgo, formatTime, formatValue } from '../core/format.js';
import { textOr } from '../core/i18n.js';
import * as incidents from '../core/incidents.js';
import * as routes from '../core/routes.js';
import { fill, h } from '../ui/dom.js';
import { openCounts } from '../ui/badges.js';
import { incidentList } from './incident-list.js';

export function buildingView(page, route, report) {
  const { t } = page;
  const facts = h('p', { class: 'facts' });
  const list = h('div');
  const table = h('div', null, h('p', { class: 'loading' }, t('app.loading')));
  const search = h(
    'input', { id: 'device-search', type: 'search', 'aria-label': t('building.filter'), placeholder: t('building.filter'), oninput: drawDevices });
  let devices = null;
  let timer = null;

  function drawFacts() {
    const item = page.buildings[route.id];
    if (item) {
      fill(facts,
        h('span', null, t('building.floors', { floors: item.floors })),
        h('span', null, t('building.devices', { online: item.devicesOnline, total: item.devicesTotal })),
        openCounts(t, item.open));
    }
  }

  function drawIncidents() {
    fill(list, incidentList(page, incidents.filtered(incidents.sorted(page.incidents), { building: route.id }), t('building.calm')));
  }

  function drawDevices() {
    if (devices === null) {
      return;
    }

    const wanted = search.value.trim().toLowerCase();
    const shown = devices.filter(
      device => wanted === '' || `${device.id} ${device.name} ${device.kindName} ${device.unit ?? ''}`.toLowerCase().includes(wanted));
    fill(table, shown.length === 0
      ? h('p', { class: 'calm' }, devices.length === 0 ? t('building.noDevices') : t('building.noMatch'))
      : deviceTable(t, shown, page.zoneOf(page.buildings[route.id]?.community)));
  }

  async function load() {
    try {
      devices = await page.api.devices(route.id);
      drawDevices();
    } catch (error) {
      report(error);
    }
  }

  page.listen(({ kind, row }) => {
    if (kind === 'incident' || kind === 'reset' || kind === 'tick') {
      drawIncidents();
    }

    if (kind === 'tick') {
      drawDevices();
    }

    drawFacts();
    // Devices change often; their values are read anew at most every two seconds.
    if (kind === 'reset' || (kind === 'device' && row.building === route.id) || (kind === 'building' && row.building === route.id)) {
      timer ??= setTimeout(() => {
        timer = null;
        load();
      }, 2000);
    }
  });
  drawFacts();
  drawIncidents();
  load();

  return [
    h('p', { class: 'crumbs' }, h('a', { href: '#/' }, `‹ ${t('app.back')}`)),
    h('header', { class: 'heading' }, h('h1', null, page.buildings[route.id]?.name ?? route.id), facts),
    h('section', { class: 'panel' }, h('h2', null, t('building.incidents')), list),
    h('section', { class: 'panel' }, h('div', { class: 'row' }, h('h2', null, t('building.title')), search), table),
  ];
}

function whereOf(t, device) {
  return [
    device.floor == null ? null : device.floor < 0 ? t('device.basement', { floor: -device.floor }) : t('device.floor', { floor: device.floor }),
    device.unit ? t('device.unit', { unit: device.unit }) : null,
    device.facade ? t('device.facade', { facade: textOr(t, `facade.${device.facade}`, device.facade) }) : null,
    device.zoneName,
  ].filter(part => part).join(' · ') || '—';
}

function deviceTable(t, devices, zone) {
  const now = new Date();
  const headings = ['name', 'kind', 'where', 'status', 'seen', 'values'].map(name => t(`building.${name}`));
  const rows = devices.map(device => {
    const status = device.online === null ? 'unknown' : device.online ? 'online' : 'offline';
    const cells = [
      [h('b', null, device.name), ' ', h('code', null, device.id)],
      device.kindName,
      whereOf(t, device),
      h('span', { class: `status ${status}` }, t(`device.${status}`)),
      h('time', { datetime: device.lastSeenAt ?? '', title: formatTime(device.lastSeenAt, now, zone) }, formatAgo(device.lastSeenAt, now, t)),
      device.values.length === 0 ? '—' : device.values.map(value =>
        h('span', { class: 'value', title: formatTime(value.time, now, zone) }, `${value.title} `, h('b', null, formatValue(value.value, value.unit, t)))),
    ];
    return h('tr', null, cells.map((cell, index) => h('td', { 'data-heading': headings[index] }, cell)));
  });
  return h('table', { class: 'devices' }, h('thead', null, h('tr', null, headings.map(text => h('th', { scope: 'col' }, text)))), h('tbody', null, rows));
}
