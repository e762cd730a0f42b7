// Encodes meshes with Google's draco3d and decodes them and other files again. Input: JSON
// of [{file}] or of [{attributes: [{kind, components, type, values}], faces, method, speed,
// bits, tree}], bytes as base64. Output: JSON of [{file, points, faces, attributes: [{id,
// kind, type, components, data}]}].
const { createEncoderModule, createDecoderModule } = require(process.argv[1] + '/draco3d');
const cases = JSON.parse(require('fs').readFileSync(0, 'utf8'));

function encode(m, c) {
	const cloud = !c.faces;
	const builder = cloud ? new m.PointCloudBuilder() : new m.MeshBuilder();
	const shape = cloud ? new m.PointCloud() : new m.Mesh();
	if (!cloud) builder.AddFacesToMesh(shape, c.faces.length / 3, new Uint32Array(c.faces));
	const enc = new m.Encoder();
	for (const a of c.attributes) {
		const kind = [m.POSITION, m.NORMAL, m.COLOR, m.TEX_COORD, m.GENERIC][a.kind];
		const [add, type] = { float: ['AddFloatAttribute', Float32Array], u8: ['AddUInt8Attribute', Uint8Array], i16: ['AddInt16Attribute', Int16Array], u32: ['AddUInt32Attribute', Uint32Array], i32: ['AddInt32Attribute', Int32Array] }[a.type];
		builder[add](shape, kind, a.values.length / a.components, a.components, new type(a.values));
		if (c.bits) enc.SetAttributeQuantization(kind, a.kind === 1 ? Math.max(c.bits - 3, 2) : c.bits);
	}
	if (c.metadata) {
		const meta = new m.Metadata(), b = new m.MetadataBuilder();
		b.AddStringEntry(meta, 'name', 'x'.repeat(200));
		b.AddIntEntry(meta, 'n', 7);
		builder.AddMetadata(shape, meta);
	}
	enc.SetSpeedOptions(c.speed, c.speed);
	const out = new m.DracoInt8Array();
	let n;
	if (cloud) {
		enc.SetEncodingMethod(c.method);
		n = enc.EncodePointCloudToDracoBuffer(shape, false, out);
	} else {
		enc.SetEncodingMethod(c.method ? m.MESH_EDGEBREAKER_ENCODING : m.MESH_SEQUENTIAL_ENCODING);
		n = enc.EncodeMeshToDracoBuffer(shape, out);
	}
	const b = Buffer.alloc(n);
	for (let i = 0; i < n; i++) b[i] = out.GetValue(i);
	return b;
}

function decode(m, b, ids) {
	const d = new m.Decoder(), bytes = new Int8Array(b);
	const mesh = d.GetEncodedGeometryType(bytes) === m.TRIANGULAR_MESH;
	const shape = mesh ? new m.Mesh() : new m.PointCloud();
	const status = mesh ? d.DecodeArrayToMesh(bytes, bytes.length, shape) : d.DecodeArrayToPointCloud(bytes, bytes.length, shape);
	if (!status.ok()) return { file: b.toString('base64'), error: status.error_msg() };
	const out = { file: b.toString('base64'), points: shape.num_points(), attributes: [] };
	const take = (size, f) => {
		const p = m._malloc(size);
		f(p);
		const r = Buffer.from(m.HEAPU8.slice(p, p + size)).toString('base64');
		m._free(p);
		return r;
	};
	if (mesh) out.faces = take(12 * shape.num_faces(), p => d.GetTrianglesUInt32Array(shape, 12 * shape.num_faces(), p));
	for (let i = 0; i < shape.num_attributes(); i++) {
		const a = d.GetAttribute(shape, i), type = a.data_type(), nc = a.num_components();
		const size = [0, 1, 1, 2, 2, 4, 4, 8, 8, 4, 8, 1][type] * nc * out.points;
		out.attributes.push({ id: a.unique_id(), kind: a.attribute_type(), type, components: nc, data: take(size, p => d.GetAttributeDataArrayForAllPoints(shape, a, type, size, p)) });
	}
	return out;
}

Promise.all([createEncoderModule({}), createDecoderModule({})]).then(([e, d]) => {
	process.stdout.write(JSON.stringify(cases.map(c => decode(d, c.file ? Buffer.from(c.file, 'base64') : encode(e, c)))));
});
