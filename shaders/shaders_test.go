package shaders

import (
	"strings"
	"testing"
	"testing/fstest"
)

var sample = fstest.MapFS{
	"a.frag":  {Data: []byte("//!define TAPS 1 4\n#include \"b.glsl\"\n#include \"b.glsl\"\n#extension X : require\nvoid main() {}\n")},
	"b.glsl":  {Data: []byte("//!define ON 0 1\nfloat b;\n#include \"c.glsl\"\nfloat d;\n")},
	"c.glsl":  {Data: []byte("float c;\n")},
	"no.frag": {Data: []byte("\n#include \"nowhere.glsl\"\n")},
}

func TestInclude(t *testing.T) {
	s, err := load(sample, "a.frag", []string{"TAPS 4"})
	if err != nil {
		t.Fatal(err)
	}
	want := "#version 450 core\n#extension X : require\n#define TAPS 4\n#define ON 0\n//!define TAPS 1 4\n//!define ON 0 1\nfloat b;\nfloat c;\nfloat d;\n\nvoid main() {}\n"
	if s.Text != want {
		t.Errorf("got\n%s", s.Text)
	}
	if len(s.Lines) != strings.Count(s.Text, "\n") {
		t.Errorf("%d places for %d lines", len(s.Lines), strings.Count(s.Text, "\n"))
	}
	if got := s.MapLog("0:8(3): error: x\n0(9) : error"); got != "c.glsl:1: error: x\nb.glsl:4 : error" {
		t.Errorf("log %q", got)
	}
	if got := s.MapLog("0:1(3): error"); got != "0:1(3): error" {
		t.Errorf("log %q", got)
	}
	if p := s.Permutations(); len(p) != 4 || strings.Join(p[3], ",") != "ON 1,TAPS 4" {
		t.Errorf("permutations %v", p)
	}
}

func TestErrors(t *testing.T) {
	for _, c := range []struct {
		name    string
		defines []string
		want    string
	}{
		{"no.frag", nil, `no.frag:2: no file "nowhere.glsl"`},
		{"x.frag", nil, "x.frag: no such file"},
		{"a.frag", []string{"TAPS 9"}, "TAPS 9 is not among [1 4]"},
		{"a.frag", []string{"OTHER"}, "OTHER 1"},
	} {
		if _, err := load(sample, c.name, c.defines); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s %v: %v", c.name, c.defines, err)
		}
	}
}

func TestEveryFileLoads(t *testing.T) {
	if len(Names()) == 0 {
		t.Fatal("no shaders")
	}
	for _, n := range Names() {
		if _, err := Load(n); err != nil {
			t.Error(err)
		}
	}
}
