// The buttons of `allowed`, and the small form that a command opens.

import { freshKey } from '../core/api.js';
import { bodyOf, fieldsOf, missingOf, reasons, sternCommands } from '../core/commands.js';
import { textOr } from '../core/i18n.js';
import { severities, sorted } from '../core/incidents.js';
import { fill, h } from '../ui/dom.js';
import { alertBox } from '../ui/badges.js';

export function actionsPanel(page, { done, refused }) {
  const { t } = page;
  const buttons = h('div', { class: 'buttons' });
  const form = h('div');
  const element = h('section',
    { class: 'panel actions', 'aria-labelledby': 'actions-title' }, h('h2', { id: 'actions-title' }, t('incident.actions')), buttons, form);
  let incident = null;
  let people = null;
  let opened = null;

  const name = command => textOr(t, `command.${command}`, command);

  async function open(command) {
    if (fieldsOf(command).length === 0) {
      await send(command, {}, freshKey());
      return;
    }

    // A choice of people is read once per incident.
    if (fieldsOf(command).some(field => field.kind === 'person') && people === null) {
      people = await page.api.people(incident.community).catch(() => []);
    }

    opened = { command, key: freshKey() };
    fill(form, commandForm(opened));
    form.querySelector('input, select, textarea')?.focus();
  }

  function close() {
    opened = null;
    fill(form);
  }

  async function send(command, values, key) {
    for (const button of element.querySelectorAll('button')) {
      button.disabled = true;
    }

    try {
      const after = await page.api.command(incident.id, command, bodyOf(command, values), incident.version, key);
      close();
      done(after, command);
    } catch (error) {
      // A form that lacked something stays as it is; one whose case has moved on goes.
      if (error.status === 409 || error.status === 412) {
        close();
      }

      await refused(error);
    } finally {
      for (const button of element.querySelectorAll('button')) {
        button.disabled = false;
      }
    }
  }

  function commandForm({ command, key }) {
    const problem = h('div');
    const submit = event => {
      event.preventDefault();
      const values = Object.fromEntries(new FormData(event.target));
      const missing = missingOf(command, values);
      if (missing.length > 0) {
        fill(problem, alertBox(missing.map(field => t('field.missing', { field: t(`field.${field}`) })).join(' ')));
        document.getElementById(`field-${missing[0]}`)?.focus();
        return;
      }

      fill(problem);
      send(command, values, key);
    };
    return h('form', { class: 'command', onsubmit: submit, novalidate: true, 'aria-label': name(command) },
      fieldsOf(command).map(field => [
        h('label', { for: `field-${field.name}` },
          t(`field.${field.name}`), ' ', h('small', { class: 'quiet' }, t(field.needed ? 'field.needed' : 'field.optional'))),
        control(field),
      ]),
      problem,
      h('div', { class: 'buttons' },
        h('button', { class: sternCommands.includes(command) ? 'stern' : 'primary', type: 'submit' }, t('incident.submit', { command: name(command) })),
        h('button', { type: 'button', onclick: close }, t('incident.cancel'))));
  }

  function control(field) {
    const common = { id: `field-${field.name}`, name: field.name };
    const choice = choices => h('select', common, choices.map(([value, text]) => h('option', { value }, text)));
    switch (field.kind) {
      case 'severity':
        return choice([['', t('field.keep')], ...severities.map(severity => [severity, `${severity} ${t(`severity.${severity}`)}`])]);
      case 'person':
        return choice([['', t('field.choose')], ...(people ?? []).filter(person => person.roles.some(role => role !== 'administrator' && role !== 'resident'))
          .map(person => [person.id, `${person.name}（${person.roles.map(role => t(`role.${role}`)).join('、')}）`])]);
      case 'passed':
        return choice([['', t('field.choose')], ['true', t('field.passedYes')], ['false', t('field.passedNo')]]);
      case 'reason':
        return choice([['', t('field.choose')], ...reasons.map(reason => [reason, t(`reason.${reason}`)])]);
      case 'incident':
        return choice([['', t('field.choose')], ...sorted(page.incidents).filter(item => item.id !== incident.id && item.community === incident.community)
          .map(item => [item.id, `${item.severity} ${item.title}`])]);
      default:
        return h('textarea', { ...common, rows: '3', maxlength: '2000' });
    }
  }

  return {
    element,
    show(shown) {
      const moved = incident !== null && incident.version !== shown.version;
      incident = shown;
      if (moved && opened !== null && !shown.allowed.includes(opened.command)) {
        close();
      }

      const first = shown.allowed.filter(command => !sternCommands.includes(command) && command !== 'comment');
      fill(buttons, shown.allowed.length === 0
        ? h('p', { class: 'calm' }, shown.open ? t('incident.noActions') : t('incident.ended'))
        : shown.allowed.map(command => h('button', {
          id: `command-${command}`, class: sternCommands.includes(command) ? 'stern' : first.includes(command) ? 'primary' : '', onclick: () => open(command),
        }, name(command))));
    },
  };
}
