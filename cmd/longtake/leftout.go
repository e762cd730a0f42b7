package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/longtake/longtake/stage"
)

// leftOut says what of the data a package lacks, a line a reason: layers for which there was
// nothing, and objects that cannot be used.
func leftOut(s *stage.Summary) (lines []string) {
	for _, n := range slices.Sorted(maps.Keys(s.Notes)) {
		if strings.HasPrefix(n, "layer ") || strings.HasPrefix(n, "source ") || strings.HasPrefix(n, "tileset ") {
			lines = append(lines, n)
		}
	}
	for _, k := range s.Skipped {
		line := fmt.Sprintf("left out: %d × %s", k.Count, k.Reason)
		switch {
		case k.Count == 1 && len(k.IDs) == 1:
			line += " (" + k.IDs[0] + ")"
		case len(k.IDs) > 0:
			line += " (" + k.IDs[0] + ", …)"
		}
		lines = append(lines, line)
	}
	return lines
}

// tellLeftOut says on standard error what of the data is not in a picture: who renders sees
// no package. A report that cannot be read tells nothing.
func (a *app) tellLeftOut(dir string) {
	var s stage.Summary
	data, err := os.ReadFile(filepath.Join(dir, "report.json"))
	if a.quiet || err != nil || json.Unmarshal(data, &s) != nil {
		return
	}
	a.progress.stop()
	for _, line := range leftOut(&s) {
		fmt.Fprintln(a.err, line)
	}
}
