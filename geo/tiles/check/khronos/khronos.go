// Package khronos lets tests run the Khronos glTF validator (npm package gltf-validator,
// pinned in package.json) over glb files.
package khronos

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

//go:embed validate.mjs
var script string

// Message is one finding of the validator.
type Message struct {
	Code, Severity, Message, Pointer string
}

// ignored lists the findings that our files have on purpose.
var ignored = map[string]string{
	"UNSUPPORTED_EXTENSION": "the validator does not know the EXT_ extensions of 3D Tiles; package check looks at them",
	"UNUSED_OBJECT":         "buffer views and accessors that only those extensions use",
	// Triangles that vanish draw nothing; who builds meshes counts them.
	"ACCESSOR_INDEX_TRIANGLE_DEGENERATE": "a triangle of no area",
}

// Validate fails the test for every error, warning and information of the validator on
// the files but those that are known to be about extensions that it cannot read. Where
// the validator is not installed the test is skipped, or fails if
// LONGTAKE_REQUIRE_VALIDATOR=1.
func Validate(t testing.TB, paths ...string) {
	t.Helper()
	for path, messages := range Run(t, paths...) {
		for _, m := range messages {
			if ignored[m.Code] == "" && m.Severity != "hint" {
				t.Errorf("%s: %s %s: %s (%s)", filepath.Base(path), m.Severity, m.Code, m.Message, m.Pointer)
			}
		}
	}
}

// Run returns all findings by file.
func Run(t testing.TB, paths ...string) map[string][]Message {
	t.Helper()
	_, self, _, _ := runtime.Caller(0)
	root := filepath.Join(filepath.Dir(self), "..", "..", "..", "..")
	node, err := exec.LookPath("node")
	if err == nil {
		_, err = os.Stat(filepath.Join(root, "node_modules", "gltf-validator"))
	}
	if err != nil {
		if os.Getenv("LONGTAKE_REQUIRE_VALIDATOR") == "1" {
			t.Fatalf("the glTF validator is not here: install node and run npm ci: %v", err)
		}
		t.Skipf("the glTF validator is not here: install node and run npm ci: %v", err)
	}
	input, err := json.Marshal(paths)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(node, "--input-type=module", "--eval", script)
	cmd.Dir = root
	cmd.Stdin = bytes.NewReader(input)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("the glTF validator failed: %v: %s", err, errs.String())
	}
	var reports []struct {
		Path     string
		Messages []Message
	}
	if err := json.Unmarshal(out.Bytes(), &reports); err != nil {
		t.Fatal(err)
	}
	if len(reports) != len(paths) {
		t.Fatalf("%d reports of %d files", len(reports), len(paths))
	}
	all := map[string][]Message{}
	for _, r := range reports {
		all[r.Path] = r.Messages
	}
	return all
}
