package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/longtake/longtake/layers/points"
)

// modelFacts is what a 3D model holds, as a layer of type model draws it.
type modelFacts struct {
	Parts     int        `json:"parts"`
	Triangles int        `json:"triangles"`
	Size      [3]float32 `json:"size"` // along x, y and z up, in metres
	Notes     []string   `json:"notes,omitempty"`
}

// readModel reads a model with the files that it names below its own folder.
func (i *inspection) readModel(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	m, err := points.ReadModel(path, data, func(uri string) ([]byte, error) {
		name := filepath.FromSlash(uri)
		if !filepath.IsLocal(name) {
			return nil, fmt.Errorf("%s lies outside of the model's folder", uri)
		}
		return os.ReadFile(filepath.Join(filepath.Dir(path), name))
	})
	if err != nil {
		return err
	}
	f := &modelFacts{Parts: len(m.Parts), Notes: m.Notes}
	for k := range f.Size {
		f.Size[k] = m.Max[k] - m.Min[k]
	}
	for _, p := range m.Parts {
		f.Triangles += len(p.Indices) / 3
	}
	i.Data.Model = f
	return nil
}

func (m *modelFacts) print(a *app) {
	a.printf("  model    %s, %s, %.4g × %.4g × %.4g m", count(m.Parts, "part"), count(m.Triangles, "triangle"), m.Size[0], m.Size[1], m.Size[2])
	for _, n := range m.Notes {
		a.printf("  note     %s", n)
	}
}
