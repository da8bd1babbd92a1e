/** A unit's dimension and how many of the dimension's base units it is. */
export interface Unit {
  dimension: string;
  factor: number;
}

/** Dimension to its units, as catalogues write them, lower case; the first named is the base. */
const DIMENSIONS: Record<string, Record<string, number>> = {
  length: {
    mm: 1,
    millimetre: 1,
    millimeter: 1,
    cm: 10,
    centimetre: 10,
    centimeter: 10,
    m: 1000,
    metre: 1000,
    meter: 1000,
    in: 25.4,
    inch: 25.4,
    inche: 25.4,
    '"': 25.4,
    "″": 25.4,
    "”": 25.4,
    ft: 304.8,
    foot: 304.8,
    feet: 304.8,
    yd: 914.4,
    yard: 914.4,
  },
  mass: {
    g: 1,
    gram: 1,
    gramme: 1,
    mg: 0.001,
    kg: 1000,
    kilo: 1000,
    kilogram: 1000,
    oz: 28.349523125,
    ounce: 28.349523125,
    lb: 453.59237,
    pound: 453.59237,
  },
  volume: {
    ml: 1,
    cl: 10,
    dl: 100,
    l: 1000,
    litre: 1000,
    liter: 1000,
    gal: 3785.411784,
    gallon: 3785.411784,
    qt: 946.352946,
    quart: 946.352946,
  },
  data: {
    mb: 1,
    megabyte: 1,
    kb: 1 / 1024,
    kilobyte: 1 / 1024,
    gb: 1024,
    gigabyte: 1024,
    gig: 1024,
    tb: 1048576,
    terabyte: 1048576,
  },
  frequency: { hz: 1, hertz: 1, khz: 1e3, mhz: 1e6, ghz: 1e9 },
  power: { w: 1, watt: 1, kw: 1000 },
  voltage: { v: 1, volt: 1, kv: 1000 },
  charge: { mah: 1, ah: 1000 },
  light: { lm: 1, lumen: 1 },
  time: { s: 1, sec: 1, second: 1, ms: 0.001, min: 60, minute: 60, h: 3600, hr: 3600, hour: 3600, day: 86400 },
  pixels: { mp: 1, megapixel: 1, mpix: 1 },
  share: { "%": 1, percent: 1, pct: 1 },
  pieces: { pack: 1, pk: 1, pc: 1, piece: 1, ct: 1, count: 1, unit: 1, dozen: 12 },
};

const UNITS = new Map<string, Unit>();
for (const [dimension, units] of Object.entries(DIMENSIONS)) {
  for (const [name, factor] of Object.entries(units)) UNITS.set(name, { dimension, factor });
}

/** The known unit of this name, singular or plural. */
export function unitOf(name: string): Unit | undefined {
  return UNITS.get(name) ?? (name.length > 2 && name.endsWith("s") ? UNITS.get(name.slice(0, -1)) : undefined);
}
