package verify_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// record is what one proof has left: the cells of its row, and of which binary. The page
// is written from records, and a proof on record for the same binary does not run again.
type record struct {
	Binary  string   `json:"binary"` // digest
	Passed  bool     `json:"passed"`
	Seconds float64  `json:"seconds"`
	Cells   []string `json:"cells"` // after the name
}

const (
	recordFile = "record.json"
	failed     = "**failed**, see the log"
)

// settings are the binary that LONGTAKE_VERIFY names and the folder of results,
// LONGTAKE_VERIFY_OUT. Without them the test is skipped.
func settings(t *testing.T) (bin, out string) {
	bin, out = os.Getenv("LONGTAKE_VERIFY"), os.Getenv("LONGTAKE_VERIFY_OUT")
	if bin == "" || out == "" {
		t.Skip("a long proof: make verify runs it")
	}
	return bin, out
}

// wanted tells whether a proof is among those that LONGTAKE_VERIFY_PARTS names, itself or
// by its group; no names: all are.
func wanted(name, group string) bool {
	parts := strings.Fields(os.Getenv("LONGTAKE_VERIFY_PARTS"))
	return len(parts) == 0 || slices.Contains(parts, name) || slices.Contains(parts, group)
}

// proof runs one proof in its folder of out, unless the record of that folder says that it
// passed with this binary, and records the cells that it returns.
func proof(t *testing.T, bin, out, name string, prove func(t *testing.T, dir string) []string) {
	t.Run(name, func(t *testing.T) {
		digest, dir := digestOf(t, bin), filepath.Join(out, name)
		if r, ok := recorded(t, dir); ok && r.Passed && r.Binary == digest {
			t.Skip("on record for this binary; without its folder it runs again: ", dir)
		}
		r := record{Binary: digest, Cells: []string{failed}}
		began := time.Now()
		t.Cleanup(func() {
			r.Passed, r.Seconds = !t.Failed(), time.Since(began).Seconds()
			if t.Skipped() {
				return
			}
			data, err := json.MarshalIndent(r, "", " ")
			if err == nil {
				if err = os.MkdirAll(dir, 0o777); err == nil {
					err = os.WriteFile(filepath.Join(dir, recordFile), append(data, '\n'), 0o666)
				}
			}
			if err != nil {
				t.Error(err)
			}
		})
		r.Cells = prove(t, dir)
	})
}

// recorded reads the record of a proof's folder.
func recorded(t *testing.T, dir string) (r record, ok bool) {
	data, err := os.ReadFile(filepath.Join(dir, recordFile))
	if err != nil {
		return r, false
	}
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	return r, true
}

func digestOf(t *testing.T, path string) string {
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8])
}
