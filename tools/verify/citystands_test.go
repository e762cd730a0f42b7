package verify_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/longtake/longtake/geo/earth"
)

// TestCitiesStand generates the cities that LONGTAKE_VERIFY_PARTS names and holds them to
// what they stand on, without all else that TestProofs does: for work on one of them. It
// runs where LONGTAKE_VERIFY_STANDS is set.
func TestCitiesStand(t *testing.T) {
	if os.Getenv("LONGTAKE_VERIFY_STANDS") == "" {
		t.Skip("LONGTAKE_VERIFY_STANDS asks for it")
	}
	bin, out := settings(t)
	for _, c := range cities {
		if !wanted(c.name, "cities") {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			dir := filepath.Join(out, c.name, "package")
			took(t, "generate", func() {
				longtake(t, bin, append([]string{"generate", "-o", dir, "--quiet", "--cache", filepath.Join(out, "cache")}, c.inputs(t, bin, filepath.Join(out, c.name))...)...)
			})
			took(t, "stands", func() {
				t.Log(stands(t, dir, earth.Place{Lng: c.street.lng, Lat: c.street.lat}, 500, filepath.Join(out, c.name, "standing.txt")))
			})
		})
	}
}
