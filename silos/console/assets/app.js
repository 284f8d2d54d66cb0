// Starts the page: texts, the session, the live feed, and the view that the address names.

import { createApi } from './core/api.js';
import * as buildings from './core/buildings.js';
import { createTexts, startLanguage } from './core/i18n.js';
import * as incidents from './core/incidents.js';
import { openLive } from './core/live.js';
import * as routes from './core/routes.js';
import { fill, h } from './ui/dom.js';
import { alertBox } from './ui/badges.js';
import { createShell } from './views/shell.js';
import { buildingView } from './views/building.js';
import { incidentView } from './views/incident.js';
import { overviewView } from './views/overview.js';
import { signInView } from './views/sign-in.js';

const root = document.getElementById('app');
const views = { overview: overviewView, building: buildingView, incident: incidentView };

/** What all views share: who, which language, what is known, and how to hear of changes. */
const page = {
  language: startLanguage(localStorage.getItem('language')),
  t: key => key,
  api: null,
  me: null,
  live: 'connecting',
  buildings: {},
  grids: [],
  communities: [],
  incidents: {},
  listeners: new Set(),
  /** Calls back with every change ({ kind, row }) until the view is left. */
  listen(callback) {
    page.listeners.add(callback);
  },
  changed(kind, row) {
    for (const listener of [...page.listeners]) {
      listener({ kind, row });
    }
  },
  zoneOf(community) {
    return page.communities.find(candidate => candidate.id === community)?.timeZone;
  },
  placeName(item) {
    const grid = page.grids.find(candidate => candidate.id === item.grid);
    return item.building ? page.buildings[item.building]?.name ?? item.building : page.t('overview.outdoors', { grid: grid?.name ?? item.grid });
  },
};

let feed = null;
let shell = null;
let gridTimer = null;

page.api = createApi(() => page.language, () => page.t('app.offline'));

async function setLanguage(language) {
  const response = await fetch(`/assets/texts/${language}.json`);
  page.language = language;
  page.t = createTexts(await response.json());
  localStorage.setItem('language', language);
  document.documentElement.lang = language === 'zh' ? 'zh-Hans' : 'en';
  document.getElementById('skip').textContent = page.t('app.skip');
}

async function switchLanguage() {
  await setLanguage(page.language === 'zh' ? 'en' : 'zh');
  await (page.me ? enter() : start());
}

async function reload() {
  const [communities, buildingItems, grids, incidentItems] = await Promise.all(
    [page.api.communities(), page.api.buildings(), page.api.grids(), page.api.openIncidents()]);
  page.communities = communities;
  page.buildings = buildings.loaded(buildingItems);
  page.grids = grids;
  page.incidents = incidents.loaded(incidentItems);
  page.changed('reset');
}

function takeRow(kind, row) {
  if (kind === 'incident') {
    page.incidents = incidents.applyRow(page.incidents, row, page.language);
  } else if (kind === 'building') {
    page.buildings = row.building ? buildings.applyRow(page.buildings, row) : page.buildings;
    // A grid's figures add up several places; they are asked for anew, at most every two seconds.
    gridTimer ??= setTimeout(async () => {
      gridTimer = null;
      page.grids = await page.api.grids().catch(() => page.grids);
      page.changed('grids');
    }, 2000);
  } else if (kind === 'reset') {
    reload().catch(report);
    return;
  }

  shell?.refresh();
  page.changed(kind, row);
}

function openFeed() {
  feed?.close();
  feed = openLive({
    onState(state) {
      page.live = state;
      shell?.refresh();
    },
    onRow: takeRow,
    // A first connection may have missed what happened between loading and opening; a resumed one has not.
    onOpen: resumed => (resumed ? undefined : reload().catch(report)),
    onRefused: async () => {
      try {
        await page.api.me();
        return true;
      } catch (error) {
        if (error.status === 401) {
          leave();
          return false;
        }

        return true;
      }
    },
  });
}

function report(error) {
  if (error.status === 401) {
    leave();
    return;
  }

  shell?.say(alertBox(page.t('app.failed', { detail: error.message })));
}

function leave() {
  feed?.close();
  feed = null;
  page.me = null;
  page.listeners.clear();
  shell = null;
  fill(root, signInView(page, enter, switchLanguage));
}

function show() {
  if (!page.me) {
    return;
  }

  page.listeners.clear();
  const route = routes.parse(location.hash);
  const main = views[route.view](page, route, report);
  shell.show(main);
  document.title = page.t('app.name');
}

async function enter() {
  page.me = await page.api.me();
  shell = createShell(page, {
    switchLanguage,
    signOut: async () => {
      await page.api.signOut().catch(() => {});
      leave();
    },
  });
  fill(root, shell.element);
  try {
    await reload();
    show();
    openFeed();
  } catch (error) {
    report(error);
  }
}

async function start() {
  fill(root, h('p', { class: 'loading' }, page.t('app.loading')));
  try {
    await enter();
  } catch (error) {
    if (error.status === 401) {
      leave();
    } else {
      fill(root, alertBox(error.message), h('p', { class: 'loading' }, h('button', { onclick: start }, page.t('app.retry'))));
    }
  }
}

// «3 分钟前» grows older while nothing happens.
setInterval(() => page.changed('tick'), 30_000);
window.addEventListener('hashchange', show);
setLanguage(page.language).then(start);
