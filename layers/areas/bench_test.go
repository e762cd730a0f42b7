package areas

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/internal/realdata"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/layer/layertest"
	"github.com/longtake/longtake/layers/table"
)

// BenchmarkCountries draws the countries of the Earth, flat and as prisms.
func BenchmarkCountries(b *testing.B) {
	data, err := os.ReadFile(realdata.Path(b, "boundaries", "ne_50m_admin_0_countries.geojson"))
	if err != nil {
		b.Fatal(err)
	}
	var all struct {
		Features []struct {
			Geometry struct {
				Type        string
				Coordinates json.RawMessage
			}
		}
	}
	if err := json.Unmarshal(data, &all); err != nil {
		b.Fatal(err)
	}
	var fs []geo.Feature
	for _, f := range all.Features {
		var poly orb.Polygon
		var multi orb.MultiPolygon
		if f.Geometry.Type == "Polygon" {
			err = json.Unmarshal(f.Geometry.Coordinates, &poly)
			multi = orb.MultiPolygon{poly}
		} else {
			err = json.Unmarshal(f.Geometry.Coordinates, &multi)
		}
		if err != nil {
			b.Fatal(err)
		}
		fs = append(fs, geo.Feature{ID: "c", Geometry: multi})
	}
	for name, doc := range map[string]string{"flat": "", "prisms": ", height: 100000", "edges": ", edge: {width: 1}"} {
		b.Run(name, func(b *testing.B) {
			var t testing.T
			c, _ := layertest.Context(&t, "longtake: 1\nsources: {s: {path: x}}\nlayers: [{id: a, type: choropleth, source: s"+doc+"}]\n")
			c.Table = table.FromFeatures(fs)
			for b.Loop() {
				if _, err := layer.Draw(c); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
