package glb

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/tiles/check/khronos"
)

// The Khronos validator finds nothing in what is written, and does find a planted fault.
func TestKhronosValidator(t *testing.T) {
	dir := t.TempDir()
	var paths []string
	put := func(name string, data []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for seed := range uint64(24) {
		paths = append(paths, put(fmt.Sprintf("plain-%d.glb", seed), encode(t, randomContent(seed), Options{})))
		paths = append(paths, put(fmt.Sprintf("quantized-%d.glb", seed), encode(t, randomContent(seed), Options{Quantize: true})))
		c := randomContent(seed)
		c.Frame = home
		paths = append(paths, put(fmt.Sprintf("lattice-%d.glb", seed), encode(t, c, compactOptions["lattice"])))
	}
	paths = append(paths, put("empty.glb", encode(t, geo.Content{}, Options{})))
	khronos.Validate(t, paths...)

	one := randomContent(1)
	one.Meshes, one.Instances, one.Features, one.Meshes[0].Features = one.Meshes[:1], nil, nil, nil // so that the indices come last
	data := encode(t, one, Options{})
	for i := len(data) - 64; i < len(data); i++ {
		data[i] = 0xff
	}
	broken := put("broken.glb", data)
	errors := 0
	for _, m := range khronos.Run(t, broken)[broken] {
		if m.Severity == "error" {
			errors++
		}
	}
	if errors == 0 {
		t.Error("a file of broken indices passes")
	}
}
