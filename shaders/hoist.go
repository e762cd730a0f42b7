package shaders

import (
	"fmt"
	"regexp"
	"strings"
)

// Mesa's software rasteriser (22.3) reads a uniform of a fragment stage lane by lane and tests
// the bounds for each: some 25 instructions for a number, which were two fifths of those of
// lighting. A flat input is there once a block of 4×4 pixels.
var (
	blockHead = regexp.MustCompile(`^layout\(std140, binding = \d+\) uniform (\w+) \{`)
	blockEnd  = regexp.MustCompile(`^\}\s*(\w*);`)
	variable  = regexp.MustCompile(`^(?:\t|uniform )((?:float|int|uint|[iu]?vec[234]|mat[234]) (\w+)(?:\[\d+\])?);`)
	mainHead  = regexp.MustCompile(`(?m)^void main\(\) \{`)
)

// Hoist lets a vertex stage read the uniforms of a fragment stage, but for one block of them,
// and hand them on as flat inputs of the same names and values. What neither uses the linker
// drops. Lines keep their numbers. It pays where few vertices are drawn, and fails to link
// where more is used than a fragment stage has inputs.
func Hoist(vertex, fragment Source, but string) (v, f Source) {
	h := hoist{vertex: vertex.Text, lines: strings.Split(fragment.Text, "\n"), seen: map[string]bool{}}
	for i, line := range h.lines {
		if m := blockHead.FindStringSubmatch(line); m != nil && m[1] != but {
			h.block(i, m[1])
		} else if m := variable.FindStringSubmatch(line); m != nil && line[0] == 'u' {
			h.single(i, m[1], m[2])
		}
	}
	fragment.Text = strings.Join(h.lines, "\n")
	vertex.Text = mainHead.ReplaceAllLiteralString(vertex.Text, h.declare.String()+"void main() {"+h.assign.String())
	return vertex, fragment
}

type hoist struct {
	vertex          string
	lines           []string // of the fragment stage
	seen            map[string]bool
	declare, assign strings.Builder // of the vertex stage
}

// block hands on the members of the block of uniforms that begins at a line.
func (h *hoist) block(first int, name string) {
	head, members, names := h.lines[first], []string(nil), []string(nil)
	h.lines[first] = "in Flat" + name + " {"
	for i := first + 1; i < len(h.lines); i++ {
		line := h.lines[i]
		if m := variable.FindStringSubmatch(line); m != nil {
			members, names = append(members, m[1]), append(names, m[2])
			h.lines[i] = "\tflat " + m[1] + ";"
		} else if m := blockEnd.FindStringSubmatch(line); m != nil {
			instance := m[1]
			fmt.Fprintf(&h.declare, "%s %s; } %s; out Flat%s { flat %s; } flat%s; ", head, strings.Join(members, "; "), instance, name, strings.Join(members, "; flat "), name)
			if instance != "" {
				instance += "."
			}
			for _, of := range names {
				fmt.Fprintf(&h.assign, " flat%s.%s = %s%s;", name, of, instance, of)
			}
			return
		}
	}
}

// single hands on a uniform that is declared in a line of its own. Branches of an #if may
// declare it twice, alike.
func (h *hoist) single(line int, declaration, name string) {
	if !h.seen[name] {
		h.seen[name] = true
		if !strings.Contains(h.vertex, "uniform "+declaration+";") {
			fmt.Fprintf(&h.declare, "uniform %s; ", declaration)
		}
		fmt.Fprintf(&h.declare, "out Flat_%s { flat %s; } flat_%s; ", name, declaration, name)
		fmt.Fprintf(&h.assign, " flat_%s.%s = %s;", name, name, name)
	}
	h.lines[line] = fmt.Sprintf("in Flat_%s { flat %s; };", name, declaration)
}
