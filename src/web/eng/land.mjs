// Writes the outline of land for the map of nodes. Run once: `node eng/land.mjs land-50m.json`, where the file is that of the npm
// package world-atlas: Natural Earth's land at 1:50m (public domain, naturalearthdata.com) as TopoJSON.
import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const scale = 25; // units a degree, as rooms/Nodes/map.ts reads them
const tolerance = 0.014; // square degrees that a corner must stand out by
const smallest = 0.03; // square degrees an island must have

const topology = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const { scale: [sx, sy], translate: [tx, ty] } = topology.transform;
const arcs = topology.arcs.map((arc) => {
  let [x, y] = [0, 0];
  return arc.map(([dx, dy]) => [(x += dx) * sx + tx, (y += dy) * sy + ty]);
});
const mercator = (lat) => (180 / Math.PI) * Math.log(Math.tan(Math.PI / 4 + (Math.max(-84, Math.min(84, lat)) * Math.PI) / 360));
const corner = (a, b, c) => Math.abs((a[0] * (b[1] - c[1]) + b[0] * (c[1] - a[1]) + c[0] * (a[1] - b[1])) / 2);
const area = (p) => Math.abs(p.reduce((sum, [x, y], i) => sum + x * p[(i + 1) % p.length][1] - p[(i + 1) % p.length][0] * y, 0) / 2);

/** Visvalingam: again and again without the corner that stands out least. */
function simplified(ring) {
  const left = ring.slice(0, -1);
  const at = (i) => left[(i + left.length) % left.length];
  while (left.length > 3) {
    let [least, where] = [Infinity, 0];
    for (let i = 0; i < left.length; i++) {
      const size = corner(at(i - 1), left[i], at(i + 1));
      if (size < least) [least, where] = [size, i];
    }
    if (least >= tolerance) break;
    left.splice(where, 1);
  }
  return left;
}

const paths = [];
for (const polygon of topology.objects.land.geometries.flatMap((g) => (g.type === 'Polygon' ? [g.arcs] : g.arcs)))
  for (const ring of polygon) {
    const degrees = ring.flatMap((i, n) => (i < 0 ? [...arcs[~i]].reverse() : arcs[i]).slice(n > 0 ? 1 : 0));
    if (degrees.every(([, lat]) => lat < -59)) continue; // Antarctica: nobody ships from there
    const flat = degrees.map(([lon, lat]) => [lon, mercator(lat)]);
    if (area(flat) < smallest) continue;
    const points = simplified(flat).map(([x, y]) => [Math.round(x * scale), Math.round(-y * scale)]);
    const kept = points.filter((p, i) => i === 0 || p[0] !== points[i - 1][0] || p[1] !== points[i - 1][1]);
    if (kept.length < 3) continue;
    let [x, y] = kept[0];
    const steps = kept.slice(1).map(([a, b]) => {
      const step = `${a - x} ${b - y}`;
      [x, y] = [a, b];
      return step;
    });
    paths.push(`M${kept[0][0]} ${kept[0][1]}l${steps.join(' ').replaceAll(' -', '-')}z`);
  }

const text = JSON.stringify({ source: 'Natural Earth, 1:50m land, public domain; simplified by eng/land.mjs', paths }, null, 0).replaceAll('","', '",\n"');
writeFileSync(new URL('../src/rooms/Nodes/land.json', import.meta.url), text + '\n');
console.log(`${paths.length} coasts, ${text.length} bytes, ${gzipSync(text).length} gzipped`);
