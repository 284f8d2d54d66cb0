// The frame around every view: name, connection, who is signed in, language, sign-out.

import { counted } from '../core/incidents.js';
import { fill, h } from '../ui/dom.js';

export function createShell(page, { switchLanguage, signOut }) {
  const { t } = page;
  const live = h('span', { class: 'live', role: 'status' });
  const notice = h('div', { class: 'notice', 'aria-live': 'polite' });
  const main = h('main', { id: 'main', tabindex: '-1' });
  const communities = page.me.communities.map(community => community.name).join('、');

  const element = h('div', { class: 'page' },
    h('header', { class: 'top' },
      h('a', { class: 'brand', href: '#/' }, h('img', { src: '/assets/icon.svg', alt: '', width: '28', height: '28' }), h('span', null, t('app.name'))),
      h('span', { class: 'community' }, communities),
      live,
      h('span', { class: 'who' }, page.me.name, ' ', h('small', null, page.me.roles.map(role => t(`role.${role}`)).join('、'))),
      h('button', { class: 'plain', onclick: switchLanguage, 'aria-label': t('app.languageLabel'), id: 'language' }, t('app.language')),
      h('button', { class: 'plain', onclick: signOut, id: 'sign-out' }, t('app.signOut'))),
    notice,
    main);

  function refresh() {
    live.className = `live ${page.live}`;
    live.textContent = t(`live.${page.live}`);
    const urgent = counted(Object.values(page.incidents));
    const count = urgent.P0 + urgent.P1;
    document.title = count > 0 ? `(${count}) ${t('app.name')}` : t('app.name');
  }

  refresh();
  return {
    element,
    refresh,
    show(view) {
      fill(notice);
      fill(main, view);
      window.scrollTo(0, 0);
      refresh();
    },
    say(message) {
      fill(notice, message);
    },
  };
}
