package generate

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/longtake/longtake/scene"
)

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// One job for each feature of a file, each with its fields in its scene; what is there is
// kept, a job that fails stops no other, and what failed is tried again.
func TestBatch(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "parts.geojson"), `{"type":"FeatureCollection","features":[
		{"type":"Feature","properties":{"code":"A/1","file":"a.csv","of":"X"},"geometry":{"type":"Point","coordinates":[8,47]}},
		{"type":"Feature","properties":{"code":"B2","file":"b.csv","of":"X"},"geometry":{"type":"Point","coordinates":[9,47]}},
		{"type":"Feature","properties":{"code":"C3","file":"a.csv","of":"Y"},"geometry":{"type":"Point","coordinates":[9,47]}}]}`)
	write(t, filepath.Join(dir, "part.yaml"), `longtake: 1
name: "Part {code}"
sources: { points: { type: table, path: "{file}" } }
layers: [{ id: points, type: point, source: points }]
`)
	write(t, filepath.Join(dir, "a.csv"), "lng,lat\n8,47\n8.1,47\n")
	write(t, filepath.Join(dir, "batch.yaml"), `jobs:
  - { name: "part-{code}", scene: part.yaml, each: { source: parts.geojson, where: { of: X } } }
`)
	b, err := ReadBatch(context.Background(), filepath.Join(dir, "batch.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Jobs) != 2 || b.Jobs[0].Name != "part-A-1" {
		t.Fatalf("jobs %+v", b.Jobs)
	}
	out := filepath.Join(dir, "out")
	none := func(context.Context, []string) (*scene.Document, error) { panic("no job has inputs") }
	if r, err := b.Run(context.Background(), out, Options{}, none, nil); err == nil || r.Failed != 1 || r.Jobs[1].Error == "" || r.Made["row"] != 2 {
		t.Fatalf("without b.csv: %+v, %v", r, err)
	}
	before, err := os.Stat(filepath.Join(out, "part-A-1", "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	time.Sleep(20 * time.Millisecond) // so that a new file had another time
	write(t, filepath.Join(dir, "b.csv"), "lng,lat\n9,47\n")
	r, err := b.Run(context.Background(), out, Options{}, none, nil)
	if err != nil || r.Made["row"] != 3 || !r.Jobs[0].Kept || r.Jobs[1].Kept {
		t.Fatalf("with b.csv: %+v, %v", r, err)
	}
	after, err := os.Stat(filepath.Join(out, "part-A-1", "report.json"))
	if err != nil || after.ModTime() != before.ModTime() {
		t.Error("a finished job was done again: ", err)
	}
	data, err := os.ReadFile(filepath.Join(out, "part-B2", "scene.json"))
	var head packageFields
	if err != nil || json.Unmarshal(data, &head) != nil || head.Name != "Part B2" {
		t.Errorf("the scene of a job is %s, %v", data, err)
	}
	for _, bad := range []string{"jobs: []\n", "jobs: [{ name: x }]\n", "jobs: [{ name: x, scene: part.yaml }, { name: x, scene: part.yaml }]\n", "yobs: []\n"} {
		write(t, filepath.Join(dir, "bad.yaml"), bad)
		if _, err := ReadBatch(context.Background(), filepath.Join(dir, "bad.yaml")); err == nil {
			t.Errorf("%q is read", bad)
		}
	}
}

// What a batch has wrong is said in one line that names the file.
func TestBadBatches(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "parts.geojson"), `{"type":"Feature","properties":{"code":"A1"},"geometry":{"type":"Point","coordinates":[8,47]}}`)
	path := filepath.Join(dir, "batch.yaml")
	for _, c := range []struct{ text, want string }{
		{"", "holds no jobs"},
		{"jobs: [{name: a, inputs: [x.csv], foo: 1}]", `batch.yaml:1:35: unknown field "foo"`},
		{"jobs: " + strings.Repeat("[", 5000), "batch.yaml:1:"},
		{"jobs: [{name: a}]", "give it a scene or inputs"},
		{"jobs: [{name: a, inputs: [x.csv]}, {name: a, inputs: [x.csv]}]", `two jobs are named "a"`},
		{"jobs: [{name: .., inputs: [x.csv]}]", "no name for a folder"},
		{"jobs:\n  - name: ../esc\n    inputs: [x.csv]\n", `batch.yaml:2:11: job 1: "../esc" is no name for a folder`},
		{"jobs:\n  - { name: ok, inputs: [x.csv] }\n  - { name: /tmp/esc, inputs: [x.csv] }\n", "batch.yaml:3:13: job 2: "},
		{"jobs: [{name: a/esc, inputs: [x.csv]}]", "such as esc"},
		{`jobs: [{name: '..\esc', inputs: [x.csv]}]`, "such as esc"},
		{`jobs: [{name: "../{code}", inputs: [x.csv], each: {source: parts.geojson}}]`, "no name for a folder"},
		{"jobs: [{name: a, inputs: [x.csv], bbox: [1, 2, 3]}]", "batch.yaml:1:41: "},
		{"jobs: [{name: a, inputs: [x.csv], bbox: [1, 2, 3]}]", "south below north"},
		{"jobs: [{name: a, inputs: [x.csv], bbox: [1, 2, 3, -4]}]", "south below north"},
		{"jobs: [{name: a, inputs: [x.csv], bbox: [.nan, 2, 3, 4]}]", "south below north"},
		{`jobs: [{name: "{size}", inputs: [x.csv], each: {source: parts.geojson}}]`, `no field "size"`},
		{`jobs: [{name: "{code}", inputs: [x.csv], each: {source: gone.geojson}}]`, "gone.geojson"},
		{`jobs: [{name: "{code}", inputs: [x.csv], each: {source: parts.geojson, where: {code: B}}}]`, "no feature"},
	} {
		write(t, path, c.text)
		_, err := ReadBatch(context.Background(), path)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), path) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%.80s: got %v, want %q", c.text, err, c.want)
		}
	}
	write(t, filepath.Join(dir, "part.yaml"), "longtake: 1\nname: \"{size}\"\n")
	write(t, path, `jobs: [{name: "{code}", scene: part.yaml, each: {source: parts.geojson}}]`)
	b, err := ReadBatch(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	r, err := b.Run(context.Background(), filepath.Join(dir, "out"), Options{}, nil, nil)
	if err == nil || !strings.Contains(r.Jobs[0].Error, `no field "size"`) {
		t.Errorf("a scene that asks for a field: %+v, %v", r, err)
	}
}
