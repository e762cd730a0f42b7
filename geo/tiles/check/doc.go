// Package check says what is wrong with a tileset: the rules of 3D Tiles 1.0 and 1.1 and
// of the glTF extensions that carry features, as far as a renderer depends on them.
//
// It looks at the JSON as it stands (types, lengths, ranges, what is required), at the
// tree (volumes inside volumes, errors that do not grow downwards), and at the contents
// (they parse, their vertices are inside of the volumes, feature ids and property tables
// fit together), those of implicit tilings by their subtrees. What it does not look at: the
// values of metadata statistics, and plain glTF rules, for which there is the Khronos
// validator (package khronos).
package check

import (
	"fmt"
	"sort"
)

// Severity of an issue.
type Severity int

// An Error breaks a rule of the standard; a Warning is legal but will not be drawn as it
// is meant, or could not be checked.
const (
	Warning Severity = iota
	Error
)

// String is "warning" or "error".
func (s Severity) String() string {
	if s == Error {
		return "error"
	}
	return "warning"
}

// Issue is one finding. Path is the file, and a JSON pointer where it is in JSON.
type Issue struct {
	Severity Severity
	Path     string
	Message  string
}

// String is a line for a person.
func (i Issue) String() string { return fmt.Sprintf("%s: %s: %s", i.Severity, i.Path, i.Message) }

// Errors are the issues that are errors.
func Errors(list []Issue) []Issue {
	var out []Issue
	for _, i := range list {
		if i.Severity == Error {
			out = append(out, i)
		}
	}
	return out
}

// report collects issues of one file.
type report struct {
	file   string
	issues []Issue
}

func (r *report) errorf(path, format string, args ...any) {
	r.issues = append(r.issues, Issue{Error, r.file + "#" + path, fmt.Sprintf(format, args...)})
}

func (r *report) warnf(path, format string, args ...any) {
	r.issues = append(r.issues, Issue{Warning, r.file + "#" + path, fmt.Sprintf(format, args...)})
}

// sorted puts errors first, then by place.
func sorted(list []Issue) []Issue {
	sort.SliceStable(list, func(i, k int) bool {
		if list[i].Severity != list[k].Severity {
			return list[i].Severity > list[k].Severity
		}
		return list[i].Path < list[k].Path
	})
	return list
}
