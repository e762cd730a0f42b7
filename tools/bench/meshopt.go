package main

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/geo/tiles/meshopt"
)

// streams are a tile's positions as 16-bit numbers, eight bytes a vertex, and its
// triangles, in the order that they are written in.
type streams struct {
	positions []byte
	indices   []uint32
}

const vertexBytes = 8

// meshopt measures the codecs on a tile of the city beside the npm package's.
func (b *bench) meshopt() (string, error) {
	dir, err := b.pack(b.city)
	if err != nil {
		return "", err
	}
	s, err := largestMesh(filepath.Join(dir, "tiles", "buildings", "tileset.json"))
	if err != nil {
		return "", err
	}
	ours, err := s.measure()
	if err != nil {
		return "", err
	}
	theirs, err := s.peer(b.dir)
	if err != nil {
		return "", err
	}
	t := table{head: []string{"stream", "MB", "", "MB/s", "meshoptimizer's MB/s", "ratio"}}
	for _, name := range []string{"positions", "triangles"} {
		for _, step := range []string{"encode", "decode"} {
			k := name + " " + step
			size := float64(len(s.positions)) / 1e6
			if name == "triangles" {
				size = float64(4*len(s.indices)) / 1e6
			}
			t.row(name, fmt.Sprintf("%.2f", size), step, whole(size/ours[k]), whole(size/theirs[k]), fmt.Sprintf("%.2f", theirs[k]/ours[k]))
		}
	}
	return fmt.Sprintf(`The largest mesh of %s's building tiles (%d triangles), by uncompressed bytes, on one
core: the codecs here in Go, and those of npm meshoptimizer in WebAssembly under Node, whose
decoders use SIMD. Best of the repetitions of half a second each.

%s
Encoded bytes / meshoptimizer's: positions %.3f, triangles %.3f.
`, b.cityName, len(s.indices)/3, &t, ours["positions bytes"]/theirs["positions bytes"], ours["triangles bytes"]/theirs["triangles bytes"]), nil
}

func largestMesh(tileset string) (best streams, err error) {
	set, err := tiles.Open(tileset)
	if err != nil {
		return best, err
	}
	return best, set.Walk(func(t *tiles.Tile) error {
		contents, err := set.Load(t)
		for _, c := range contents {
			for i := range c.Meshes {
				if m := &c.Meshes[i]; len(m.Indices) > len(best.indices) {
					best.indices = append(best.indices[:0], m.Indices...)
					best.positions = quantize(best.positions[:0], m.Positions)
				}
			}
		}
		return err
	})
}

// quantize spreads the positions over 16 bits in each direction.
func quantize(out []byte, positions [][3]float32) []byte {
	low, high := [3]float32{math.MaxFloat32, math.MaxFloat32, math.MaxFloat32}, [3]float32{-math.MaxFloat32, -math.MaxFloat32, -math.MaxFloat32}
	for _, p := range positions {
		for k := range p {
			low[k], high[k] = min(low[k], p[k]), max(high[k], p[k])
		}
	}
	size := max(high[0]-low[0], high[1]-low[1], high[2]-low[2], 1e-3)
	for _, p := range positions {
		for k := range p {
			out = binary.LittleEndian.AppendUint16(out, uint16((p[k]-low[k])/size*math.MaxUint16))
		}
		out = append(out, 0, 0)
	}
	return out
}

// measure gives the seconds of each step, and the encoded bytes.
func (s *streams) measure() (map[string]float64, error) {
	out := map[string]float64{}
	var failed error
	best := func(name string, step func() error) {
		shortest := math.Inf(1)
		for began := time.Now(); time.Since(began) < time.Second/2; {
			t := time.Now()
			if err := step(); err != nil {
				failed = err
				return
			}
			shortest = min(shortest, time.Since(t).Seconds())
		}
		out[name] = shortest
	}
	var positions, triangles []byte
	best("positions encode", func() (err error) {
		positions, err = meshopt.AppendAttributes(positions[:0], s.positions, vertexBytes)
		return err
	})
	best("triangles encode", func() (err error) { triangles, err = meshopt.AppendTriangles(triangles[:0], s.indices); return err })
	data, indices := make([]byte, len(s.positions)), make([]uint32, len(s.indices))
	best("positions decode", func() error { return meshopt.DecodeAttributes(data, positions, vertexBytes) })
	best("triangles decode", func() error { return meshopt.DecodeTriangles(indices, triangles) })
	out["positions bytes"], out["triangles bytes"] = float64(len(positions)), float64(len(triangles))
	return out, failed
}

// peer measures the same with npm meshoptimizer, in the same way.
func (s *streams) peer(dir string) (out map[string]float64, err error) {
	vertices, triangles := filepath.Join(dir, "vertices"), filepath.Join(dir, "triangles")
	if err := os.WriteFile(vertices, s.positions, 0o644); err != nil {
		return nil, err
	}
	var raw []byte
	for _, i := range s.indices {
		raw = binary.LittleEndian.AppendUint32(raw, i)
	}
	if err := os.WriteFile(triangles, raw, 0o644); err != nil {
		return nil, err
	}
	text, err := output(exec.Command("node", "tools/bench/meshopt.mjs", vertices, fmt.Sprint(vertexBytes), triangles))
	if err != nil {
		return nil, fmt.Errorf("meshoptimizer did not run (npm ci brings it): %w", err)
	}
	return out, json.Unmarshal(text, &out)
}
