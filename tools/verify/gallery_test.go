package verify_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// layerGallery writes the gallery of all components, at the tier low, in two hours at most: each
// has its pictures, or it fails.
func layerGallery(t *testing.T, bin, dir string) []string {
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Hour)
	defer stop()
	text, err := exec.CommandContext(ctx, bin, "layers", "--gallery", dir, "--quality", "low", "--quiet", "--json").Output()
	if err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	var r struct {
		Components int `json:"components"`
	}
	if err := json.Unmarshal(text, &r); err != nil || r.Components == 0 {
		t.Fatalf("%v: %s", err, text)
	}
	pictures := 0
	err = filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".png") {
			pictures++
		}
		return err
	})
	if err != nil || pictures < 2*r.Components {
		t.Fatalf("%d pictures of %d components: %v", pictures, r.Components, err)
	}
	return []string{fmt.Sprintf("%d components, %d pictures, none missing; to be looked at", r.Components, pictures)}
}
