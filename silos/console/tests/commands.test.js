import assert from 'node:assert/strict';
import test from 'node:test';
import { bodyOf, fieldsOf, missingOf } from '../assets/core/commands.js';
import * as routes from '../assets/core/routes.js';

test('only what was filled in is sent, and only what the command takes', () => {
  assert.deepEqual(bodyOf('dispatch', { assignee: 'wang', note: '  ' }), { assignee: 'wang' });
  assert.deepEqual(bodyOf('check', { passed: 'false', note: '未清理' }), { passed: false, note: '未清理' });
  assert.deepEqual(bodyOf('check', { passed: 'true' }), { passed: true });
  assert.deepEqual(bodyOf('accept', { note: 'x' }), {});
});

test('needed fields are named when they are empty', () => {
  assert.deepEqual(missingOf('dispatch', {}), ['assignee']);
  assert.deepEqual(missingOf('feedback', { note: '   ' }), ['note']);
  assert.deepEqual(missingOf('check', { passed: 'false' }), []);
  assert.deepEqual(missingOf('arrive', {}), []);
});

test('a command of a later version asks for a note', () => {
  assert.deepEqual(fieldsOf('supervise').map(field => field.name), ['note']);
});

test('addresses read back as they were written', () => {
  assert.deepEqual(routes.parse(routes.incident('i-1')), { view: 'incident', id: 'i-1' });
  assert.deepEqual(routes.parse(routes.building('b.1')), { view: 'building', id: 'b.1' });
  assert.deepEqual(routes.parse(routes.overview({ severity: 'P1', building: '' })).filter, { severity: 'P1', building: '', grid: '' });
  assert.deepEqual(routes.parse('').view, 'overview');
  assert.equal(routes.overview(), '#/');
});
