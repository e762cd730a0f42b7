package load

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/gdal"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// cloudPoint is a point as it is written.
type cloudPoint struct {
	x, y, z        int32
	intensity      uint16
	nth, of, class byte
	withheld       bool
	time           float64
	red, green     uint16
}

// writeLAS makes a point cloud of a format; keys are a GeoTIFF key directory.
func writeLAS(format int, scale, shift [3]float64, keys []uint16, points []cloudPoint) []byte {
	le := binary.LittleEndian
	size, minor := 227, byte(2)
	if format >= 6 {
		size, minor = 375, 4
	}
	head := make([]byte, size)
	copy(head, "LASF")
	head[24], head[25] = 1, minor
	le.PutUint16(head[94:], uint16(size))
	var records []byte
	if keys != nil {
		records = make([]byte, 54)
		copy(records[2:], "LASF_Projection")
		le.PutUint16(records[18:], 34735)
		le.PutUint16(records[20:], uint16(2*len(keys)))
		for _, k := range keys {
			records = le.AppendUint16(records, k)
		}
		le.PutUint32(head[100:], 1)
	}
	length := lasShapes[format].least + 2 // two bytes of its maker's own
	le.PutUint32(head[96:], uint32(size+len(records)))
	head[104] = byte(format)
	le.PutUint16(head[105:], uint16(length))
	if format < 6 {
		le.PutUint32(head[107:], uint32(len(points)))
	} else {
		le.PutUint64(head[247:], uint64(len(points)))
	}
	for k := range 3 {
		le.PutUint64(head[131+8*k:], math.Float64bits(scale[k]))
		le.PutUint64(head[155+8*k:], math.Float64bits(shift[k]))
	}
	out := append(head, records...)
	for _, p := range points {
		b := make([]byte, length)
		le.PutUint32(b, uint32(p.x))
		le.PutUint32(b[4:], uint32(p.y))
		le.PutUint32(b[8:], uint32(p.z))
		le.PutUint16(b[12:], p.intensity)
		if format < 6 {
			b[14], b[15], b[16] = p.nth|p.of<<3, p.class, 0xf6 // -10°
			if p.withheld {
				b[15] |= 0x80
			}
		} else {
			b[14], b[16] = p.nth|p.of<<4, p.class
			le.PutUint16(b[18:], 0x10000-2500) // of 0.006°
			if p.withheld {
				b[15] |= 4
			}
		}
		s := lasShapes[format]
		if s.time > 0 {
			le.PutUint64(b[s.time:], math.Float64bits(p.time))
		}
		if s.color > 0 {
			le.PutUint16(b[s.color:], p.red)
			le.PutUint16(b[s.color+2:], p.green)
		}
		out = append(out, b...)
	}
	return out
}

// cloud are four points, of which one is withheld.
var cloud = []cloudPoint{
	{x: 100, y: 200, z: 1500, intensity: 700, nth: 1, of: 2, class: 6, time: 12.5, red: 65535, green: 256},
	{x: 150, y: 250, z: -250, intensity: 9, nth: 2, of: 2, class: 2, time: 13, red: 4096},
	{x: 1, y: 2, z: 3, class: 2, withheld: true},
	{x: -100, y: -200, z: 0, nth: 1, of: 1, class: 31, time: 14},
}

func readCloud(t *testing.T, data []byte, src scene.Source, o Options) (*table.Table, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.las")
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
	if can, err := Can(t.Context(), path, &src); !can || err != nil {
		t.Fatal(can, err)
	}
	return File(t.Context(), path, &src, o)
}

// Points of every format are read with what it holds, to the figure.
func TestPointClouds(t *testing.T) {
	for format := range lasShapes {
		r := geo.NewReport()
		out, err := readCloud(t, writeLAS(format, [3]float64{1e-4, 1e-4, 0.01}, [3]float64{4, 52, 40}, nil, cloud), scene.Source{Type: "table"}, Options{Report: r})
		if err != nil {
			t.Fatal(format, err)
		}
		var got []string
		for i := range out.Rows() {
			p := out.Geometry[i].(orb.Point)
			s := fmt.Sprintf("%s %.4f %.4f %s", out.IDs[i], p[0], p[1], out.Find("class").Texts[i])
			for _, name := range []string{"height", "intensity", "code", "return", "returns", "angle"} {
				s += fmt.Sprintf(" %.6g", out.Find(name).Numbers[i])
			}
			if c := out.Find("gpstime"); (c != nil) != (lasShapes[format].time > 0) {
				t.Errorf("format %d: times %v", format, c)
			} else if c != nil {
				s += fmt.Sprintf(" at %g", c.Numbers[i])
			}
			if c := out.Find("color"); (c != nil) != (lasShapes[format].color > 0) {
				t.Errorf("format %d: colours %v", format, c)
			} else if c != nil {
				s += " " + c.Texts[i]
			}
			got = append(got, s)
		}
		angle, time, color := "-10", [3]string{}, [3]string{}
		if format >= 6 {
			angle = "-15"
		}
		if lasShapes[format].time > 0 {
			time = [3]string{" at 12.5", " at 13", " at 14"}
		}
		if lasShapes[format].color > 0 {
			color = [3]string{" #ff0100", " #100000", " #000000"}
		}
		want := []string{
			"1 4.0100 52.0200 building 55 700 6 1 2 " + angle + time[0] + color[0],
			"2 4.0150 52.0250 ground 37.5 9 2 2 2 " + angle + time[1] + color[1],
			"4 3.9900 51.9800 31 40 0 31 1 1 " + angle + time[2] + color[2],
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("format %d:\n%s\nwanted:\n%s", format, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		if out := r.Summary().Skipped; len(out) != 1 || out[0].Reason != lasWithheld || out[0].Count != 1 {
			t.Errorf("format %d: left out: %v", format, out)
		}
	}
	in, err := readCloud(t, writeLAS(1, [3]float64{1e-4, 1e-4, 0.01}, [3]float64{4, 52, 40}, nil, cloud), scene.Source{Type: "table"}, Options{BBox: &geo.Bound{West: 4, South: 52, East: 4.012, North: 53}})
	if err != nil || len(in.IDs) != 1 || in.IDs[0] != "1" {
		t.Errorf("in a box: %v %v", in, err)
	}
}

// A projected cloud comes to its place by its own keys, or by the source's crs.
func TestPointCloudsArePlaced(t *testing.T) {
	if err := gdal.Available(); err != nil {
		t.Skip(err)
	}
	points := []cloudPoint{{x: 500_000_00, y: 5_400_000_00, z: 100_00}}
	utm := []uint16{3072, 0, 1, 32632}
	feet, survey := []uint16{4099, 0, 1, 9002}, []uint16{4099, 0, 1, 9003}
	local := "local"
	for name, c := range map[string]struct {
		keys [][]uint16
		src  scene.Source
		want float64 // m
	}{
		"its own":              {[][]uint16{utm}, scene.Source{Datum: local}, 100},
		"the source's":         {nil, scene.Source{CRS: "EPSG:32632", Datum: local}, 100},
		"the source's wins":    {[][]uint16{{3072, 0, 1, 2263}, {4096, 0, 1, 9999}}, scene.Source{CRS: "EPSG:32632", Datum: local}, 100},
		"feet":                 {[][]uint16{utm, feet}, scene.Source{Datum: local}, 30.48},
		"feet above a datum":   {[][]uint16{utm, {4096, 0, 1, 5703}, feet}, scene.Source{Datum: local}, 30.48},
		"a vertical in feet":   {[][]uint16{utm, {4096, 0, 1, 6360}}, scene.Source{Datum: local}, 100 * 1200. / 3937},
		"the source's in feet": {[][]uint16{utm}, scene.Source{CRS: "EPSG:32632+8228", Datum: local}, 30.48},
		"source of metres":     {[][]uint16{feet}, scene.Source{CRS: "EPSG:32632+5703", Datum: local}, 100},
		"above the ellipsoid":  {[][]uint16{utm, {4096, 0, 1, 5030}, survey}, scene.Source{}, 100 * 1200. / 3937},
		"an old number":        {[][]uint16{utm, {4096, 0, 1, 5103}}, scene.Source{Datum: local}, 100},
		"an unknown vertical":  {[][]uint16{utm, {4096, 0, 1, 9999}}, scene.Source{Datum: local}, 100},
	} {
		keys := []uint16{1, 1, 0, uint16(len(c.keys))}
		for _, k := range c.keys {
			keys = append(keys, k...)
		}
		c.src.Type = "table"
		r := geo.NewReport()
		out, err := readCloud(t, writeLAS(0, [3]float64{0.01, 0.01, 0.01}, [3]float64{}, keys, points), c.src, Options{Report: r})
		if err != nil {
			t.Error(name, err)
			continue
		}
		p := out.Geometry[0].(orb.Point)
		if math.Abs(p[0]-9) > 1e-6 || math.Abs(p[1]-48.7530) > 1e-3 || math.Abs(out.Find("height").Numbers[0]-c.want) > 1e-4 {
			t.Errorf("%s: %v, %v m; %v m are wanted", name, p, out.Find("height").Numbers[0], c.want)
		}
		if notes := r.Summary().Notes; (len(notes) > 0) != (name == "an unknown vertical") {
			t.Errorf("%s: %v", name, notes)
		}
	}
}

// Points in feet of New York: heights are in feet too where nothing says otherwise, above the geoid
// and not the ellipsoid whether PROJ knows its grid or not.
func TestPointCloudsInFeet(t *testing.T) {
	if err := gdal.Available(); err != nil {
		t.Skip(err)
	}
	points := []cloudPoint{{x: 1_000_000_00, y: 200_000_00, z: 100_00}}
	for name, vertical := range map[string][]uint16{"of the plan": nil, "a vertical": {4096, 0, 1, 6360}, "an old number": {4096, 0, 1, 5103, 4099, 0, 1, 9003}} {
		keys := append([]uint16{1, 1, 0, uint16(1 + len(vertical)/4), 3072, 0, 1, 2263}, vertical...)
		out, err := readCloud(t, writeLAS(0, [3]float64{0.01, 0.01, 0.01}, [3]float64{}, keys, points), scene.Source{Type: "table"}, Options{Report: geo.NewReport()})
		if err != nil {
			t.Error(name, err)
			continue
		}
		// The geoid lies 32 m below the ellipsoid there.
		if h := out.Find("height").Numbers[0]; h < 30.48-34 || h > 30.48-30 {
			t.Errorf("%s: %.2f m", name, h)
		}
	}
}

// More points than memory is for are an error before they are read; a box bounds what it holds.
func TestPointCloudsAreBounded(t *testing.T) {
	data := writeLAS(1, [3]float64{1e-4, 1e-4, 0.01}, [3]float64{4, 52, 40}, nil, cloud)
	for name, c := range map[string]struct {
		o  Options
		in int
	}{
		"too many":  {Options{Memory: 3 * lasEach}, 0},
		"enough":    {Options{Memory: 4 * lasEach}, 3},
		"in a box":  {Options{Memory: lasEach, BBox: &geo.Bound{West: 4, South: 52, East: 4.012, North: 53}}, 1},
		"box full":  {Options{Memory: lasEach, BBox: &geo.Bound{West: 3, South: 51, East: 5, North: 53}}, 0},
		"the first": {Options{Memory: lasEach, Most: 1}, 1},
	} {
		c.o.Report = geo.NewReport()
		out, err := readCloud(t, data, scene.Source{Type: "table"}, c.o)
		switch {
		case c.in == 0 && (err == nil || !strings.Contains(err.Error(), "bbox") || !strings.Contains(err.Error(), "--max-memory") || !strings.Contains(err.Error(), "a.las")):
			t.Errorf("%s: %v", name, err)
		case c.in > 0 && (err != nil || out.Rows() != c.in):
			t.Errorf("%s: %v, %v", name, out, err)
		}
	}
}

func TestPointCloudsSayWhatIsWrong(t *testing.T) {
	good := func() []byte {
		return writeLAS(3, [3]float64{1e-4, 1e-4, 0.01}, [3]float64{4, 52, 40}, nil, cloud)
	}
	changed := func(at int, b ...byte) []byte {
		out := good()
		copy(out[at:], b)
		return out
	}
	for want, data := range map[string][]byte{
		"point 4 of 4: the file is cut off": good()[:len(good())-5],
		"the file is cut off":               good()[:100],
		"points of format 33 are not known": changed(104, 33),
		"pdal translate":                    changed(104, 0x83),
		"a point of format 3 has 34 bytes":  changed(105, 20, 0),
		"points begin at byte 1":            changed(96, 1, 0, 0, 0),
		"its scale":                         changed(131, bytes.Repeat([]byte{0}, 8)...),
		"give the source a crs":             changed(155, bytes.Repeat([]byte{0x41}, 8)...),
	} {
		_, err := readCloud(t, data, scene.Source{Type: "table"}, Options{})
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "a.las") {
			t.Errorf("%v; %q is wanted", err, want)
		}
	}
}

func FuzzPointClouds(f *testing.F) {
	for _, format := range []int{0, 3, 7} {
		f.Add(writeLAS(format, [3]float64{1e-4, 1e-4, 0.01}, [3]float64{4, 52, 40}, nil, cloud))
	}
	f.Fuzz(func(_ *testing.T, data []byte) {
		r := bytes.NewReader(data)
		h, err := readLASHead(r)
		if err != nil {
			return
		}
		next, err := h.records(r)
		if err != nil {
			return
		}
		b := lasBuilder{head: h, shape: lasShapes[h.format], o: Options{Report: geo.NewReport()}}
		for i := range min(h.count, 1000) {
			p, err := next()
			if err != nil {
				return
			}
			b.add(int(i), p)
		}
	})
}
