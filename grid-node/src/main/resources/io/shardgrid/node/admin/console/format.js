// Numbers as people read them.

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

export function bytes(number) {
  let unit = 0;
  let amount = number;
  while (amount >= 1024 && unit < UNITS.length - 1) {
    amount /= 1024;
    unit++;
  }
  return `${unit === 0 ? amount : amount.toFixed(amount < 10 ? 1 : 0)} ${UNITS[unit]}`;
}

export const count = (number) => whole.format(number);

export function rate(number) {
  return number < 10 ? number.toFixed(1) : whole.format(number);
}

/** With few characters: 12.3k, 4.5M. */
export function short(number) {
  if (number < 1000) {
    return number < 10 && number % 1 !== 0 ? number.toFixed(1) : String(Math.round(number));
  }
  const [amount, unit] = number < 1e6 ? [number / 1e3, 'k'] : number < 1e9 ? [number / 1e6, 'M'] : [number / 1e9, 'G'];
  return (amount < 100 ? amount.toFixed(1).replace(/\.0$/, '') : Math.round(amount)) + unit;
}

export function millis(number) {
  return number < 10 ? `${number.toFixed(2)} ms` : number < 1000 ? `${number.toFixed(0)} ms` : `${(number / 1000).toFixed(1)} s`;
}

export function span(number) {
  const seconds = Math.round(number / 1000);
  if (seconds < 120) {
    return `${seconds} s`;
  }
  if (seconds < 7200) {
    return `${Math.floor(seconds / 60)} min`;
  }
  return seconds < 172800 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86400)} d`;
}

export const percent = (share) => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;

export const several = (number, one, more) => `${count(number)} ${number === 1 ? one : more}`;

export const clockTime = (iso) => new Date(iso).toLocaleTimeString('en-GB');
