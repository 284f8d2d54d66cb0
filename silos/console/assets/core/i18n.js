// Texts of the two languages: Chinese first. A key that is missing reads as the key, so that it is seen and not blank.

export const languages = ['zh', 'en'];

/** The language to begin with: what was chosen before, else Chinese. */
export function startLanguage(stored) {
  return languages.includes(stored) ? stored : 'zh';
}

/** Makes the function that looks texts up: t('incident.opened', { time: '10:00' }). */
export function createTexts(dictionary) {
  return function t(key, values = {}) {
    const text = key.split('.').reduce((node, part) => (node == null ? undefined : node[part]), dictionary);
    if (typeof text !== 'string') {
      return key;
    }

    return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
  };
}

/** A text if there is one, else what is given: for names that a deployment may add to, such as device kinds. */
export function textOr(t, key, otherwise) {
  const text = t(key);
  return text === key ? otherwise : text;
}

/** All keys of a dictionary as dotted paths. */
export function keysOf(dictionary, prefix = '') {
  return Object.entries(dictionary).flatMap(([key, value]) =>
    typeof value === 'string' ? [prefix + key] : keysOf(value, `${prefix}${key}.`));
}
