// One incident: why it was raised, what happened, who is on it, and what this person may do now.

import { formatAgo, formatConfidence, formatTime } from '../core/format.js';
import { textOr } from '../core/i18n.js';
import { isNews } from '../core/incidents.js';
import * as routes from '../core/routes.js';
import { fill, h } from '../ui/dom.js';
import { alertBox, conditionChip, severityBadge, stateChip } from '../ui/badges.js';
import { actionsPanel } from './actions.js';

export function incidentView(page, route, report) {
  const { t } = page;
  const body = h('div', null, h('p', { class: 'loading' }, t('app.loading')));
  const message = h('div', { 'aria-live': 'polite' });
  const actions = actionsPanel(page, { done, refused });
  let shown = null;

  function draw(incident) {
    // An answer that was overtaken by a command's says what was so before it.
    if (shown !== null && incident.version < shown.version) {
      return;
    }

    shown = incident;
    actions.show(incident);
    fill(body,
      heading(page, incident),
      message,
      actions.element,
      h('div', { class: 'columns even' },
        h('div', null, whyPanel(t, incident), eventsPanel(page, incident)),
        h('div', null, peoplePanel(page, incident), timelinePanel(page, incident))));
  }

  function done(incident, command) {
    fill(message, h('p', { class: 'good', role: 'status' }, t('incident.done', { command: t(`command.${command}`) })));
    draw(incident);
  }

  async function refused(error) {
    if (error.status === 401) {
      report(error);
      return;
    }

    // 409 and 412: the case has moved on; what it is now comes with the words why.
    if (error.status === 409 || error.status === 412) {
      await load();
      fill(message, alertBox(error.status === 412 ? t('incident.stale') : error.message));
      return;
    }

    fill(message, alertBox([error.message, ...error.errors.map(item => `${item.path}: ${item.message} ${item.hint}`)].join(' ')));
  }

  async function load() {
    try {
      draw(await page.api.incident(route.id));
    } catch (error) {
      if (error.status === 404) {
        fill(body, alertBox(error.message));
      } else {
        report(error);
      }
    }
  }

  page.listen(async ({ kind, row }) => {
    if (shown !== null && (kind === 'reset' || (kind === 'incident' && isNews(row, route.id, shown.version)))) {
      await load();
    }
  });
  load();
  return [h('p', { class: 'crumbs' }, h('a', { href: '#/' }, `‹ ${t('app.back')}`)), body];
}

/** Writes times in the time zone of the incident's community. */
function clock(page, incident) {
  const now = new Date();
  const zone = page.zoneOf(incident.community);
  return time => formatTime(time, now, zone);
}

function heading(page, incident) {
  const { t } = page;
  const now = new Date();
  const at = clock(page, incident);
  const place = page.placeName(incident);
  const notes = [
    incident.rework > 0 ? t('incident.rework', { count: incident.rework }) : null,
    incident.falseAlarm ? t('incident.falseAlarm') : null,
  ].filter(note => note);
  return h('header', { class: `heading ${incident.severity.toLowerCase()}` },
    h('p', { class: 'facts' },
      severityBadge(t, incident.severity), stateChip(t, incident.state), conditionChip(t, incident.condition),
      notes.map(note => h('span', { class: 'chip' }, note))),
    h('h1', null, incident.title),
    h('dl', { class: 'facts' },
      fact(t('incident.place'), incident.building ? h('a', { href: routes.building(incident.building) }, place) : place),
      fact(t('incident.opened'), h('time', { datetime: incident.openedAt }, `${at(incident.openedAt)} (${formatAgo(incident.openedAt, now, t)})`)),
      fact(t('incident.updated'), h('time', { datetime: incident.updatedAt }, at(incident.updatedAt))),
      fact(t('incident.copyId'), h('code', null, incident.id)),
      incident.mergedInto ? fact('', h('a', { href: routes.incident(incident.mergedInto) }, t('incident.merged', { id: incident.mergedInto }))) : null));
}

function fact(name, value) {
  return h('div', null, h('dt', null, name), h('dd', null, value));
}

function whyPanel(t, incident) {
  return h('section', { class: 'panel' }, h('h2', null, t('incident.why')),
    h('p', { class: 'why' }, incident.why.text),
    h('p', { class: 'quiet' }, t('incident.rule', { rule: incident.why.rule, version: incident.why.ruleVersion })));
}

function eventsPanel(page, incident) {
  const { t } = page;
  const at = clock(page, incident);
  const hidden = incident.eventsInAll - incident.events.length;
  return h('section', { class: 'panel' }, h('h2', null, t('incident.events')),
    incident.events.length === 0 ? h('p', { class: 'calm' }, t('incident.noEvents')) : null,
    hidden > 0 ? h('p', { class: 'quiet' }, t('incident.more', { count: hidden })) : null,
    h('ul', { class: 'events' }, [...incident.events].reverse().map(event => h('li', null,
      h('div', null, h('b', null, event.title), ' ', h('time', { datetime: event.time }, at(event.time)), ' ',
        event.confidence == null ? null : h('span', { class: 'quiet' }, t('incident.confidence', { confidence: formatConfidence(event.confidence) }))),
      h('code', null, event.device),
      evidenceLinks(t, event.evidence)))));
}

function evidenceLinks(t, evidence) {
  return evidence.filter(link => /^(https?:\/\/|\/(?!\/))/.test(link.uri)).map((link, index) =>
    h('a', { class: 'evidence', href: link.uri, target: '_blank', rel: 'noopener noreferrer' }, `${t('incident.evidence')} ${index + 1} · ${link.type}`));
}

function peoplePanel(page, incident) {
  const { t } = page;
  const at = clock(page, incident);
  return h('section', { class: 'panel' }, h('h2', null, t('incident.assignees')),
    incident.assignees.length === 0 ? h('p', { class: 'calm' }, t('incident.nobody')) : h('ul', { class: 'people' },
      incident.assignees.map(person => h('li', null,
      h('b', null, person.name), ' ', h('span', { class: 'quiet' }, t(`role.${person.role}`)),
      h('span', { class: 'chip' }, t(`task.${person.state}`)), ' ', h('time', { class: 'quiet', datetime: person.since }, at(person.since))))));
}

function timelinePanel(page, incident) {
  const { t } = page;
  const at = clock(page, incident);
  return h('section', { class: 'panel' }, h('h2', null, t('incident.timeline')),
    h('ol', { class: 'timeline' }, [...incident.transitions].reverse().map(step => h('li', { class: step.role === 'system' ? 'by-system' : 'by-person' },
      h('div', null, h('b', null, textOr(t, `command.${step.command}`, step.command)), ' ',
        step.from === step.to ? null : h('span', { class: 'quiet' }, `${step.from ? `${t(`state.${step.from}`)} → ` : ''}${t(`state.${step.to}`)}`)),
      h('div', { class: 'quiet' },
        h('time', { datetime: step.at }, at(step.at)), ' · ',
        step.role === 'system' ? t('role.system') : t('incident.by', { actor: step.actorName, role: t(`role.${step.role}`) })),
      step.reason ? h('p', { class: 'reason' }, step.reason) : null,
      evidenceLinks(t, step.evidence)))));
}
