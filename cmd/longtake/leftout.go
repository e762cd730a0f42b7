package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/longtake/longtake/geo"
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
		lines = append(lines, leftOutLine(k))
	}
	return lines
}

func leftOutLine(k geo.Skipped) string {
	line := fmt.Sprintf("left out: %d × %s", k.Count, k.Reason)
	switch {
	case k.Count == 1 && len(k.IDs) == 1:
		line += " (" + k.IDs[0] + ")"
	case len(k.IDs) > 0:
		line += " (" + k.IDs[0] + ", …)"
	}
	return line
}

// tellLacking says on standard error what frames lack of what they were to show.
func (a *app) tellLacking(lacking ...geo.Skipped) {
	if a.quiet || len(lacking) == 0 {
		return
	}
	a.progress.stop()
	for _, k := range lacking {
		fmt.Fprintln(a.err, leftOutLine(k))
	}
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
