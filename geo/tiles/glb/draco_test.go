package glb

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// pnts is a tile of points whose positions Draco packed: the corners of a box of 4 × 3 × 2.
func pnts(t testing.TB, count int) []byte {
	t.Helper()
	packed, err := os.ReadFile(filepath.Join("..", "draco", "testdata", "box3.drc"))
	if err != nil {
		t.Fatal(err)
	}
	feature := fmt.Sprintf(`{"POINTS_LENGTH":%d,"RTC_CENTER":[10,20,30],"extensions":{"3DTILES_draco_point_compression":{"properties":{"POSITION":0},"byteOffset":0,"byteLength":%d}}}`, count, len(packed))
	feature += strings.Repeat(" ", -len(feature)&7)
	data := []byte("pnts")
	for _, n := range []int{1, 28 + len(feature) + len(packed), len(feature), len(packed), 0, 0} {
		data = append(data, byte(n), byte(n>>8), byte(n>>16), byte(n>>24))
	}
	return append(append(data, feature...), packed...)
}

func TestPackedPoints(t *testing.T) {
	c, err := Read(pnts(t, 8), ReadOptions{})
	if err != nil || len(c.Meshes) != 1 {
		t.Fatal(len(c.Meshes), err)
	}
	size := [3]float32{}
	for _, p := range c.Meshes[0].Positions {
		for k, v := range p {
			size[k] = max(size[k], v-float32(10*(k+1)))
		}
	}
	marker := c.Meshes[0].Positions[0][0] - c.Meshes[0].Positions[1][0]
	for k, want := range [3]float32{4, 3, 2} {
		if got := size[k] - marker/2; got < want-0.05 || got > want+0.05 {
			t.Errorf("axis %d reaches %v, want %v", k, got, want)
		}
	}
	for _, bad := range []int{7, -1, 1 << 30} {
		if _, err := Read(pnts(t, bad), ReadOptions{}); err == nil || !strings.Contains(err.Error(), "POINTS_LENGTH") {
			t.Errorf("%d points: %v", bad, err)
		}
	}
}
