const EARTH_RADIUS_KM = 6371.0088; // mean radius R1 of the IUGG

/**
 * Great-circle distance in kilometres between two places given in degrees, by the haversine formula on a sphere of
 * radius 6371.0088 km. NaN where a coordinate is missing.
 * @example Math.round(haversine(52.52, 13.405, 48.857, 2.352)) // 877
 */
export function haversine(latitude1: number, longitude1: number, latitude2: number, longitude2: number): number {
  const radians = Math.PI / 180;
  const rise = Math.sin(((latitude2 - latitude1) * radians) / 2);
  const turn = Math.sin(((longitude2 - longitude1) * radians) / 2);
  const chord = rise * rise + Math.cos(latitude1 * radians) * Math.cos(latitude2 * radians) * turn * turn;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
}
