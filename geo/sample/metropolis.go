package sample

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"

	"github.com/longtake/longtake/geo/earth"
)

// The plain of the metropolis: so far from the centre of its arcs that they are straight.
const (
	plainRadius = 4e7   // metres
	plainBlock  = 108.0 // metres between the middles of two streets
	plainSide   = 700   // blocks: what fits on the elevation's one degree
)

// Metropolis writes a city of side × side blocks on hilly ground into a folder: town
// houses, villas and parks without end round a centre of towers every four kilometres,
// with the streets between them, as GeoJSON with a feature a line and the keys of
// OpenStreetMap, and its elevation. It is as large as a measurement wants it; a smaller
// one is the middle of a larger one. The files' paths are returned; a file appears
// whole or not at all.
func Metropolis(dir string, seed uint32, side int) ([]string, error) {
	if side < 1 || side > plainSide {
		return nil, fmt.Errorf("sample: a metropolis of %d blocks a side: 1 to %d are allowed", side, plainSide)
	}
	m := &metropolis{city: city{frame: earth.FrameAt(Center), rnd: noise(seed * 2654435761)}, side: side}
	city, relief := filepath.Join(dir, "metropolis.geojsonl"), filepath.Join(dir, hgtName)
	if err := whole(city, m.write); err != nil {
		return nil, err
	}
	return []string{city, relief}, whole(relief, m.relief)
}

// whole writes a file under another name until it is done.
func whole(path string, write func(io.Writer) error) (err error) {
	f, err := os.Create(path + ".part")
	if err != nil {
		return fmt.Errorf("sample: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("sample: %s: %w", path, err), os.Remove(f.Name()))
		}
	}()
	w := bufio.NewWriterSize(f, 1<<20)
	if err := errors.Join(write(w), w.Flush(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

type metropolis struct {
	city
	side int
	out  *json.Encoder
	next int // number of the next feature
}

func (m *metropolis) write(w io.Writer) error {
	m.out = json.NewEncoder(w)
	from := -m.side / 2
	for k := from; k < from+m.side; k++ {
		for i := from; i < from+m.side; i++ {
			m.osm = &osm{city: &m.city, at: map[[2]int64]int64{}, origin: point{plainRadius, 0}}
			m.streetsOf(k, i)
			m.block(plain(k, i))
			if err := m.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

// plain is the cell of row k and column i, to the streets' middle.
func plain(k, i int) block {
	r, p := plainRadius+float64(k)*plainBlock, float64(i)*plainBlock/plainRadius
	return block{k, i, r, r + plainBlock, p, p + plainBlock/plainRadius}
}

// streetsOf draws the two streets that a block owns; they end where others begin.
func (m *metropolis) streetsOf(k, i int) {
	b := plain(k, i)
	street := func(from, to point, n int, name string) {
		class, lanes := "residential", "2"
		switch {
		case n%16 == 0:
			class, lanes = "primary", "4"
		case n%4 == 0:
			class = "secondary"
		}
		m.osm.line([]point{from, to}, "highway", class, "lanes", lanes, "name", name)
	}
	street(at(b.r0, b.p0), at(b.r0, b.p1), k, fmt.Sprintf("Via %d", k))
	street(at(b.r0, b.p0), at(b.r1, b.p0), i, fmt.Sprintf("Rua %d", i))
}

// block puts towers on the centres, which lie four kilometres apart, then town houses,
// villas between them, and parks anywhere.
func (m *metropolis) block(b block) {
	const apart = 37 // blocks
	away := math.Hypot(math.Remainder(float64(b.k), apart), math.Remainder(float64(b.i), apart))
	down := smoothstep(5.5, 1, away)
	switch u := m.rnd.unit(b.k, b.i, 1); {
	case u < 0.05:
		m.parkBlock(b)
	case down > 0 && m.rnd.unit(b.k, b.i, 2) < 0.2+0.8*down:
		m.towerBlock(b.inset(11), down)
	case away < 13+3*m.rnd.value(float64(b.k)/6, float64(b.i)/6):
		m.townBlock(b.inset(8), 7-3*smoothstep(3, 13, away))
	default:
		m.villaBlock(b.inset(8))
	}
}

// flush writes what the block has collected.
func (m *metropolis) flush() error {
	type object = map[string]any
	feature := func(t tags, kind string, coordinates any) error {
		properties := map[string]string{}
		for i := 0; i+1 < len(t); i += 2 {
			properties[t[i]] = t[i+1]
		}
		m.next++
		return m.out.Encode(object{"type": "Feature", "id": m.next, "properties": properties, "geometry": object{"type": kind, "coordinates": coordinates}})
	}
	for _, n := range m.osm.nodes {
		if len(n.tags) == 0 {
			continue
		}
		if err := feature(n.tags, "Point", point{n.lng, n.lat}); err != nil {
			return err
		}
	}
	for _, w := range m.osm.ways {
		line := make([]point, len(w.refs))
		for i, ref := range w.refs {
			n := &m.osm.nodes[ref-1]
			line[i] = point{n.lng, n.lat}
		}
		kind, coordinates := "LineString", any(line)
		if w.refs[0] == w.refs[len(w.refs)-1] {
			kind, coordinates = "Polygon", [][]point{line}
		}
		if err := feature(w.tags, kind, coordinates); err != nil {
			return err
		}
	}
	return nil
}

// relief writes gentle hills as an SRTM tile.
func (m *metropolis) relief(w io.Writer) error {
	const n = 1201
	row := make([]byte, 2*n)
	for j := range n {
		for i := range n {
			h := 60 + 50*m.rnd.fbm(float64(i)/25, float64(j)/25, 3)
			binary.BigEndian.PutUint16(row[2*i:], uint16(int16(math.Round(h))))
		}
		if _, err := w.Write(row); err != nil {
			return err
		}
	}
	return nil
}
