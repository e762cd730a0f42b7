package read

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/longtake/longtake/internal/realdata"
)

// gmlFile wraps city objects, in UTM 33 and metres.
func gmlFile(members ...string) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="ISO-8859-1"?><core:CityModel xmlns:core="c" xmlns:gml="g" xmlns:bldg="b" xmlns:xlink="x" xmlns:app="a" xmlns:veg="v">
<gml:boundedBy><gml:Envelope srsName="urn:ogc:def:crs,crs:EPSG::25833,crs:EPSG::5783"><gml:lowerCorner>0 0 0</gml:lowerCorner></gml:Envelope></gml:boundedBy>`)
	for _, m := range members {
		b.WriteString("<core:cityObjectMember>" + m + "</core:cityObjectMember>")
	}
	b.WriteString("</core:CityModel>")
	return b.String()
}

func gmlPolygon(id string, at float64, z ...float64) string {
	ring := ""
	for i, p := range [][2]float64{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}} {
		ring += fmt.Sprintf("%g %g %g ", 390000+at+p[0], 5819000+p[1], z[i%len(z)])
	}
	return `<gml:Polygon gml:id="` + id + `"><gml:exterior><gml:LinearRing><gml:posList srsDimension="3">` + ring + `</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>`
}

// TestCityGML: a solid and its semantic surfaces share polygons; the best level is
// taken; parts become features of their own and inherit; colours, links to other objects
// and implicit geometry are followed; text in Latin 1 is read.
func TestCityGML(t *testing.T) {
	needGDAL(t)
	house := `<bldg:Building gml:id="house"><gml:name>Caf` + "\xe9" + `</gml:name><bldg:measuredHeight uom="m">5</bldg:measuredHeight>
<bldg:lod1Solid><gml:Solid><gml:exterior><gml:CompositeSurface><gml:surfaceMember>` + gmlPolygon("coarse", 0, 30) + `</gml:surfaceMember></gml:CompositeSurface></gml:exterior></gml:Solid></bldg:lod1Solid>
<bldg:lod2Solid><gml:Solid><gml:exterior><gml:CompositeSurface><gml:surfaceMember xlink:href="#floor"/><gml:surfaceMember><gml:OrientableSurface orientation="-"><gml:baseSurface xlink:href="#top"/></gml:OrientableSurface></gml:surfaceMember><gml:surfaceMember>` + gmlPolygon("side", 0, 30, 30, 35, 35) + `</gml:surfaceMember></gml:CompositeSurface></gml:exterior></gml:Solid></bldg:lod2Solid>
<bldg:boundedBy><bldg:GroundSurface><bldg:lod2MultiSurface><gml:MultiSurface><gml:surfaceMember>` + gmlPolygon("floor", 0, 30) + `</gml:surfaceMember></gml:MultiSurface></bldg:lod2MultiSurface></bldg:GroundSurface></bldg:boundedBy>
<bldg:boundedBy><bldg:RoofSurface><bldg:lod2MultiSurface><gml:MultiSurface><gml:surfaceMember>` + gmlPolygon("top", 0, 35) + `</gml:surfaceMember></gml:MultiSurface></bldg:lod2MultiSurface></bldg:RoofSurface></bldg:boundedBy>
<app:appearance><app:Appearance><app:surfaceDataMember><app:X3DMaterial><app:diffuseColor>1 0 0.5</app:diffuseColor><app:target>#top</app:target></app:X3DMaterial></app:surfaceDataMember></app:Appearance></app:appearance></bldg:Building>`
	whole := `<bldg:Building gml:id="whole"><bldg:function>school</bldg:function><bldg:consistsOfBuildingPart><bldg:BuildingPart gml:id="part"><bldg:lod1MultiSurface><gml:MultiSurface><gml:surfaceMember>` + gmlPolygon("p", 40, 30) + `</gml:surfaceMember></gml:MultiSurface></bldg:lod1MultiSurface></bldg:BuildingPart></bldg:consistsOfBuildingPart></bldg:Building>`
	borrower := `<bldg:Building gml:id="borrower"><bldg:lod1MultiSurface><gml:MultiSurface><gml:surfaceMember xlink:href="#lent"/></gml:MultiSurface></bldg:lod1MultiSurface></bldg:Building>`
	lender := `<bldg:Building gml:id="lender"><bldg:lod1MultiSurface><gml:MultiSurface><gml:surfaceMember>` + gmlPolygon("lent", 80, 30) + `</gml:surfaceMember></gml:MultiSurface></bldg:lod1MultiSurface></bldg:Building>`
	tree := `<veg:SolitaryVegetationObject gml:id="tree"><veg:lod1ImplicitRepresentation><core:ImplicitGeometry><core:transformationMatrix>2 0 0 0 0 2 0 0 0 0 2 0 0 0 0 1</core:transformationMatrix>
<core:relativeGMLGeometry><gml:MultiSurface gml:id="crown"><gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:pos>0 0 0</gml:pos><gml:pos>3 0 0</gml:pos><gml:pos>3 3 0</gml:pos><gml:pos>0 3 0</gml:pos></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface></core:relativeGMLGeometry>
<core:referencePoint><gml:Point><gml:pos>390100 5819000 30</gml:pos></gml:Point></core:referencePoint></core:ImplicitGeometry></veg:lod1ImplicitRepresentation></veg:SolitaryVegetationObject>`
	second := strings.NewReplacer(`gml:id="tree"`, `gml:id="tree2"`, "390100", "390200", `<gml:MultiSurface gml:id="crown">`, "", "<core:relativeGMLGeometry>", `<core:relativeGMLGeometry xlink:href="#crown"/><x>`, "</core:relativeGMLGeometry>", "</x>", "</gml:surfaceMember></gml:MultiSurface>", "</gml:surfaceMember>").Replace(tree)
	bad := `<bldg:Building gml:id="bad"><bldg:lod1MultiSurface><gml:Polygon><gml:exterior><gml:posList>1 2 x</gml:posList></gml:exterior></gml:Polygon></bldg:lod1MultiSurface></bldg:Building>`

	fs, s, err := collect(t, file(t, gmlFile(house, whole, borrower, lender, tree, second, bad)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	m := byID(fs)
	if len(fs) != 6 || skips(s, "city object malformed") != 1 {
		t.Fatalf("%d features; %+v", len(fs), s)
	}
	h := m["house"]
	kinds := map[string]int{}
	for _, f := range h.Surfaces {
		kinds[f.Kind]++
		if f.Kind == "roof" && f.Color != [4]uint8{255, 0, 128, 255} {
			t.Errorf("the roof is %v", f.Color)
		}
	}
	if len(h.Surfaces) != 3 || kinds["roof"] != 1 || kinds["ground"] != 1 || h.Tags["name"] != "Café" || h.Tags["height"] != "5" || h.Tags["building"] != "yes" {
		t.Errorf("%v %+v", kinds, h.Tags)
	}
	if p := m["part"]; p.Tags["function"] != "school" || p.Tags["citymodel:type"] != "BuildingPart" {
		t.Errorf("%+v", p.Tags)
	}
	if b, l := m["borrower"].Geometry, m["lender"].Geometry; b == nil || b.Bound() != l.Bound() {
		t.Errorf("%v, lent by %v", b, l)
	}
	for id, east := range map[string]float64{"tree": 100, "tree2": 200} {
		b := m[id].Geometry.Bound()
		if w := (b.Max[1] - b.Min[1]) * 111250; math.Abs(w-6) > 0.5 || m[id].Tags["natural"] != "tree" {
			t.Errorf("%s is %v m wide: %v", id, w, m[id].Tags)
		}
		if d := (b.Min[0] - h.Geometry.Bound().Min[0]) * 111320 * math.Cos(52.5*math.Pi/180); math.Abs(d-east) > 3 {
			t.Errorf("%s lies %v m off", id, d)
		}
	}
	if coarse, _, err := collect(t, file(t, gmlFile(house)), Options{LoD: 1}); err != nil || len(coarse) != 1 || len(coarse[0].Surfaces) != 1 {
		t.Errorf("LoD 1: %d, %v", len(coarse), err)
	}
	cut := gmlFile(house)
	if _, _, err := collect(t, file(t, cut[:len(cut)/2]), Options{}); err == nil || !strings.Contains(err.Error(), "stops in the middle") {
		t.Errorf("cut off: %v", err)
	}
	if _, _, err := collect(t, file(t, strings.Replace(gmlFile(house), "srsName", "x", 1)), Options{}); err == nil || !strings.Contains(err.Error(), "as crs: EPSG:") {
		t.Errorf("no system: %v", err)
	}
}

// TestInsidesOfCityGML: rooms and what stands in them are not built, and counted by kind.
func TestInsidesOfCityGML(t *testing.T) {
	needGDAL(t)
	surface := func(id string) string {
		return `<bldg:lod4MultiSurface><gml:MultiSurface><gml:surfaceMember>` + gmlPolygon(id, 0, 31) + `</gml:surfaceMember></gml:MultiSurface></bldg:lod4MultiSurface>`
	}
	furniture := `<bldg:interiorFurniture><bldg:BuildingFurniture gml:id="chair">` + surface("c") + `</bldg:BuildingFurniture></bldg:interiorFurniture>`
	house := func(id, more string) string {
		return `<bldg:Building gml:id="` + id + `"><bldg:lod1MultiSurface><gml:MultiSurface><gml:surfaceMember>` + gmlPolygon(id+"p", 0, 30) + `</gml:surfaceMember></gml:MultiSurface></bldg:lod1MultiSurface>` + more + `</bldg:Building>`
	}
	room := `<bldg:interiorRoom><bldg:Room gml:id="r">` + surface("w") + furniture + furniture + `</bldg:Room></bldg:interiorRoom>`
	part := strings.Replace(strings.Replace(house("part", room), "bldg:Building ", "bldg:BuildingPart ", 1), "</bldg:Building>", "</bldg:BuildingPart>", 1)
	fs, s, err := collect(t, file(t, gmlFile(house("a", room), house("b", "<bldg:consistsOfBuildingPart>"+part+"</bldg:consistsOfBuildingPart>"))), Options{})
	if err != nil || len(fs) != 3 {
		t.Fatal(len(fs), err)
	}
	for kind, want := range map[string]int{"Room": 2, "BuildingFurniture": 4} {
		if n := s.Notes[insideNote+kind]; n != want {
			t.Errorf("%d of %s, want %d: %v", n, kind, want, s.Notes)
		}
	}
	for _, f := range fs {
		if len(f.Surfaces) != 1 {
			t.Errorf("%s has %d surfaces", f.ID, len(f.Surfaces))
		}
	}
}

// TestRealCityGML counts what is in the files and finds it where the cities are, whose
// axes are in different orders.
func TestRealCityGML(t *testing.T) {
	needGDAL(t)
	for _, c := range []struct {
		path     string
		n        int
		surfaces int
		lng, lat float64
	}{
		{"city-berlin/berlin-lod2.citygml", 61, 1125, 13.387, 52.514},
		{"city-yokosuka/bldg/52397519_bldg_6697_op.gml", 14, 0, 139.739, 35.26},
		{"city-yokosuka/dem/523965_dem_6697_05_op.gml", 2, 0, 139.694, 35.201},
	} {
		fs, _, err := collect(t, realdata.Path(t, c.path), Options{})
		if err != nil || len(fs) != c.n {
			t.Errorf("%s: %d objects, %v", c.path, len(fs), err)
			continue
		}
		n := 0
		for _, f := range fs {
			n += len(f.Surfaces)
			if p, _ := f.Foot(); math.Abs(p[0]-c.lng) > 0.01 || math.Abs(p[1]-c.lat) > 0.01 {
				t.Errorf("%s: %s at %v", c.path, f.ID, p)
			}
		}
		if c.surfaces > 0 && n != c.surfaces {
			t.Errorf("%s: %d surfaces", c.path, n)
		}
	}
}

// TestCityGMLAxes reads a house in a system of northing and easting, written in that
// order and in the other: both are in Vienna.
func TestCityGMLAxes(t *testing.T) {
	needGDAL(t)
	const x, y = 2000.0, 341000.0
	for _, northFirst := range []bool{true, false} {
		pos := func(e, n float64) string {
			if northFirst {
				e, n = n, e
			}
			return fmt.Sprintf("%g %g 180 ", e, n)
		}
		text := `<CityModel><boundedBy><Envelope srsName="EPSG:31256"><lowerCorner>` + pos(x, y) + `</lowerCorner></Envelope></boundedBy><cityObjectMember><Building id="a"><lod1MultiSurface><Polygon><exterior><LinearRing><posList>` +
			pos(x, y) + pos(x+10, y) + pos(x+10, y+10) + `</posList></LinearRing></exterior></Polygon></lod1MultiSurface></Building></cityObjectMember></CityModel>`
		fs, _, err := collect(t, file(t, text), Options{})
		if err != nil || len(fs) != 1 {
			t.Fatal(len(fs), err)
		}
		if p, _ := fs[0].Foot(); math.Abs(p[0]-16.36) > 0.05 || math.Abs(p[1]-48.21) > 0.05 {
			t.Errorf("north first %v: at %v", northFirst, p)
		}
	}
}
