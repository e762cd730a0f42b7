package main

import (
	"fmt"

	"github.com/longtake/longtake/internal/whole"
)

// writeFile writes a file that is there whole or not at all.
func writeFile(path string, data []byte) error {
	if err := whole.Bytes(path, data); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

// bytesText is a size for people.
func bytesText(n int64) string {
	const unit = 1000
	if n < unit {
		return fmt.Sprintf("%d B", n)
	}
	v, prefix := float64(n)/unit, 0
	for v >= unit && prefix < 4 {
		v, prefix = v/unit, prefix+1
	}
	return fmt.Sprintf("%.3g %cB", v, "kMGTP"[prefix])
}
