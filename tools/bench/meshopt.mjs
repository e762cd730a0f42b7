// The seconds that npm meshoptimizer takes, as JSON on standard output:
//   node tools/bench/meshopt.mjs VERTICES STRIDE TRIANGLES
// VERTICES are attributes of STRIDE bytes each, TRIANGLES uint32 indices, little-endian.
// Each figure is the least of the repetitions of half a second; bytes are encoded sizes.
import { readFileSync } from 'node:fs';
import { MeshoptDecoder, MeshoptEncoder } from 'meshoptimizer';

await MeshoptDecoder.ready;
await MeshoptEncoder.ready;
const [vertices, stride, triangles] = process.argv.slice(2);
const out = {};
for (const [name, path, size, mode] of [['positions', vertices, +stride, 'ATTRIBUTES'], ['triangles', triangles, 4, 'TRIANGLES']]) {
  const raw = new Uint8Array(readFileSync(path));
  const count = raw.length / size;
  const target = new Uint8Array(raw.length);
  let packed;
  out[`${name} encode`] = best(() => { packed = MeshoptEncoder.encodeGltfBuffer(raw, count, size, mode, 0); });
  out[`${name} decode`] = best(() => MeshoptDecoder.decodeGltfBuffer(target, count, size, packed, mode));
  out[`${name} bytes`] = packed.length;
}
console.log(JSON.stringify(out));

function best(step) {
  let least = Infinity;
  for (const began = performance.now(); performance.now() - began < 500;) {
    const t = performance.now();
    step();
    least = Math.min(least, performance.now() - t);
  }
  return least / 1000;
}
