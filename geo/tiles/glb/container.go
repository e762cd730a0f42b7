package glb

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/qmuntal/gltf"
)

// ErrUnsupported is wrapped by errors about files that are correct but need a feature
// that this package does not have.
var ErrUnsupported = errors.New("not supported")

// Open reads a file that a document refers to, by its decoded relative path.
type Open func(uri string) ([]byte, error)

// document is a parsed glTF with its buffers resolved to bytes.
type document struct {
	*gltf.Document
	buffers  [][]byte
	open     Open
	views    map[int][]byte // decompressed, by buffer view
	unpacked int            // bytes of them
}

const (
	magicGLB  = 0x46546C67
	chunkJSON = 0x4E4F534A
	chunkBIN  = 0x004E4942
)

// parse reads a GLB, or a glTF JSON whose files open supplies.
func parse(data []byte, open Open) (*document, error) {
	text, bin := data, []byte(nil)
	isGLB := len(data) >= 4 && le32(data) == magicGLB
	if isGLB {
		var err error
		if text, bin, err = splitGLB(data); err != nil {
			return nil, fmt.Errorf("glb: %w", err)
		}
	} else if t := bytes.TrimLeft(data, " \t\r\n"); len(t) == 0 || t[0] != '{' {
		return nil, errors.New("glb: neither a binary glTF (it does not begin with \"glTF\") nor glTF JSON")
	}
	d := &document{Document: new(gltf.Document), open: open}
	if err := json.Unmarshal(text, d.Document); err != nil {
		return nil, fmt.Errorf("glb: JSON: %w", err)
	}
	if major, _, _ := strings.Cut(d.Asset.Version, "."); major != "2" {
		return nil, fmt.Errorf("glb: glTF version %q: %w, only 2.x is", d.Asset.Version, ErrUnsupported)
	}
	if err := checkNulls(d.Document); err != nil {
		return nil, fmt.Errorf("glb: %w", err)
	}
	for _, name := range d.ExtensionsRequired {
		if !known[name] {
			return nil, fmt.Errorf("glb: the file requires the extension %s: %w; write it again without that extension", name, ErrUnsupported)
		}
	}
	for i, b := range d.Buffers {
		if isFallback(b) {
			d.buffers = append(d.buffers, nil)
			continue
		}
		raw, err := d.buffer(b, isGLB && i == 0, bin)
		if err != nil {
			return nil, fmt.Errorf("glb: buffer %d: %w", i, err)
		}
		d.buffers = append(d.buffers, raw)
	}
	if err := d.undraco(); err != nil {
		return nil, fmt.Errorf("glb: %w", err)
	}
	return d, nil
}

// known lists the extensions whose absence would change what is drawn and that are
// honoured, and those whose loss only changes the finish.
var known = map[string]bool{
	"KHR_mesh_quantization": true, extDraco: true, "EXT_meshopt_compression": true, "EXT_mesh_gpu_instancing": true, "EXT_mesh_features": true,
	"EXT_structural_metadata": true, "EXT_instance_features": true, "KHR_texture_transform": true,
	"KHR_materials_unlit": true, "CESIUM_RTC": true, "KHR_lights_punctual": true, extIOR: true,
	"KHR_materials_specular": true, "KHR_materials_clearcoat": true, "KHR_materials_sheen": true,
	extEmissiveStrength: true, extTransmission: true, extVolume: true,
	"KHR_materials_iridescence": true, "KHR_materials_anisotropy": true, "KHR_materials_dispersion": true,
	"KHR_materials_variants": true, "KHR_xmp_json_ld": true, "CESIUM_primitive_outline": true,
}

// splitGLB returns the JSON and BIN chunks of a binary glTF.
func splitGLB(data []byte) (text, bin []byte, err error) {
	if len(data) < 20 {
		return nil, nil, fmt.Errorf("truncated: %d bytes, the header alone has 20", len(data))
	}
	if v := le32(data[4:]); v != 2 {
		return nil, nil, fmt.Errorf("container version %d: %w, only 2 is", v, ErrUnsupported)
	}
	if n := le32(data[8:]); uint64(n) > uint64(len(data)) {
		return nil, nil, fmt.Errorf("truncated: the header says %d bytes, the file has %d", n, len(data))
	} else if n < 20 {
		return nil, nil, fmt.Errorf("the header says %d bytes, less than its own size", n)
	} else {
		data = data[:n]
	}
	rest := data[12:]
	for i := 0; len(rest) >= 8; i++ {
		n, kind := uint64(le32(rest)), le32(rest[4:])
		if n > uint64(len(rest)-8) {
			return nil, nil, fmt.Errorf("chunk %d says %d bytes where %d are left", i, n, len(rest)-8)
		}
		body := rest[8 : 8+n]
		switch {
		case i == 0 && kind != chunkJSON:
			return nil, nil, errors.New("the first chunk is not JSON")
		case i == 0:
			text = body
		case i == 1 && kind == chunkBIN:
			bin = body
		}
		rest = rest[8+n:]
	}
	return text, bin, nil
}

func (d *document) buffer(b *gltf.Buffer, first bool, bin []byte) ([]byte, error) {
	var raw []byte
	switch {
	case b.URI == "" && first:
		raw = bin
	case b.URI == "":
		return nil, nil // a placeholder for an extension: views into it reach beyond it
	default:
		var err error
		if raw, err = d.resource(b.URI); err != nil {
			return nil, err
		}
	}
	if b.ByteLength < 0 || b.ByteLength > len(raw) {
		return nil, fmt.Errorf("byteLength is %d where there are %d bytes", b.ByteLength, len(raw))
	}
	return raw[:b.ByteLength], nil
}

// resource returns the bytes of a data URI or of a file beside the document.
func (d *document) resource(uri string) ([]byte, error) {
	if rest, ok := strings.CutPrefix(uri, "data:"); ok {
		head, body, ok := strings.Cut(rest, ",")
		if !ok || !strings.HasSuffix(head, ";base64") {
			return nil, errors.New("its data URI is not base64")
		}
		raw, err := base64.StdEncoding.DecodeString(body)
		if err != nil {
			return nil, fmt.Errorf("its data URI: %w", err)
		}
		return raw, nil
	}
	if u, err := url.Parse(uri); err == nil && u.Scheme != "" {
		return nil, fmt.Errorf("remote file %q: %w; download it beside the model", uri, ErrUnsupported)
	}
	path, err := url.PathUnescape(uri)
	if err != nil {
		path = uri
	}
	if d.open == nil {
		return nil, fmt.Errorf("external file %q: %w here, only embedded data is", path, ErrUnsupported)
	}
	raw, err := d.open(path)
	if err != nil {
		return nil, fmt.Errorf("external file %q: %w", path, err)
	}
	return raw, nil
}

// view returns the bytes of a buffer view and its stride (0 = packed).
func (d *document) view(i int) ([]byte, int, error) {
	if i < 0 || i >= len(d.BufferViews) {
		return nil, 0, fmt.Errorf("bufferView %d does not exist", i)
	}
	v := d.BufferViews[i]
	if out, ok := d.views[i]; ok {
		return out, v.ByteStride, nil
	}
	if v.Buffer < 0 || v.Buffer >= len(d.buffers) {
		return nil, 0, fmt.Errorf("bufferView %d: buffer %d does not exist", i, v.Buffer)
	}
	var packed meshoptView
	if ok, err := extension(v.Extensions, extMeshopt, &packed); err != nil {
		return nil, 0, fmt.Errorf("bufferView %d: %s: %w", i, extMeshopt, err)
	} else if ok {
		b, err := d.unpack(i, v.ByteLength, packed)
		if err != nil {
			return nil, 0, fmt.Errorf("bufferView %d: %s: %w", i, extMeshopt, err)
		}
		return b, v.ByteStride, nil
	}
	b := d.buffers[v.Buffer]
	if v.ByteOffset < 0 || v.ByteLength < 0 || v.ByteOffset > len(b) || v.ByteLength > len(b)-v.ByteOffset || v.ByteStride < 0 {
		return nil, 0, fmt.Errorf("bufferView %d reaches beyond its buffer", i)
	}
	return b[v.ByteOffset : v.ByteOffset+v.ByteLength], v.ByteStride, nil
}

// checkNulls refuses null where the format wants an object, so that nobody after it
// needs to look.
func checkNulls(d *gltf.Document) error {
	return errors.Join(noNull("accessors", d.Accessors), noNull("buffers", d.Buffers),
		noNull("bufferViews", d.BufferViews), noNull("images", d.Images), noNull("materials", d.Materials),
		noNull("meshes", d.Meshes), noNull("nodes", d.Nodes), noNull("samplers", d.Samplers),
		noNull("scenes", d.Scenes), noNull("skins", d.Skins), noNull("textures", d.Textures), nullPrimitives(d.Meshes))
}

func noNull[T any](what string, list []*T) error {
	for i, x := range list {
		if x == nil {
			return fmt.Errorf("%s[%d] is null", what, i)
		}
	}
	return nil
}

func nullPrimitives(meshes []*gltf.Mesh) error {
	for i, m := range meshes {
		if m == nil {
			continue
		}
		if err := noNull(fmt.Sprintf("meshes[%d].primitives", i), m.Primitives); err != nil {
			return err
		}
	}
	return nil
}

func le32(b []byte) uint32 { return binary.LittleEndian.Uint32(b) }
