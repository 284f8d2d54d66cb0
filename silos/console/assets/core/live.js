// The live feed: an EventSource that resumes where it was, and says how it stands.

import { next, waitBefore } from './live-state.js';

/**
 * Opens the feed. The browser itself comes back with Last-Event-ID while the connection fails; when the server refuses (the sign-in ended, a restart in
 * between), it gives up, and this comes back by itself with the id in the address.
 */
export function openLive({ onState, onRow, onOpen, onRefused }) {
  let state = 'connecting';
  let source = null;
  let lastId = null;
  let attempt = 0;
  let timer = null;
  let closed = false;

  const tell = happening => {
    state = next(state, happening);
    onState(state);
  };

  const take = event => {
    lastId = event.lastEventId || lastId;
    onRow(event.type, event.data === '' ? {} : JSON.parse(event.data));
  };

  function connect() {
    source = new EventSource(`/api/v1/live${lastId ? `?lastEventId=${encodeURIComponent(lastId)}` : ''}`);
    source.onopen = () => {
      attempt = 0;
      tell('opened');
      onOpen(lastId !== null);
    };
    source.onerror = async () => {
      if (source.readyState !== EventSource.CLOSED) {
        tell('failed');
        return;
      }

      tell('closed');
      if (!closed && await onRefused()) {
        timer = setTimeout(connect, waitBefore(attempt++));
      }
    };
    for (const name of ['incident', 'device', 'building', 'reset']) {
      source.addEventListener(name, take);
    }
  }

  connect();
  return {
    close() {
      closed = true;
      clearTimeout(timer);
      source.close();
    },
  };
}
