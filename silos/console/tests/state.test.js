import assert from 'node:assert/strict';
import test from 'node:test';
import * as buildings from '../assets/core/buildings.js';
import * as incidents from '../assets/core/incidents.js';
import { next, waitBefore } from '../assets/core/live-state.js';

const item = (id, severity, openedAt, more = {}) =>
  ({ id, severity, openedAt, version: 1, open: true, title: id, state: 'Reported', condition: 'Active', grid: 'g1', building: null, ...more });

test('a row opens, changes and ends a case', () => {
  let all = incidents.loaded([item('a', 'P2', '2026-01-01')]);
  all = incidents.applyRow(all, { ...item('b', 'P1', '2026-01-02'), titleEn: 'B' }, 'en');
  assert.equal(all.b.title, 'B');
  all = incidents.applyRow(all, item('b', 'P1', '2026-01-02', { version: 2, state: 'Dispatched' }), 'zh');
  assert.equal(all.b.state, 'Dispatched');
  all = incidents.applyRow(all, item('b', 'P1', '2026-01-02', { version: 3, open: false }), 'zh');
  assert.deepEqual(Object.keys(all), ['a']);
});

test('old news and the end of an unknown case change nothing', () => {
  const all = incidents.loaded([item('a', 'P2', '2026-01-01', { version: 5 })]);
  assert.equal(incidents.applyRow(all, item('a', 'P2', '2026-01-01', { version: 4, open: false }), 'zh'), all);
  assert.equal(incidents.applyRow(all, item('x', 'P2', '2026-01-01', { open: false }), 'zh'), all);
});

test('several rows of one version: the last one counts', () => {
  let all = {};
  for (const state of ['Reported', 'Registered', 'Dispatched']) {
    all = incidents.applyRow(all, item('a', 'P0', '2026-01-01', { version: 1, state }), 'zh');
  }

  assert.equal(all.a.state, 'Dispatched');
});

test('the worst come first, then the newest', () => {
  const all = incidents.loaded(
    [item('old', 'P1', '2026-01-01'), item('mild', 'P3', '2026-01-09'), item('new', 'P1', '2026-01-02'), item('ended', 'P0', '2026-01-01', { open: false })]);
  assert.deepEqual(incidents.sorted(all).map(one => one.id), ['new', 'old', 'mild']);
});

test('filters restrict only where they are given', () => {
  const all = [item('a', 'P1', '1', { building: 'b1' }), item('b', 'P2', '2', { building: 'b1' }), item('c', 'P1', '3', { grid: 'g2' })];
  const ids = filter => incidents.filtered(all, filter).map(one => one.id).join('');
  assert.equal(ids({}), 'abc');
  assert.equal(ids({ severity: 'P1' }), 'ac');
  assert.equal(ids({ severity: 'P1', building: 'b1' }), 'a');
  assert.equal(ids({ grid: 'g2' }), 'c');
  assert.deepEqual(incidents.counted(all), { P0: 0, P1: 2, P2: 1, P3: 0 });
});

test('only a newer version of the same case is news', () => {
  assert.equal(incidents.isNews({ id: 'a', version: 3 }, 'a', 2), true);
  assert.equal(incidents.isNews({ id: 'a', version: 2 }, 'a', 2), false);
  assert.equal(incidents.isNews({ id: 'b', version: 9 }, 'a', 2), false);
});

test('a summary changes its building; a late one does not', () => {
  let all = buildings.loaded(
    [{ id: 'b1', name: '1 号楼', grid: 'g', open: { P0: 0, P1: 0, P2: 0, P3: 0, total: 0 }, worst: null, devicesOnline: 1, devicesTotal: 4 }]);
  all = buildings.applyRow(all, { building: 'b1', open: [0, 2, 1, 0], worst: 'P1', devicesOnline: 3, revision: 7 });
  assert.deepEqual(all.b1.open, { P0: 0, P1: 2, P2: 1, P3: 0, total: 3 });
  assert.equal(all.b1.worst, 'P1');
  assert.equal(all.b1.devicesTotal, 4);
  assert.equal(buildings.applyRow(all, { building: 'b1', open: [0, 0, 0, 0], revision: 6 }), all);
  assert.equal(buildings.applyRow(all, { building: 'b2', open: [0, 0, 0, 0], revision: 1 }), all);
  all = buildings.applyRow(all, { building: 'b1', open: [0, 0, 0, 0], devicesOnline: 4, revision: 8 });
  assert.equal(all.b1.worst, null);
});

test('buildings stand in the order that people count, by grid', () => {
  const all = buildings.loaded([{ id: 'x', name: '10 号楼', grid: 'g1' }, { id: 'y', name: '2 号楼', grid: 'g1' }, { id: 'z', name: '1 号楼', grid: 'g2' }]);
  const groups = buildings.byGrid(all, [{ id: 'g2', name: '第二网格' }, { id: 'g1', name: '第一网格' }]);
  assert.deepEqual(groups.map(group => [group.grid.id, ...group.buildings.map(one => one.id)]), [['g2', 'z'], ['g1', 'y', 'x']]);
});

test('the connection tells connecting, live and lost', () => {
  assert.equal(next('connecting', 'opened'), 'live');
  assert.equal(next('connecting', 'failed'), 'connecting');
  assert.equal(next('live', 'failed'), 'lost');
  assert.equal(next('live', 'closed'), 'lost');
  assert.equal(next('lost', 'failed'), 'lost');
  assert.equal(next('lost', 'opened'), 'live');
});

test('attempts wait longer and longer, up to half a minute', () => {
  assert.deepEqual([0, 1, 2, 3, 9, 99].map(waitBefore), [1000, 2000, 4000, 8000, 30_000, 30_000]);
});
