// Martini's figures for one height grid, as JSON on standard output:
//   node tools/bench/martini.mjs GRID SIDE REPEATS ERROR...
// GRID is SIDE × SIDE float32, little-endian, SIDE a power of two plus one. For each
// ERROR it names the triangles, the milliseconds of the errors' pyramid and of the mesh
// (the least of REPEATS runs after warming up, on one core), and writes the mesh to
// GRID.ERROR.mesh: the number of vertices and of triangles, uint16 positions, uint32
// indices.
import { readFileSync, writeFileSync } from 'node:fs';
import Martini from '@mapbox/martini';

const [path, side, repeats, ...errors] = process.argv.slice(2);
const bytes = readFileSync(path);
const terrain = new Float32Array(bytes.buffer, bytes.byteOffset, side * side);
const martini = new Martini(+side);
const out = [];
for (const error of errors) {
  let pyramid = Infinity, mesh = Infinity, m;
  for (let i = 0; i < +repeats + 3; i++) {
    const t0 = performance.now();
    const tile = martini.createTile(terrain);
    const t1 = performance.now();
    m = tile.getMesh(+error);
    const t2 = performance.now();
    if (i >= 3) {
      pyramid = Math.min(pyramid, t1 - t0);
      mesh = Math.min(mesh, t2 - t1);
    }
  }
  out.push({ error: +error, triangles: m.triangles.length / 3, pyramid_ms: pyramid, mesh_ms: mesh });
  const head = Uint32Array.of(m.vertices.length / 2, m.triangles.length / 3);
  writeFileSync(`${path}.${error}.mesh`, Buffer.concat([head, m.vertices, Uint32Array.from(m.triangles)]
    .map((a) => Buffer.from(a.buffer, a.byteOffset, a.byteLength))));
}
console.log(JSON.stringify(out));
