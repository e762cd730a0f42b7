package sample

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
)

var districts = []struct {
	name   string
	r, phi float64
}{
	{"Baixa", 1250, 1.95}, {"Alfândega", 1300, 2.75}, {"Jardim", 1350, 0.95}, {"Ribeira", 1250, 0.05},
	{"Alto da Sé", 1950, 1.6}, {"Moinhos", 2300, 2.5}, {"Oliveiras", 2400, 0.6}, {"Miradouro", 2900, 1.9},
}

// places are labels: name, position, population, and what stands there by its use.
func (c *city) places() []byte {
	var b bytes.Buffer
	b.WriteString("name,lng,lat,population,homes,offices,shops\n")
	for i, d := range districts {
		p := at(d.r, d.phi)
		lng, lat := c.lngLat(p[0], p[1])
		people := 4000 + int(c.rnd.unit(i, 31)*22000)
		homes := people * 2 / 5
		offices := int(float64(people) * (0.1 + 0.5*c.rnd.unit(i, 35)) * 1400 / d.r)
		fmt.Fprintf(&b, "%s,%.7f,%.7f,%d,%d,%d,%d\n", d.name, lng, lat, people, homes, offices, int(float64(people)*(0.06+0.2*c.rnd.unit(i, 36))))
	}
	return b.Bytes()
}

// sensors are columns along the quay: one reading of power use each.
func (c *city) sensors() []byte {
	var b bytes.Buffer
	b.WriteString("id,lng,lat,megawatt\n")
	for i := range 40 {
		phi := phiFrom + 0.35 + float64(i)*(phiTo-phiFrom-0.7)/39
		p := at(1100+900*c.rnd.unit(i, 33), phi)
		lng, lat := c.lngLat(p[0], p[1])
		r, _ := polar(p[0], p[1])
		fmt.Fprintf(&b, "S%02d,%.7f,%.7f,%.2f\n", i+1, lng, lat, 0.4+5*downtown(r, phi)+1.5*c.rnd.unit(i, 32))
	}
	return b.Bytes()
}

// flows are commuter counts from the business district to the other districts.
func (c *city) flows() []byte {
	var b bytes.Buffer
	b.WriteString("from,to,lng,lat,lng2,lat2,people\n")
	for i, from := range districts {
		for j, to := range districts {
			if i == j || i > 1 {
				continue
			}
			p, q := at(from.r, from.phi), at(to.r, to.phi)
			lng, lat := c.lngLat(p[0], p[1])
			lng2, lat2 := c.lngLat(q[0], q[1])
			fmt.Fprintf(&b, "%s,%s,%.7f,%.7f,%.7f,%.7f,%d\n", from.name, to.name, lng, lat, lng2, lat2, 300+int(c.rnd.unit(i, j, 34)*4200))
		}
	}
	return b.Bytes()
}

// trips are vehicles on the arcs and ferries in the bay: paths with a time stamp in
// seconds at each vertex.
func (c *city) trips() ([]byte, error) {
	type trip struct {
		Kind       string       `json:"kind"`
		Path       [][2]float64 `json:"path"`
		Timestamps []float64    `json:"timestamps"`
	}
	var out []trip
	add := func(kind string, start, speed float64, line []point) {
		t := trip{Kind: kind}
		for i, p := range line {
			if i > 0 {
				start += math.Hypot(p[0]-line[i-1][0], p[1]-line[i-1][1]) / speed
			}
			lng, lat := c.lngLat(p[0], p[1])
			t.Path = append(t.Path, [2]float64{lng, lat})
			t.Timestamps = append(t.Timestamps, math.Round(start*100)/100)
		}
		out = append(out, t)
	}
	for i := range 160 {
		k := int(c.rnd.unit(i, 41) * c.rnd.unit(i, 42) * 14)
		from, span := c.rnd.between(phiFrom+0.5, phiTo-0.7, i, 43), c.rnd.between(0.25, 0.9, i, 44)
		if c.rnd.unit(i, 45) < 0.5 {
			span = -span
		}
		var line []point
		for s := range 41 {
			phi := from + span*float64(s)/40
			p := at(c.arcRadius(k), phi)
			if phi < phiFrom || phi > phiTo || !c.buildable(p) {
				break
			}
			line = append(line, p)
		}
		if len(line) > 6 {
			add("car", c.rnd.between(-40, 12, i, 46), c.rnd.between(13, 24, i, 47), line)
		}
	}
	for i := range 6 {
		a, b := at(bayRadius-60, 0.2+0.5*float64(i)), at(bayRadius-60, 2.9-0.37*float64(i))
		if i%2 == 1 {
			b = point{40 * float64(i), -3200}
		}
		var line []point
		for s := range 33 {
			t := float64(s) / 32
			sag := 200 * math.Sin(math.Pi*t)
			line = append(line, point{a[0] + (b[0]-a[0])*t, a[1] + (b[1]-a[1])*t - sag})
		}
		add("ferry", -60+15*float64(i), 14, line)
	}
	return json.Marshal(out)
}

// zones are the districts as polygons with a value, for a choropleth.
func (c *city) zones() ([]byte, error) {
	type feature struct {
		Type       string         `json:"type"`
		Properties map[string]any `json:"properties"`
		Geometry   map[string]any `json:"geometry"`
	}
	var fs []feature
	for ring := range 3 {
		r0, r1 := bayRadius+40+750*float64(ring), bayRadius+40+750*float64(ring+1)
		for s := range 6 {
			p0, p1 := phiFrom+0.3+float64(s)*0.6, phiFrom+0.3+float64(s+1)*0.6
			var pts [][2]float64
			add := func(r, phi float64) {
				p := at(r, phi)
				lng, lat := c.lngLat(p[0], p[1])
				pts = append(pts, [2]float64{lng, lat})
			}
			for i := range 9 {
				add(r0, p1+(p0-p1)*float64(i)/8)
			}
			for i := range 9 {
				add(r1, p0+(p1-p0)*float64(i)/8)
			}
			pts = append(pts, pts[0])
			fs = append(fs, feature{"Feature", map[string]any{"zone": fmt.Sprintf("Z%d%d", ring+1, s+1), "rent": 8 + math.Round(c.rnd.unit(ring, s, 51)*200)/10},
				map[string]any{"type": "Polygon", "coordinates": [][][2]float64{pts}}})
		}
	}
	return json.Marshal(map[string]any{"type": "FeatureCollection", "features": fs})
}
