// Decodes our streams, and encodes the same data for us, with meshoptimizer. Input: JSON
// [{mode, filter, stride, count, raw, packed}], bytes as base64. Output: JSON of
// [{decoded, encoded}].
import { MeshoptDecoder, MeshoptEncoder } from 'meshoptimizer';
import { readFileSync } from 'node:fs';

await MeshoptDecoder.ready;
await MeshoptEncoder.ready;
const cases = JSON.parse(readFileSync(0, 'utf8'));
const out = cases.map(c => {
	const target = new Uint8Array(c.count * c.stride);
	MeshoptDecoder.decodeGltfBuffer(target, c.count, c.stride, Buffer.from(c.packed, 'base64'), c.mode, c.filter);
	const raw = new Uint8Array(Buffer.from(c.raw, 'base64'));
	const encoded = MeshoptEncoder.encodeGltfBuffer(raw, c.count, c.stride, c.mode, 0);
	return { decoded: Buffer.from(target).toString('base64'), encoded: Buffer.from(encoded).toString('base64') };
});
process.stdout.write(JSON.stringify(out));
