import assert from 'node:assert/strict';
import test from 'node:test';
import { formatAgo, formatConfidence, formatTime, formatUnit, formatValue } from '../assets/core/format.js';

const t = (key, values) => (values ? `${key}:${values.count}` : key);

test('values keep the digits that mean something', () => {
  assert.equal(formatValue(21.456, 'Cel', t), '21.5 °C');
  assert.equal(formatValue(1.256, 'kW.h', t), '1.26 kWh');
  assert.equal(formatValue(415.7, '[ppm]', t), '416 ppm');
  assert.equal(formatValue(7, '{person}', t), '7 unit.person');
  assert.equal(formatValue(-0.5, null, t), '-0.50');
  assert.equal(formatUnit('kPa', t), 'kPa');
  assert.equal(formatUnit(undefined, t), '');
});

test('times show as much of the date as is needed', () => {
  const now = new Date(2026, 10, 20, 10, 0, 0);
  assert.equal(formatTime(new Date(2026, 10, 20, 9, 5, 7).toISOString(), now), '09:05:07');
  assert.equal(formatTime(new Date(2026, 10, 19, 23, 59, 0).toISOString(), now), '11-19 23:59:00');
  assert.equal(formatTime(new Date(2025, 0, 2, 3, 4, 5).toISOString(), now), '2025-01-02 03:04:05');
  assert.equal(formatTime(null, now), '—');
});

test('times are those of the community, wherever the reader is', () => {
  const now = new Date('2026-11-20T18:00:00Z');
  assert.equal(formatTime('2026-11-20T16:00:01Z', now, 'Asia/Shanghai'), '00:00:01');
  assert.equal(formatTime('2026-11-20T15:59:59Z', now, 'Asia/Shanghai'), '11-20 23:59:59');
  assert.equal(formatTime('2026-11-20T15:59:59Z', now, 'UTC'), '15:59:59');
});

test('how long ago is told in one unit', () => {
  const now = new Date('2026-11-20T10:00:00Z');
  const before = seconds => new Date(now - seconds * 1000).toISOString();
  assert.equal(formatAgo(before(-5), now, t), 'time.now');
  assert.equal(formatAgo(before(9), now, t), 'time.now');
  assert.equal(formatAgo(before(59), now, t), 'time.seconds:59');
  assert.equal(formatAgo(before(60), now, t), 'time.minutes:1');
  assert.equal(formatAgo(before(3599), now, t), 'time.minutes:59');
  assert.equal(formatAgo(before(7200), now, t), 'time.hours:2');
  assert.equal(formatAgo(before(200_000), now, t), 'time.days:2');
  assert.equal(formatAgo(null, now, t), 'time.never');
});

test('a confidence is a percentage', () => {
  assert.equal(formatConfidence(0.934), '93%');
  assert.equal(formatConfidence(null), '');
});
