// Sign-in: one form; errors are said in the words of the server.

import { fill, h } from '../ui/dom.js';
import { alertBox } from '../ui/badges.js';

export function signInView(page, entered, switchLanguage) {
  const { t } = page;
  const user = h('input', { id: 'user', name: 'user', autocomplete: 'username', autocapitalize: 'none', spellcheck: 'false', required: true });
  const password = h('input', { id: 'password', name: 'password', type: 'password', autocomplete: 'current-password', required: true });
  const button = h('button', { class: 'primary', type: 'submit' }, t('signIn.submit'));
  const problem = h('div');

  async function submit(event) {
    event.preventDefault();
    button.disabled = true;
    button.textContent = t('signIn.working');
    fill(problem);
    try {
      await page.api.signIn(user.value.trim(), password.value);
      await entered();
    } catch (error) {
      fill(problem, alertBox(error.message));
      password.value = '';
      password.focus();
    } finally {
      button.disabled = false;
      button.textContent = t('signIn.submit');
    }
  }

  return h('main', { id: 'main', class: 'sign-in' },
    h('form', { class: 'card', onsubmit: submit },
      h('h1', null, h('img', { src: '/assets/icon.svg', alt: '', width: '36', height: '36' }), t('app.name')),
      h('label', { for: 'user' }, t('signIn.user')), user,
      h('label', { for: 'password' }, t('signIn.password')), password,
      problem, button,
      h('p', { class: 'quiet' }, t('signIn.hint')),
      h('button', { class: 'plain', type: 'button', onclick: switchLanguage, 'aria-label': t('app.languageLabel') }, t('app.language'))));
}
