// What the page says of its connection: connecting, live, or lost while it tries again.

/** The next state after something happened to the event source. */
export function next(state, happening) {
  switch (happening) {
    case 'opened':
      return 'live';
    case 'failed':
      return state === 'connecting' ? 'connecting' : 'lost';
    case 'closed':
      return 'lost';
    default:
      return state;
  }
}

/** How long to wait before the attempt, in milliseconds: doubling from 1 s to 30 s. */
export function waitBefore(attempt) {
  return Math.min(30_000, 1000 * 2 ** Math.min(attempt, 10));
}
