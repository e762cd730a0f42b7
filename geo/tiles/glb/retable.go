package glb

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/qmuntal/gltf"

	"github.com/longtake/longtake/geo"
)

// Retable gives the bytes that Write would have given with other rows of metadata, as many
// as before, attributes of theirs and other sources: the property table is the last of what is in the file, and
// all before it stays as it is. data is what Write made with the same options; change is
// handed the rows, to be changed in place.
func Retable(data []byte, o Options, sources []geo.Source, attributes []geo.Attribute, change func(rows []geo.FeatureRow)) ([]byte, error) {
	text, bin, err := splitGLB(data)
	if err != nil {
		return nil, fmt.Errorf("glb: %w", err)
	}
	var doc shell
	if err := json.Unmarshal(text, &doc); err != nil {
		return nil, fmt.Errorf("glb: JSON: %w", err)
	}
	d, first, at, err := doc.table(bin)
	if err != nil {
		return nil, fmt.Errorf("glb: %w", err)
	}
	rows, had, _, err := d.tables(nil)
	if err != nil {
		return nil, fmt.Errorf("glb: %w", err)
	}
	realign(rows, had, attributes)
	change(rows)
	b := newBuilder(o)
	b.first = first
	if err := b.table(rows, attributes); err != nil {
		return nil, fmt.Errorf("glb: %w", err)
	}
	b.sources(sources)
	size := b.views(at)
	doc.Asset.Extras = b.doc.Asset.Extras
	doc.Extensions, doc.Buffers = b.doc.Extensions, b.doc.Buffers
	doc.BufferViews = doc.BufferViews[:first]
	for _, v := range b.doc.BufferViews {
		raw, err := json.Marshal(v)
		if err != nil {
			return nil, fmt.Errorf("glb: %w", err)
		}
		doc.BufferViews = append(doc.BufferViews, raw)
	}
	doc.uses(extMetadata, len(rows) > 0)
	doc.uses(extMeshopt, b.used[extMeshopt])
	if text, err = json.Marshal(&doc); err != nil {
		return nil, fmt.Errorf("glb: %w", err)
	}
	parts := [][]byte{bin[:min(at.at, len(bin))]}
	for _, s := range b.streams {
		parts = append(parts, s.data)
	}
	var out bytes.Buffer
	if err := container(&out, text, size, parts); err != nil {
		return nil, fmt.Errorf("glb: %w", err)
	}
	return out.Bytes(), nil
}

// realign brings the values of rows into the order of other columns.
func realign(rows []geo.FeatureRow, from, to []geo.Attribute) {
	if slices.Equal(from, to) {
		return
	}
	at := make([]int, len(to))
	for i, a := range to {
		at[i] = slices.IndexFunc(from, func(f geo.Attribute) bool { return f.Name == a.Name })
	}
	for i := range rows {
		values := make([]string, len(to))
		for k, from := range at {
			values[k] = rows[i].Value(from)
		}
		rows[i].Values = values
	}
}

// table is a document of nothing but the property table, the first of its views, and where
// its data begins.
func (s *shell) table(bin []byte) (d *document, first int, at layout, err error) {
	d = &document{Document: &gltf.Document{Extensions: s.Extensions, Buffers: s.Buffers}}
	if err := noNull("buffers", s.Buffers); err != nil {
		return nil, 0, at, err
	}
	first, at = len(s.BufferViews), layout{fallback: firstFallback}
	for i, b := range s.Buffers {
		raw, err := d.buffer(b, i == 0, bin)
		if err != nil {
			return nil, 0, at, fmt.Errorf("buffer %d: %w", i, err)
		}
		d.buffers = append(d.buffers, raw)
	}
	if len(d.Buffers) > 0 {
		at.at = d.Buffers[0].ByteLength
	}
	if len(d.Buffers) > 1 {
		at.fallback = d.Buffers[1].ByteLength
	}
	var m structuralMetadata
	if _, err := extension(d.Extensions, extMetadata, &m); err != nil {
		return nil, 0, at, err
	}
	for _, t := range m.PropertyTables {
		for _, v := range t.Properties {
			first = min(first, v.Values)
			if v.StringOffsets != nil {
				first = min(first, *v.StringOffsets)
			}
		}
	}
	if first < 0 {
		return nil, 0, at, fmt.Errorf("bufferView %d does not exist", first)
	}
	d.BufferViews = make([]*gltf.BufferView, len(s.BufferViews))
	for i := len(s.BufferViews) - 1; i >= first; i-- {
		view := new(gltf.BufferView)
		if err := json.Unmarshal(s.BufferViews[i], view); err != nil {
			return nil, 0, at, fmt.Errorf("bufferView %d: %w", i, err)
		}
		d.BufferViews[i] = view
		var packed meshoptView
		ok, err := extension(view.Extensions, extMeshopt, &packed)
		switch {
		case err != nil:
			return nil, 0, at, err
		case ok:
			at = layout{packed.ByteOffset, view.ByteOffset}
		default:
			at.at = view.ByteOffset
		}
	}
	if at.at < 0 || at.at > len(bin) {
		return nil, 0, at, fmt.Errorf("bufferView %d reaches beyond its buffer", first)
	}
	return d, first, at, nil
}

// shell is gltf.Document with the members that Retable leaves as they are unread.
type shell struct {
	Extensions         gltf.Extensions   `json:"extensions,omitempty"`
	Extras             json.RawMessage   `json:"extras,omitempty"`
	ExtensionsUsed     []string          `json:"extensionsUsed,omitempty"`
	ExtensionsRequired []string          `json:"extensionsRequired,omitempty"`
	Accessors          json.RawMessage   `json:"accessors,omitempty"`
	Animations         json.RawMessage   `json:"animations,omitempty"`
	Asset              gltf.Asset        `json:"asset"`
	Buffers            []*gltf.Buffer    `json:"buffers,omitempty"`
	BufferViews        []json.RawMessage `json:"bufferViews,omitempty"`
	Cameras            json.RawMessage   `json:"cameras,omitempty"`
	Images             json.RawMessage   `json:"images,omitempty"`
	Materials          json.RawMessage   `json:"materials,omitempty"`
	Meshes             json.RawMessage   `json:"meshes,omitempty"`
	Nodes              json.RawMessage   `json:"nodes,omitempty"`
	Samplers           json.RawMessage   `json:"samplers,omitempty"`
	Scene              json.RawMessage   `json:"scene,omitempty"`
	Scenes             json.RawMessage   `json:"scenes,omitempty"`
	Skins              json.RawMessage   `json:"skins,omitempty"`
	Textures           json.RawMessage   `json:"textures,omitempty"`
}

// uses puts an extension into the lists of what the document uses, or takes it out.
func (s *shell) uses(name string, used bool) {
	other := func(n string) bool { return n == name }
	s.ExtensionsUsed = slices.DeleteFunc(s.ExtensionsUsed, other)
	if used {
		s.ExtensionsUsed = append(s.ExtensionsUsed, name)
		slices.Sort(s.ExtensionsUsed)
	}
	if name == extMeshopt {
		s.ExtensionsRequired = slices.DeleteFunc(s.ExtensionsRequired, other)
		if used {
			s.ExtensionsRequired = append([]string{name}, s.ExtensionsRequired...)
		}
	}
}
