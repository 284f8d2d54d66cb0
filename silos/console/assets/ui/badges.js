// Small marks that several views show.

import { h } from './dom.js';
import { textOr } from '../core/i18n.js';

export function severityBadge(t, severity) {
  return h('span', { class: `severity ${severity.toLowerCase()}` }, h('b', null, severity), ' ', t(`severity.${severity}`));
}

export function stateChip(t, state) {
  return h('span', { class: `chip state-${state.toLowerCase()}` }, textOr(t, `state.${state}`, state));
}

export function conditionChip(t, condition) {
  return h('span', { class: `chip condition-${condition.toLowerCase()}` }, textOr(t, `condition.${condition}`, condition));
}

/** Counts of open cases, only of the severities that are there. */
export function openCounts(t, open) {
  const marks = ['P0', 'P1', 'P2', 'P3'].filter(severity => open[severity] > 0)
    .map(severity => h('span', { class: `count ${severity.toLowerCase()}`, title: t(`severity.${severity}`) }, `${severity} ${open[severity]}`));
  return marks.length > 0 ? marks : [h('span', { class: 'quiet' }, t('building.calm'))];
}

/** Something went wrong: told to the eye and to the screen reader. */
export function alertBox(text) {
  return h('p', { class: 'alert', role: 'alert' }, text);
}
