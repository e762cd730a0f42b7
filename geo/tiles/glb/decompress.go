package glb

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
)

// Decompress returns a glb with the same content and no EXT_meshopt_compression, for
// readers that do not have it. A file without compressed views comes back as it is.
func Decompress(data []byte) ([]byte, error) {
	d, err := parse(data, nil)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(d.ExtensionsUsed, extMeshopt) {
		return data, nil
	}
	text, _, err := splitGLB(data)
	if err != nil {
		return nil, fmt.Errorf("glb: %w", err)
	}
	var doc map[string]any
	if err := json.Unmarshal(text, &doc); err != nil {
		return nil, fmt.Errorf("glb: JSON: %w", err)
	}
	var bin []byte
	views, _ := doc["bufferViews"].([]any)
	for i := range views {
		raw, _, err := d.view(i)
		if err != nil {
			return nil, fmt.Errorf("glb: %w", err)
		}
		v, _ := views[i].(map[string]any)
		v["buffer"], v["byteOffset"], v["byteLength"] = 0, len(bin), len(raw)
		without(v, extMeshopt)
		bin = append(bin, raw...)
		for len(bin)%8 != 0 {
			bin = append(bin, 0)
		}
	}
	doc["buffers"] = []any{map[string]any{"byteLength": len(bin)}}
	for _, list := range []string{"extensionsUsed", "extensionsRequired"} {
		names, _ := doc[list].([]any)
		names = slices.DeleteFunc(names, func(n any) bool { return n == extMeshopt })
		if doc[list] = names; len(names) == 0 {
			delete(doc, list)
		}
	}
	if text, err = json.Marshal(doc); err != nil {
		return nil, err
	}
	return join(text, bin)
}

// without removes an extension of an object.
func without(o map[string]any, name string) {
	e, _ := o["extensions"].(map[string]any)
	delete(e, name)
	if len(e) == 0 {
		delete(o, "extensions")
	}
}

// join makes a glb of its two chunks: the binary one begins, and the file ends, on a
// multiple of 8 bytes.
func join(text, bin []byte) ([]byte, error) {
	for (20+len(text)+8)%8 != 0 {
		text = append(text, ' ')
	}
	total := uint64(28 + len(text) + len(bin))
	if total >= 1<<32 {
		return nil, fmt.Errorf("glb: %d bytes are more than a glb can hold", total)
	}
	out := make([]byte, 0, total)
	for _, v := range []uint32{magicGLB, 2, uint32(total), uint32(len(text)), chunkJSON} {
		out = binary.LittleEndian.AppendUint32(out, v)
	}
	out = append(out, text...)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(bin)))
	out = binary.LittleEndian.AppendUint32(out, chunkBIN)
	return append(out, bin...), nil
}
