package panels

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"os"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// Pictures of cards are read once, however often the cards are drawn, and only those of cards that
// are there.
func TestPicturesOfCardsAreReadOnce(t *testing.T) {
	var file bytes.Buffer
	if err := png.Encode(&file, image.NewGray(image.Rect(0, 0, 4, 3))); err != nil {
		t.Fatal(err)
	}
	read := map[string]int{}
	k := &Callout{Panel: New("top"), Name: "name", Limit: 1, Opens: "always", Media: []Media{{Of: "a", File: "a.png"}, {Of: "b", File: "b.png"}, {Of: "c", File: "none.png"}}}
	rows := &table.Table{IDs: []string{"1", "2"}, Geometry: []orb.Geometry{orb.Point{1, 2}, orb.Point{3, 4}}, Columns: []table.Column{{Name: "name", Kind: table.Text, Texts: []string{"a", "b"}}}}
	c := &layer.Context{Layer: &scene.Layer{ID: "cards"}, Table: rows, Kept: &layer.Kept{}, Ground: func(float64, float64) float64 { return 0 },
		Skip: func(row, reason string) { t.Errorf("%s: %s", row, reason) },
		Open: func(path string) ([]byte, error) {
			if path == "none.png" {
				return nil, os.ErrNotExist
			}
			read[path]++
			return file.Bytes(), nil
		}}
	for range 3 {
		if draws, err := k.Draw(c); err != nil || len(draws) != 1 {
			t.Fatalf("%d cards: %v", len(draws), err)
		}
	}
	if got := fmt.Sprint(read); got != "map[a.png:1]" {
		t.Errorf("files were read %s times", got)
	}
	k.Media[0].File = "none.png"
	if _, err := k.Draw(c); err == nil {
		t.Error("a file that is not there is no error")
	}
}
