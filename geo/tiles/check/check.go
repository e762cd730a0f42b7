package check

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"path"
	"path/filepath"
	"strings"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/geo/tiles/glb"
)

// Tolerance is how far in metres a thing may reach out of its volume.
const Tolerance = 1e-3

// Tileset checks a tileset, in a folder or an archive (3TZ), all external tilesets that it
// names and all contents. The error says that the file itself cannot be read; what is wrong in it is in the list,
// errors first.
func Tileset(file string) ([]Issue, error) {
	read, root, release, err := tiles.Files(file)
	if err != nil {
		return nil, fmt.Errorf("check: %s: %w", file, err)
	}
	defer release()
	data, err := read(root)
	if err != nil {
		return nil, fmt.Errorf("check: %s: %w", file, err)
	}
	c := checker{read: read, seen: map[string]bool{}}
	c.json(root, data, false)
	if len(Errors(c.issues)) > 0 {
		return sorted(c.issues), nil // the tree is not worth walking
	}
	set, err := tiles.Open(file)
	switch {
	case errors.Is(err, tiles.ErrUnsupported), errors.Is(err, fs.ErrNotExist) && strings.Contains(err.Error(), ".subtree"):
		c.add(Warning, root, "contents are not checked: %v", err)
	case err != nil:
		c.add(Error, root, "%v", err)
	default:
		c.set = set
		c.tile(set.Root, nil)
	}
	return sorted(c.issues), nil
}

type checker struct {
	read   func(name string) ([]byte, error)
	set    *tiles.Tileset
	seen   map[string]bool
	issues []Issue
}

func (c *checker) add(s Severity, where, format string, args ...any) {
	c.issues = append(c.issues, Issue{s, where, fmt.Sprintf(format, args...)})
}

// json checks the structure of one file and of the tilesets that it refers to.
func (c *checker) json(name string, data []byte, external bool) {
	c.seen[name] = true
	s := structure{report: report{file: name}, external: external}
	v, err := decodeJSON(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")))
	if err != nil {
		c.add(Error, name, "is not JSON: %v", err)
		return
	}
	s.tileset(v)
	c.issues = append(c.issues, s.issues...)
	doc, _ := v.(object)
	root, _ := doc["root"].(object)
	c.references(name, root)
}

// references follows the external tilesets of a tile and its children.
func (c *checker) references(name string, tile object) {
	list, _ := tile["contents"].([]any)
	for _, v := range append([]any{tile["content"]}, list...) {
		o, _ := v.(object)
		uri, _ := o["uri"].(string)
		next := path.Join(path.Dir(name), uri)
		if path.Ext(uri) != ".json" || !filepath.IsLocal(filepath.FromSlash(next)) || c.seen[next] {
			continue
		}
		if data, err := c.read(next); err != nil {
			c.add(Error, name, "external tileset: %v", err)
		} else {
			c.json(next, data, true)
		}
	}
	kids, _ := tile["children"].([]any)
	for _, k := range kids {
		o, _ := k.(object)
		c.references(name, o)
	}
}

// tile checks a tile within the volumes of all tiles above it.
func (c *checker) tile(t *tiles.Tile, above []tiles.Volume) {
	where := fmt.Sprintf("tile %d", t.Index)
	if len(t.Content) > 0 {
		where = t.Content[0].Path
	}
	if len(above) > 0 {
		if d := outside(t.Volume, above[len(above)-1]); d > Tolerance {
			c.add(Warning, where, "the volume reaches %.3g m out of the parent's", d)
		}
	}
	above = append(above[:len(above):len(above)], t.Volume)
	for _, content := range t.Content {
		c.content(t, content, above)
	}
	for _, child := range t.Children {
		if child.GeometricError > t.GeometricError*(1+1e-12) {
			c.add(Error, where, "a child's geometric error %v is above its parent's %v", child.GeometricError, t.GeometricError)
		}
		c.tile(child, above)
	}
}

// outside is how far the corners of a box, or the surface of a sphere, reach out of a
// volume.
func outside(in, of tiles.Volume) float64 {
	if in.Region != nil && of.Region != nil {
		return outsideRegion(*in.Region, *of.Region)
	}
	if in.Half == ([3]mgl64.Vec3{}) {
		if of.Half == ([3]mgl64.Vec3{}) {
			return in.Center.Sub(of.Center).Len() + in.Radius - of.Radius
		}
		d := of.Distance(in.Center)
		for _, h := range of.Half { // how far the sphere reaches beyond each pair of sides
			if l := h.Len(); l > 0 {
				d = max(d, math.Abs(in.Center.Sub(of.Center).Dot(h))/l+in.Radius-l)
			}
		}
		return d
	}
	d := 0.0
	for _, p := range in.Corners() {
		d = max(d, of.Distance(p))
	}
	return d
}

func (c *checker) content(t *tiles.Tile, content tiles.Content, above []tiles.Volume) {
	data, err := c.set.ReadFile(content.Path)
	if err != nil {
		c.add(Error, content.Path, "%v", err)
		return
	}
	if content.Volume != nil {
		if d := outside(*content.Volume, t.Volume); d > Tolerance {
			c.add(Error, content.Path, "the content's volume reaches %.3g m out of the tile's", d)
		}
		above = append(above[:len(above):len(above)], *content.Volume)
	}
	one := *t
	one.Content = []tiles.Content{content}
	loaded, err := c.set.Load(&one)
	if err != nil {
		if errors.Is(err, glb.ErrUnsupported) || errors.Is(err, tiles.ErrUnsupported) {
			c.add(Warning, content.Path, "the content is not checked: %v", err)
		} else {
			c.add(Error, content.Path, "%v", err)
		}
		return
	}
	for _, l := range loaded {
		for _, n := range l.Notes {
			c.add(Warning, content.Path, "left out: %s", n)
		}
	}
	if strings.HasPrefix(string(data), "glTF") {
		for _, i := range GLB(data) {
			c.add(i.Severity, content.Path+i.Path, "%s", i.Message)
		}
	}
	far := 0.0
	for _, m := range loaded[0].Meshes {
		for _, p := range m.Positions {
			q := loaded[0].Frame.FromLocal(mgl64.Vec3{float64(p[0]), float64(p[1]), float64(p[2])})
			for _, v := range above {
				far = max(far, v.Distance(q))
			}
		}
	}
	if far > Tolerance {
		c.add(Error, content.Path, "a vertex lies %.3g m outside of the volumes around it", far)
	}
}
