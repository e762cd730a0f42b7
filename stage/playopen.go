package stage

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/longtake/longtake/geo/heights"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
	"github.com/longtake/longtake/stage/generate"
)

// Open opens a package for playing.
func Open(dir string, o PlayOptions) (*Player, error) {
	doc, err := scene.Load(filepath.Join(dir, "scene.json"), layers.Types())
	if err != nil {
		return nil, err
	}
	if doc.Package == nil {
		return nil, fmt.Errorf("%s is a scene, not a package: generate it first", dir)
	}
	if doc.Package.Version != generate.PackageVersion {
		return nil, fmt.Errorf("%s: a package of version %d, this longtake plays version %d: generate it again", dir, doc.Package.Version, generate.PackageVersion)
	}
	if o.Memory == 0 {
		o.Memory = 1 << 30
	}
	p := &Player{Doc: doc, options: o, library: newLibrary(o.Memory), pictures: newPictures(o.Memory)}
	p.library.out = &p.out
	p.library.trace = o.Trace
	p.gallery = newGallery()
	p.links, p.drilled = newLinking(doc), newDrilling(doc)
	p.library.named, p.library.fields = p.links.used, fieldsOf(doc)
	if f, err := os.Open(filepath.Join(dir, generate.GroundFile)); err == nil {
		p.ground, err = heights.Read(f)
		_ = f.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", dir, err)
		}
	}
	tables := map[string]*table.Table{}
	for i := range doc.Layers {
		l := &doc.Layers[i]
		pl := &playedLayer{id: l.ID, base: l}
		if l.Table != "" {
			if tables[l.Table] == nil {
				data, err := os.ReadFile(doc.Resolve(l.Table))
				if err != nil {
					return nil, fmt.Errorf("layer %s: %w", l.ID, err)
				}
				if tables[l.Table], err = table.ReadParquet(data); err != nil {
					return nil, fmt.Errorf("layer %s: %s: %w", l.ID, l.Table, err)
				}
			}
			pl.table, pl.good = tables[l.Table], tables[l.Table]
		}
		if l.Tiles != "" {
			if pl.values, err = readValues(doc.Resolve(generate.ValuesFile(l.ID))); err != nil {
				return nil, fmt.Errorf("layer %s: %w", l.ID, err)
			}
		}
		p.layers = append(p.layers, pl)
	}
	p.reach = groundReach(p.ground, doc)
	if p.globe, err = readGlobe(doc); err != nil {
		return nil, err
	}
	if p.land, err = readLand(doc); err != nil {
		return nil, err
	}
	if name := doc.Environment.Grade; name != "" {
		if p.grade, err = readGrade(doc.Resolve(name)); err != nil {
			return nil, fmt.Errorf("environment.grade: %w", err)
		}
	}
	if name := doc.Environment.Stars; name != "" {
		if p.stars, err = readStars(doc.Resolve(name)); err != nil {
			return nil, fmt.Errorf("environment.stars: %w", err)
		}
	}
	if p.screen, err = newScreenText(o.SystemFonts); err != nil {
		return nil, err
	}
	return p, nil
}
