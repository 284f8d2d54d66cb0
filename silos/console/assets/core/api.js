// Calls of the API. The sign-in is a cookie that scripts can not read; every failure becomes an ApiError with words for people.

export class ApiError extends Error {
  constructor(status, problem) {
    super(problem.detail ?? problem.title ?? String(status));
    this.status = status;
    this.code = problem.code ?? '';
    this.errors = problem.errors ?? [];
    this.allowed = problem.allowed;
  }
}

/** A key that makes the repetition of a command harmless. randomUUID is missing on plain http, getRandomValues is not. */
export function freshKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');
}

export function createApi(language, offlineText) {
  async function call(method, path, { body, headers = {} } = {}) {
    let response;
    try {
      response = await fetch(`/api/v1${path}`, {
        method,
        headers: { Accept: 'application/json', 'Accept-Language': language(), ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers },
        body: body === undefined ? undefined : JSON.stringify(body),
        credentials: 'same-origin',
      });
    } catch {
      throw new ApiError(0, { detail: offlineText() });
    }

    const text = await response.text();
    const answer = text === '' ? null : JSON.parse(text);
    if (!response.ok) {
      throw new ApiError(response.status, answer ?? {});
    }

    return answer;
  }

  /** All items of a list, page after page, up to a bound. */
  async function list(path, most = 2000) {
    const items = [];
    let cursor = null;
    do {
      const query = `${path.includes('?') ? '&' : '?'}limit=500${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
      const page = await call('GET', path + query);
      items.push(...page.items);
      cursor = page.next;
    } while (cursor && items.length < most);
    return items;
  }

  const id = encodeURIComponent;
  return {
    me: () => call('GET', '/me'),
    signIn: (user, password) => call('POST', '/sign-in?cookie=true', { body: { user, password } }),
    signOut: () => call('POST', '/sign-out'),
    communities: () => list('/communities'),
    buildings: () => list('/buildings'),
    grids: () => list('/grids'),
    people: community => list(`/people?community=${id(community)}`),
    openIncidents: () => list('/incidents?state=open'),
    incident: incident => call('GET', `/incidents/${id(incident)}`),
    building: building => call('GET', `/buildings/${id(building)}`),
    devices: building => list(`/devices?building=${id(building)}`),
    command: (incident, command, body, version, key) => call('POST', `/incidents/${id(incident)}/${id(command)}`, {
      body, headers: { 'If-Match': `"${version}"`, 'Idempotency-Key': key },
    }),
  };
}
