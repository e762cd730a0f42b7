package check

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"strings"

	"github.com/qmuntal/gltf"
)

// GLB checks what a binary glTF says of features and instances: EXT_mesh_features,
// EXT_instance_features, EXT_structural_metadata, EXT_mesh_gpu_instancing and
// EXT_meshopt_compression. The paths of the issues are JSON pointers after "#".
func GLB(data []byte) []Issue {
	f := &features{}
	text, bin, err := chunks(data)
	if err == nil {
		f.bin = bin
		err = json.Unmarshal(text, &f.doc)
	}
	if err != nil {
		f.errorf("", "is no binary glTF: %v", err)
		return f.issues
	}
	f.compressed()
	f.tables()
	for i, m := range f.doc.Meshes {
		for k, p := range m.Primitives {
			at := fmt.Sprintf("/meshes/%d/primitives/%d", i, k)
			if e, ok := f.extension(p.Extensions, "EXT_mesh_features", at); ok {
				f.ids(e, at+"/extensions/EXT_mesh_features", p.Attributes)
			}
		}
	}
	for i, n := range f.doc.Nodes {
		f.node(n, fmt.Sprintf("/nodes/%d", i))
	}
	return f.issues
}

type features struct {
	report
	doc      gltf.Document
	bin      []byte
	counts   []int          // rows of each property table
	unpacked map[int][]byte // buffer views that were compressed
}

func chunks(data []byte) (text, bin []byte, err error) {
	if len(data) < 20 || string(data[:4]) != "glTF" {
		return nil, nil, fmt.Errorf("no header")
	}
	n := uint64(binary.LittleEndian.Uint32(data[12:]))
	if n > uint64(len(data)-20) {
		return nil, nil, fmt.Errorf("truncated")
	}
	text, rest := data[20:20+n], data[20+n:]
	if len(rest) >= 8 {
		n = min(uint64(binary.LittleEndian.Uint32(rest)), uint64(len(rest)-8))
		bin = rest[8 : 8+n]
	}
	return text, bin, nil
}

// extension returns an extension's JSON as plain maps.
func (f *features) extension(e gltf.Extensions, name, path string) (object, bool) {
	x, ok := e[name]
	if !ok {
		return nil, false
	}
	raw, err := json.Marshal(x)
	if err != nil {
		return nil, false
	}
	v, _ := decodeJSON(raw)
	o, ok := v.(object)
	if !ok {
		f.errorf(path+"/extensions/"+name, "is %s, must be an object", kind(v))
	}
	return o, ok
}

// ids checks the featureIds of a primitive or of instances.
func (f *features) ids(e object, path string, attributes map[string]int) {
	list, _ := f.list(e, "featureIds", path, true)
	for i, v := range list {
		at := fmt.Sprintf("%s/featureIds/%d", path, i)
		o, ok := v.(object)
		if !ok {
			f.errorf(at, "is %s, must be an object", kind(v))
			continue
		}
		count, _ := f.whole(o, "featureCount", at, 1, true)
		limit := int64(1) << 32
		if t, ok := f.whole(o, "propertyTable", at, 0, false); ok {
			if t >= len(f.counts) {
				f.errorf(at+"/propertyTable", "is %d of %d property tables", t, len(f.counts))
				continue
			}
			limit = int64(f.counts[t])
		}
		set, ok := f.whole(o, "attribute", at, 0, false)
		if !ok {
			continue // ids in a texture, or one for each vertex
		}
		index, ok := attributes[fmt.Sprintf("_FEATURE_ID_%d", set)]
		if !ok {
			f.errorf(at+"/attribute", "there is no attribute _FEATURE_ID_%d", set)
			continue
		}
		f.values(o, at, index, count, limit)
	}
}

// values checks that every id is a whole number below the limit, and their number.
func (f *features) values(o object, at string, index, count int, limit int64) {
	values, err := f.scalars(index)
	if err != nil {
		f.errorf(at+"/attribute", "%v", err)
		return
	}
	null, hasNull := o["nullFeatureId"].(float64)
	seen := map[float64]bool{}
	for i, v := range values {
		if hasNull && v == null {
			continue
		}
		if v != math.Trunc(v) || v < 0 || v >= float64(limit) {
			f.errorf(at, "element %d is feature %v of %d", i, v, limit)
			return
		}
		seen[v] = true
	}
	if len(seen) != count {
		f.warnf(at+"/featureCount", "is %d where there are %d different ids", count, len(seen))
	}
}

// node checks instancing.
func (f *features) node(n *gltf.Node, path string) {
	e, ok := f.extension(n.Extensions, "EXT_mesh_gpu_instancing", path)
	if !ok {
		return
	}
	at := path + "/extensions/EXT_mesh_gpu_instancing"
	if n.Mesh == nil {
		f.errorf(path, "instances without a mesh")
	}
	a, _ := f.object(e, "attributes", at, true)
	if len(a) == 0 {
		f.errorf(at+"/attributes", "is empty")
	}
	types := map[string]gltf.AccessorType{"TRANSLATION": gltf.AccessorVec3, "ROTATION": gltf.AccessorVec4, "SCALE": gltf.AccessorVec3}
	count := -1
	indices := map[string]int{}
	for _, k := range keys(a) {
		i, ok := f.whole(a, k, at+"/attributes", 0, true)
		if !ok || i >= len(f.doc.Accessors) {
			f.errorf(at+"/attributes/"+k, "there is no such accessor")
			continue
		}
		indices[k] = i
		acc := f.doc.Accessors[i]
		if want, known := types[k]; known && acc.Type != want {
			f.errorf(at+"/attributes/"+k, "is %v, must be %v", acc.Type, want)
		} else if !known && !strings.HasPrefix(k, "_") {
			f.errorf(at+"/attributes/"+k, "attributes of one's own begin with _")
		}
		if count >= 0 && acc.Count != count {
			f.errorf(at+"/attributes/"+k, "has %d elements where the others have %d", acc.Count, count)
		}
		count = acc.Count
	}
	if e, ok := f.extension(n.Extensions, "EXT_instance_features", path); ok {
		f.ids(e, path+"/extensions/EXT_instance_features", indices)
	}
}

// scalars reads the values of a SCALAR accessor.
func (f *features) scalars(index int) ([]float64, error) {
	if index < 0 || index >= len(f.doc.Accessors) {
		return nil, fmt.Errorf("there is no accessor %d", index)
	}
	a := f.doc.Accessors[index]
	if a.Type != gltf.AccessorScalar || a.BufferView == nil {
		return nil, fmt.Errorf("accessor %d is no SCALAR with a buffer view", index)
	}
	raw, stride, err := f.view(*a.BufferView)
	if err != nil {
		return nil, err
	}
	size := a.ComponentType.ByteSize()
	if stride == 0 {
		stride = size
	}
	if a.ByteOffset < 0 || a.Count < 1 || stride < size || a.ByteOffset > len(raw)-size || a.Count-1 > (len(raw)-size-a.ByteOffset)/stride {
		return nil, fmt.Errorf("accessor %d reaches beyond its buffer view", index)
	}
	out := make([]float64, a.Count)
	for i := range out {
		e := raw[a.ByteOffset+i*stride:]
		switch a.ComponentType {
		case gltf.ComponentFloat:
			out[i] = float64(math.Float32frombits(binary.LittleEndian.Uint32(e)))
		case gltf.ComponentUbyte:
			out[i] = float64(e[0])
		case gltf.ComponentUshort:
			out[i] = float64(binary.LittleEndian.Uint16(e))
		default:
			return nil, fmt.Errorf("feature ids are float, unsigned byte or unsigned short, accessor %d is not", index)
		}
	}
	return out, nil
}

func (f *features) view(i int) ([]byte, int, error) {
	if i < 0 || i >= len(f.doc.BufferViews) {
		return nil, 0, fmt.Errorf("there is no bufferView %d", i)
	}
	v := f.doc.BufferViews[i]
	if out, ok := f.unpacked[i]; ok {
		return out, v.ByteStride, nil
	}
	if f.fallback(v.Buffer) {
		return nil, 0, fmt.Errorf("bufferView %d is not in the file", i)
	}
	if v.Buffer != 0 || v.ByteOffset < 0 || v.ByteLength < 0 || v.ByteOffset > len(f.bin) || v.ByteLength > len(f.bin)-v.ByteOffset {
		return nil, 0, fmt.Errorf("bufferView %d reaches beyond the binary chunk", i)
	}
	return f.bin[v.ByteOffset : v.ByteOffset+v.ByteLength], v.ByteStride, nil
}
