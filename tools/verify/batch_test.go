package verify_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// batch makes the packages of batch/batch.yaml, is killed on the way, goes on, and then has
// nothing left to do.
func batch(t *testing.T, bin, dir string) []string {
	packages := filepath.Join(dir, "packages")
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	list, err := filepath.Abs("batch/batch.yaml")
	if err != nil {
		t.Fatal(err)
	}
	command := func() *exec.Cmd {
		return exec.Command(bin, "generate", "--batch", list, "-o", packages, "--cache", filepath.Join(dir, "cache"), "--quiet")
	}
	began := time.Now()
	first := command()
	if err := first.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- first.Wait() }()
	there := 0
	for there < 40 {
		select {
		case err := <-ended:
			t.Fatalf("it ended before it was killed: %v", err)
		case <-time.After(100 * time.Millisecond):
		}
		entries, _ := os.ReadDir(packages) // not there yet: none
		there = len(entries)
	}
	_ = first.Process.Kill()
	<-ended
	if text, err := command().CombinedOutput(); err != nil {
		t.Fatalf("the rerun: %v: %s", err, text)
	}
	took := time.Since(began).Round(time.Second)
	again := time.Now()
	if text, err := command().CombinedOutput(); err != nil {
		t.Fatalf("with nothing left to do: %v: %s", err, text)
	}
	data, err := os.ReadFile(filepath.Join(packages, "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	var r struct {
		Made   map[string]int
		Failed int
		Jobs   []struct {
			Name, Error string
			Bytes       int64
		}
	}
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	provinces, states, bytes := 0, 0, int64(0)
	for _, j := range r.Jobs {
		bytes += j.Bytes
		if strings.HasPrefix(j.Name, "CN-") {
			provinces++
		} else if strings.HasPrefix(j.Name, "US-") {
			states++
		}
	}
	if cities := len(r.Jobs) - provinces - states; r.Failed != 0 || provinces != 31 || states != 51 || cities != 12 {
		t.Errorf("%d failed of %d provinces, %d states and %d cities", r.Failed, provinces, states, cities)
	}
	return []string{fmt.Sprintf(
		"%d packages, %d failed, %d slabs, %d buildings, %.0f MB in %v; %v with nothing left to do",
		len(r.Jobs), r.Failed, r.Made["slab"], r.Made["building"], float64(bytes)/1e6, took, time.Since(again).Round(time.Second))}
}
