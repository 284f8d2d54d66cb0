// How times, values and units read.

const units = {
  Cel: '°C', '[ppm]': 'ppm', 'ug/m3': 'µg/m³', 'kW.h': 'kWh', m3: 'm³', 'm3/h': 'm³/h', deg: '°', '%/m': '%/m',
};

/** A UCUM unit as people write it; counts ({person}) are words of the language. */
export function formatUnit(unit, t) {
  if (!unit) {
    return '';
  }

  const counted = /^\{(\w+)\}$/.exec(unit);
  return counted ? t(`unit.${counted[1]}`) : units[unit] ?? unit;
}

/** A value with as many digits as it means something, and its unit. */
export function formatValue(value, unit, t) {
  const size = Math.abs(value);
  const digits = Number.isInteger(value) ? 0 : size >= 100 ? 0 : size >= 10 ? 1 : 2;
  const name = formatUnit(unit, t);
  return name === '' ? value.toFixed(digits) : `${value.toFixed(digits)} ${name}`;
}

const clocks = new Map();

function partsOf(time, timeZone) {
  const key = timeZone ?? '';
  if (!clocks.has(key)) {
    clocks.set(key, new Intl.DateTimeFormat('en-GB', {
      timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
    }));
  }

  return Object.fromEntries(clocks.get(key).formatToParts(time).map(part => [part.type, part.value]));
}

/**
 * A time in the community's time zone, wherever the reader is: only the time today, with the date otherwise, with the year when it is another one.
 * Without a zone, the reader's own.
 */
export function formatTime(iso, now, timeZone) {
  if (!iso) {
    return '—';
  }

  const time = partsOf(new Date(iso), timeZone);
  const today = partsOf(now, timeZone);
  const clock = `${time.hour}:${time.minute}:${time.second}`;
  const day = `${time.month}-${time.day}`;
  if (time.year !== today.year) {
    return `${time.year}-${day} ${clock}`;
  }

  return day === `${today.month}-${today.day}` ? clock : `${day} ${clock}`;
}

/** How long ago, in one unit; the clock of the server may be a little ahead, which is «just now». */
export function formatAgo(iso, now, t) {
  if (!iso) {
    return t('time.never');
  }

  const seconds = Math.floor((now - new Date(iso)) / 1000);
  if (seconds < 10) {
    return t('time.now');
  }

  const [name, count] =
    seconds < 60 ? ['seconds', seconds]
    : seconds < 3600 ? ['minutes', Math.floor(seconds / 60)]
    : seconds < 86400 ? ['hours', Math.floor(seconds / 3600)]
    : ['days', Math.floor(seconds / 86400)];
  return t(`time.${name}`, { count });
}

/** A confidence as a percentage. */
export function formatConfidence(confidence) {
  return confidence == null ? '' : `${Math.round(confidence * 100)}%`;
}
