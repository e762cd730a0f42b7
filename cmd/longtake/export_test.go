package main

import (
	"bytes"
	"io"
	"strings"
	"testing"
)

// Outputs that would not be what their names say are refused before anything is read.
func TestExportChecksItsOutput(t *testing.T) {
	for args, want := range map[string]string{
		"-o a.gltf": ".gltf is not written", "-o a.ZIP": "FILE.3tz or a folder",
		"-o a.glb --format 3tz": "--format says 3tz", "-o a.glb --error -1": "0 or more",
	} {
		err := new(bytes.Buffer)
		code := run(append([]string{"export", "nothing"}, strings.Fields(args)...), io.Discard, err)
		if code != exitUsage || !strings.Contains(err.String(), want) {
			t.Errorf("%s: exit %d, %s", args, code, err)
		}
	}
	for _, x := range []exporting{{out: "a.glb"}, {out: "www/tiles"}, {out: "v1.2"}, {out: "t", format: "quantized-mesh"}, {out: "b.3tz", format: "3tz"}} {
		if err := x.check(); err != nil {
			t.Errorf("%+v: %v", x, err)
		}
	}
}
