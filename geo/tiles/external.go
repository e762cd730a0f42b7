package tiles

import (
	"bytes"
	"fmt"
	"net/url"
	"path"
	"path/filepath"
	"strings"
)

// content adds a file, or an external tileset as a child.
func (o *opener) content(t *Tile, c contentJSON, file string, depth int) error {
	uri := c.URI
	if uri == "" {
		uri = c.URL
	}
	name, err := local(file, uri)
	if err != nil {
		return err
	}
	if o.isTileset(name) {
		child, err := o.file(name, t.Transform, t.Additive, depth+1)
		if err != nil {
			return err
		}
		t.Children = append(t.Children, child)
		return nil
	}
	out := Content{Path: name}
	if c.BoundingVolume != nil {
		v, err := c.BoundingVolume.volume(t.Transform)
		if err != nil {
			return fmt.Errorf("boundingVolume: %w", err)
		}
		out.Volume = &v
	}
	t.Content = append(t.Content, out)
	return nil
}

// isTileset tells an external tileset from other content.
func (o *opener) isTileset(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".json":
		return true
	case ".glb", ".gltf", ".b3dm", ".i3dm", ".pnts", ".cmpt":
		return false
	}
	head, err := o.source.ReadFile(name)
	if err != nil {
		return false
	}
	return bytes.HasPrefix(bytes.TrimLeft(head[:min(len(head), 64)], " \t\r\n\ufeff"), []byte("{"))
}

// local turns a URI of a file into a path relative to the tileset's folder.
func local(file, uri string) (string, error) {
	if uri == "" {
		return "", fmt.Errorf("it has no uri")
	}
	u, err := url.Parse(uri)
	if err != nil {
		return "", fmt.Errorf("uri %q: %w", uri, err)
	}
	if u.Scheme != "" || u.Host != "" {
		return "", fmt.Errorf("uri %q is not on this machine: %w; download the tileset first", uri, ErrUnsupported)
	}
	name := path.Join(path.Dir(file), u.Path)
	if path.IsAbs(u.Path) || !filepath.IsLocal(filepath.FromSlash(name)) {
		return "", fmt.Errorf("uri %q leaves the tileset's folder: %w", uri, ErrUnsupported)
	}
	return name, nil
}
