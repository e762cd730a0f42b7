package sample

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"os"
	"path/filepath"
	"testing"
)

func TestFilesAreDeterministicAndWellFormed(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: three cities, each made by one goroutine, take a minute where races are looked for")
	}
	files, err := Files(1)
	if err != nil {
		t.Fatal(err)
	}
	again, _ := Files(1)
	other, _ := Files(2)
	for i, f := range files {
		if !bytes.Equal(f.Data, again[i].Data) {
			t.Errorf("%s differs between two runs", f.Name)
		}
		if f.Name == "city.osm" && bytes.Equal(f.Data, other[i].Data) {
			t.Error("another seed gives the same city")
		}
		switch filepath.Ext(f.Name) {
		case ".osm":
			var doc struct {
				Nodes []struct{} `xml:"node"`
				Ways  []struct {
					Tags []struct {
						K string `xml:"k,attr"`
						V string `xml:"v,attr"`
					} `xml:"tag"`
				} `xml:"way"`
			}
			if err := xml.Unmarshal(f.Data, &doc); err != nil {
				t.Fatal(err)
			}
			count := map[string]int{}
			for _, w := range doc.Ways {
				for _, tag := range w.Tags {
					count[tag.K]++
				}
			}
			t.Logf("%d nodes, %d ways, %d buildings, %d parts, %d highways", len(doc.Nodes), len(doc.Ways), count["building"], count["building:part"], count["highway"])
			if f.Name == "outskirts.osm" {
				if count["railway"] < 3 || count["barrier"] < 6 || count["power"] < 1 {
					t.Errorf("outskirts: %v", count)
				}
			} else if count["building"] < 2000 || count["building:part"] < 100 || count["highway"] < 100 {
				t.Error("the city is too small")
			}
		case ".json", ".geojson":
			if !json.Valid(f.Data) {
				t.Errorf("%s is not JSON", f.Name)
			}
		}
	}
	if dir := os.Getenv("SAMPLE_DIR"); dir != "" {
		for _, f := range files {
			if err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestStreetsStayOnLand(t *testing.T) {
	c := newCity(1)
	blocks := c.blocks()
	if len(blocks) < 200 {
		t.Fatalf("%d blocks", len(blocks))
	}
	for _, b := range blocks {
		p := at(b.center())
		if c.ground.height(p[0], p[1]) < 1 {
			t.Errorf("block %d/%d stands in the water", b.k, b.i)
		}
	}
}
