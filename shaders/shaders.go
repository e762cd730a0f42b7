// Package shaders holds the GLSL of the pipeline, embedded, with an #include mechanism.
//
// A stage file ends in .vert, .frag or .comp; a file to include ends in .glsl and is
// included at most once in a stage. Lines of the form
//
//	//!define NAME 0 1 2
//
// in a stage file, or in what it includes, list the values of a define: the first is its
// default. A test compiles every combination.
package shaders

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

//go:embed *.glsl *.vert *.frag *.comp
var files embed.FS

// Line is a place in a shader file.
type Line struct {
	File string
	Line int
}

// Source is a stage with its includes in place.
type Source struct {
	Name    string
	Text    string
	Lines   []Line              // where each line of Text comes from
	Defines map[string][]string // allowed values of each declared define; the first is the default
}

// Names returns the stage files in order.
func Names() []string {
	all, _ := fs.ReadDir(files, ".")
	var out []string
	for _, e := range all {
		if path.Ext(e.Name()) != ".glsl" {
			out = append(out, e.Name())
		}
	}
	return out
}

// Load returns a stage with its includes, "#version 450 core" and the given defines
// ("NAME" or "NAME VALUE") in front. A define that the stage does not declare, or a
// value out of its list, is an error.
func Load(name string, defines ...string) (Source, error) { return load(files, name, defines) }

var include = regexp.MustCompile(`^\s*#include\s+"([^"]+)"\s*$`)

func load(from fs.FS, name string, defines []string) (Source, error) {
	s := Source{Name: name, Defines: map[string][]string{}}
	var body strings.Builder
	var lines []Line
	var extensions []string
	seen := map[string]bool{}
	var add func(file string, at Line) error
	add = func(file string, at Line) error {
		seen[file] = true
		text, err := fs.ReadFile(from, file)
		if err != nil {
			if at.File == "" {
				return fmt.Errorf("shader %s: no such file", file)
			}
			return fmt.Errorf("shader %s:%d: no file %q to include", at.File, at.Line, file)
		}
		for i, l := range strings.Split(strings.TrimSuffix(string(text), "\n"), "\n") {
			here := Line{file, i + 1}
			if m := include.FindStringSubmatch(l); m != nil {
				if !seen[m[1]] {
					if err := add(m[1], here); err != nil {
						return err
					}
				}
				continue
			}
			if f := strings.Fields(l); len(f) > 2 && f[0] == "//!define" {
				s.Defines[f[1]] = f[2:]
			}
			if strings.HasPrefix(l, "#extension") { // must stand before any declaration
				if !slices.Contains(extensions, l) {
					extensions = append(extensions, l)
				}
				l = ""
			}
			body.WriteString(l)
			body.WriteByte('\n')
			lines = append(lines, here)
		}
		return nil
	}
	if err := add(name, Line{}); err != nil {
		return s, err
	}
	head := append([]string{"#version 450 core"}, extensions...)
	set := map[string]bool{}
	for _, d := range defines {
		key, value, _ := strings.Cut(d, " ")
		if value == "" {
			value = "1"
		}
		if !slices.Contains(s.Defines[key], value) {
			return s, fmt.Errorf("shader %s: define %s %s is not among %v of its //!define", name, key, value, s.Defines[key])
		}
		set[key] = true
		head = append(head, "#define "+key+" "+value)
	}
	for _, key := range s.DefineNames() {
		if !set[key] {
			head = append(head, "#define "+key+" "+s.Defines[key][0])
		}
	}
	s.Text = strings.Join(head, "\n") + "\n" + body.String()
	s.Lines = append(make([]Line, len(head)), lines...)
	return s, nil
}

// DefineNames returns the declared defines in order.
func (s Source) DefineNames() []string {
	var out []string
	for k := range s.Defines {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// Permutations returns every combination of the declared defines, for Load.
func (s Source) Permutations() [][]string {
	out := [][]string{nil}
	for _, key := range s.DefineNames() {
		var next [][]string
		for _, p := range out {
			for _, v := range s.Defines[key] {
				next = append(next, append(slices.Clone(p), key+" "+v))
			}
		}
		out = next
	}
	return out
}

// Mesa writes "0:12(3): error", NVIDIA "0(12) : error".
var place = regexp.MustCompile(`\b0(?::(\d+)\((\d+)\)|\((\d+)\))`)

// MapLog rewrites the line numbers of a compiler's log to file:line.
func (s Source) MapLog(log string) string {
	return place.ReplaceAllStringFunc(log, func(m string) string {
		g := place.FindStringSubmatch(m)
		n, err := strconv.Atoi(g[1] + g[3])
		if err != nil || n < 1 || n > len(s.Lines) || s.Lines[n-1].File == "" {
			return m
		}
		l := s.Lines[n-1]
		return fmt.Sprintf("%s:%d", l.File, l.Line)
	})
}
