// What each command asks for, and what is sent. The server decides; this only spares people a round trip.

const note = { name: 'note', kind: 'text' };
const neededNote = { ...note, needed: true };
const reason = { name: 'reasonCode', kind: 'reason', needed: true };

const forms = {
  verify: [note],
  register: [{ name: 'severity', kind: 'severity' }, note],
  dispatch: [{ name: 'assignee', kind: 'person', needed: true }, note],
  accept: [],
  decline: [neededNote],
  arrive: [],
  feedback: [neededNote],
  check: [{ name: 'passed', kind: 'passed', needed: true }, note],
  close: [note],
  void: [neededNote],
  reject: [reason, note],
  merge: [{ name: 'into', kind: 'incident', needed: true }, note],
  comment: [neededNote],
  'false-alarm': [{ ...reason, needed: false }, note],
};

export const reasons = ['not-an-incident', 'duplicate', 'out-of-scope', 'test', 'device-fault'];

/** The commands that end or turn down something: shown apart, so that nobody hits them by habit. */
export const sternCommands = ['void', 'reject', 'merge', 'false-alarm', 'decline'];

/** The fields of a command; a command that is not known asks for a note. */
export function fieldsOf(command) {
  return forms[command] ?? [note];
}

/** The names of needed fields that are empty. */
export function missingOf(command, values) {
  return fieldsOf(command).filter(field => field.needed && !String(values[field.name] ?? '').trim()).map(field => field.name);
}

/** The body to send: only what was filled in. */
export function bodyOf(command, values) {
  const body = {};
  for (const field of fieldsOf(command)) {
    const value = String(values[field.name] ?? '').trim();
    if (value !== '') {
      body[field.name] = field.kind === 'passed' ? value === 'true' : value;
    }
  }

  return body;
}
