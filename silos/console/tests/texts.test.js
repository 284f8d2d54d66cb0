import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import test from 'node:test';
import { createTexts, keysOf, startLanguage, textOr } from '../assets/core/i18n.js';
import { fieldsOf, reasons, sternCommands } from '../assets/core/commands.js';

const read = async language => JSON.parse(await readFile(new URL(`../assets/texts/${language}.json`, import.meta.url), 'utf8'));
const [zh, en] = await Promise.all([read('zh'), read('en')]);

test('both languages have the same keys, and no text is empty', () => {
  assert.deepEqual(keysOf(zh).sort(), keysOf(en).sort());
  for (const dictionary of [zh, en]) {
    const t = createTexts(dictionary);
    assert.deepEqual(keysOf(dictionary).filter(key => t(key).trim() === ''), []);
  }
});

test('both languages fill in the same values', () => {
  const holes = text => [...text.matchAll(/\{(\w+)\}/g)].map(match => match[1]).sort();
  for (const key of keysOf(zh)) {
    assert.deepEqual(holes(createTexts(zh)(key)), holes(createTexts(en)(key)), key);
  }
});

test('every key that the code names is there', async () => {
  const root = new URL('../assets/', import.meta.url);
  const files = (await readdir(root, { recursive: true })).filter(file => file.endsWith('.js'));
  assert.ok(files.length > 10);
  const keys = new Set(keysOf(zh));
  for (const file of files) {
    const code = await readFile(new URL(file, root), 'utf8');
    for (const [, key] of code.matchAll(/\bt\('([\w.-]+)'/g)) {
      assert.ok(keys.has(key), `${file} names ${key}`);
    }
  }
});

test('every command, field and reason has a name', () => {
  const t = createTexts(zh);
  const commands = ['verify', 'register', 'dispatch', 'accept', 'decline', 'arrive', 'feedback', 'check', 'close', 'void', 'reject', 'merge', 'comment',
    'false-alarm'];
  for (const command of [...commands, ...sternCommands]) {
    assert.notEqual(t(`command.${command}`), `command.${command}`);
    for (const field of fieldsOf(command)) {
      assert.notEqual(t(`field.${field.name}`), `field.${field.name}`);
    }
  }

  assert.deepEqual(reasons.filter(reason => t(`reason.${reason}`) === `reason.${reason}`), []);
});

test('a missing key reads as itself, or as what is given instead', () => {
  const t = createTexts({ a: { b: 'B {x} {y}' } });
  assert.equal(t('a.b', { x: 1 }), 'B 1 {y}');
  assert.equal(t('a.c'), 'a.c');
  assert.equal(t('a'), 'a');
  assert.equal(textOr(t, 'a.c', 'C'), 'C');
  assert.equal(textOr(t, 'a.b', 'C'), 'B {x} {y}');
});

test('Chinese is the language to begin with', () => {
  assert.equal(startLanguage(null), 'zh');
  assert.equal(startLanguage('fr'), 'zh');
  assert.equal(startLanguage('en'), 'en');
});
