package globe

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/akhenakh/sgp4"
	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "satellites", Group: "globe", Doc: "satellites and their orbits by SGP4, at the scene's date, from two-line elements or OMM",
	New: func() any {
		return &Satellites{Color: scene.Color{255, 220, 120, 255}, OrbitColor: scene.Color{90, 170, 255, 255}, Size: 90e3, Emission: 1.5, Orbits: 0.5}
	},
	Examples: []scene.Example{{Layer: `elements: ["ISS (ZARYA)\n1 25544U 98067A   26172.50000000  .00016717  00000-0  10270-3 0  9000\n2 25544  51.6400 208.9163 0006317  69.9862  25.2906 15.49815350    10", "POLAR\n1 40000U 14001A   26172.50000000  .00000100  00000-0  50000-4 0  9005\n2 40000  98.2000  40.0000 0010000  90.0000 270.0000 14.20000000    16"], size: 150000`,
		Camera: `{lng: 15, lat: 25, height: 1.8e7, pitch: -90}`, Time: morning}},
})

// Satellites are points that move along their orbits.
type Satellites struct {
	File       string      `json:"file" format:"path" fixed:"true" doc:"two-line elements, or OMM as JSON"`
	Elements   []string    `json:"elements" fixed:"true" doc:"two-line elements, each with its name in a line before, in place of a file"`
	Color      scene.Color `json:"color" doc:"colour of a satellite"`
	OrbitColor scene.Color `json:"orbitColor" doc:"colour of its orbit"`
	Size       float64     `json:"size" above:"0" max:"1e6" unit:"m" doc:"diameter of a satellite"`
	Emission   float64     `json:"emission" min:"0" max:"100" doc:"brightness"`
	Orbits     float64     `json:"orbits" min:"0" max:"1" doc:"how bright orbits are beside the satellites; 0 draws none"`
	Speed      float64     `json:"speed" min:"-1e6" max:"1e6" doc:"seconds that go by for each of the scene's on top of it, to see them move: 60 is a minute a second"`
}

const (
	maxSatellites = 20000
	orbitPoints   = 240
	maxOrbits     = 60000 // points of all orbits
)

// Files names the file, for packages.
func (p *Satellites) Files() []*string {
	if p.File == "" {
		return nil
	}
	return []*string{&p.File}
}

// Draw reads the elements; where satellites are follows from the time.
func (p *Satellites) Draw(c *layer.Context) ([]drawable.Draw, error) {
	text := []byte(strings.Join(p.Elements, "\n"))
	if p.File != "" {
		var err error
		if text, err = c.Open(p.File); err != nil {
			return nil, err
		}
	}
	if len(bytes.TrimSpace(text)) == 0 {
		c.Skip(c.Layer.ID, "no file of two-line elements or OMM, and no elements")
		return nil, nil
	}
	all, err := readElements(text, c.Skip)
	if err != nil {
		return nil, err
	}
	m := &drawable.Moving{Frame: mgl64.Ident4(), At: func(i drawable.Instant) drawable.Copies {
		return drawable.Copies{Lights: p.lights(all, i)}
	}}
	return []drawable.Draw{{What: m}}, nil
}

// lights are the satellites and the points of their orbits at an instant.
func (p *Satellites) lights(all []*sgp4.TLE, i drawable.Instant) (out []drawable.PointVertex) {
	now := i.Clock.Add(time.Duration(p.Speed * i.Time * float64(time.Second)))
	turn := mgl64.Rotate3DZ(-earth.SiderealAngle(now)) // to what turns with the Earth
	points := 0
	if p.Orbits > 0 {
		points = min(orbitPoints, maxOrbits/max(len(all), 1))
	}
	dim := p.OrbitColor
	for k := range 3 {
		dim[k] = uint8(float64(dim[k]) * p.Orbits)
	}
	for _, s := range all {
		add := func(at time.Time, size float64, color scene.Color) bool {
			v, ok := place(s, at)
			if ok {
				v = turn.Mul3x1(v)
				out = append(out, drawable.PointVertex{Position: [3]float32{float32(v[0]), float32(v[1]), float32(v[2])}, Size: float32(size), Color: color, Feature: drawable.NoFeature})
			}
			return ok
		}
		if !add(now, p.Size, p.Color) {
			continue
		}
		period := 24 * float64(time.Hour) / s.MeanMotion
		for k := range points {
			add(now.Add(time.Duration(period*float64(k)/float64(points))), p.Size*0.3, dim)
		}
	}
	return out
}

// place is where a satellite is at a time, metres in the frame of the true equator and the
// mean equinox; ok is false where it has come down.
func place(s *sgp4.TLE, at time.Time) (mgl64.Vec3, bool) {
	e, err := s.FindPosition(at.Sub(s.EpochTime()).Minutes())
	v := mgl64.Vec3{e.Position.X, e.Position.Y, e.Position.Z}.Mul(1000)
	r := v.Len()
	return v, err == nil && r > earth.B && r < 1e8
}

// deepSpace is the revolutions a day below which orbits need the terms of deep space, which
// are not computed here.
const deepSpace = 24 * 60 / 225.0

// readElements reads two-line elements with or without names, or a JSON list of OMM
// (CCSDS 502.0). What cannot be read is skipped.
func readElements(text []byte, skip func(id, reason string)) (out []*sgp4.TLE, err error) {
	add := func(id string, t *sgp4.TLE, err error) {
		switch {
		case err != nil:
			skip(id, "elements that cannot be read")
		case !(t.MeanMotion >= deepSpace && t.MeanMotion < 20 && t.Eccentricity >= 0 && t.Eccentricity < 1):
			skip(id, "an orbit of 225 minutes or more: deep space is not computed")
		case len(out) == maxSatellites:
			skip(id, "more than "+strconv.Itoa(maxSatellites)+" satellites")
		default:
			out = append(out, t)
		}
	}
	if trimmed := bytes.TrimSpace(text); bytes.HasPrefix(trimmed, []byte("[")) || bytes.HasPrefix(trimmed, []byte("{")) {
		if trimmed[0] == '{' {
			trimmed = append(append([]byte{'['}, trimmed...), ']')
		}
		list, err := sgp4.ParseOMMs(trimmed)
		if err != nil {
			return nil, fmt.Errorf("OMM: %w", err)
		}
		for i := range list {
			t, err := list[i].ToTLE()
			add(list[i].ObjectName, t, err)
		}
		return out, nil
	}
	name, first := "", ""
	for _, line := range strings.Split(string(text), "\n") {
		line = strings.TrimRight(line, " \r\t")
		switch {
		case strings.HasPrefix(line, "1 ") && len(line) >= 61:
			first = line
		case strings.HasPrefix(line, "2 ") && first != "":
			t, err := parse(first + "\n" + line)
			if name == "" {
				name = strings.TrimSpace(first[2:7])
			}
			add(name, t, err)
			name, first = "", ""
		default:
			name = strings.TrimSpace(line)
		}
	}
	if len(out) == 0 {
		return nil, errors.New("no two-line elements of orbits below 225 minutes: two lines that begin with 1 and 2, or OMM as JSON, are read")
	}
	return out, nil
}

// parse reads two lines; columns that are cut off are an error.
func parse(lines string) (t *sgp4.TLE, err error) {
	defer func() {
		if r := recover(); r != nil {
			t, err = nil, fmt.Errorf("elements: %v", r)
		}
	}()
	t, err = sgp4.ParseTLE(lines)
	if err == nil && (math.IsNaN(t.MeanMotion) || math.IsNaN(t.Eccentricity)) {
		err = errors.New("elements: not a number")
	}
	return t, err
}
