// Package grade reads colour-grading tables: what a colourist wants done to every finished
// picture, as a .cube file of Adobe's Cube LUT Specification 1.0 (2013). Pure Go, no GL.
package grade

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// The sizes that the specification allows.
const (
	maxSize1D = 65536
	maxSize3D = 256
	// kept is the most entries of a 1D table that are kept: finer ones are resampled.
	kept = 4096
)

// Table maps colours to colours, both in display values (sRGB, 0 to 1).
type Table struct {
	Title string
	Size  int  // entries a side
	Cube  bool // Size³ entries, red changing first; else Size entries, a curve for each channel
	// Min and Max are the input values of the first and the last entry.
	Min, Max [3]float32
	Values   [][3]float32
}

// Read reads a .cube file. Errors name the line.
func Read(r io.Reader) (*Table, error) {
	t := &Table{Max: [3]float32{1, 1, 1}}
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, 4096), 64<<10)
	n := 0
	for lines.Scan() {
		n++
		text := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if text == "" || text[0] == '#' {
			continue
		}
		if err := t.line(text); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("line %d: %w", n+1, err)
	}
	if t.Size == 0 {
		return nil, errors.New("no LUT_1D_SIZE or LUT_3D_SIZE: not a .cube file")
	}
	if want := t.entries(); len(t.Values) != want {
		return nil, fmt.Errorf("%d entries of %d", len(t.Values), want)
	}
	for k := range 3 {
		if !(t.Max[k] > t.Min[k]) {
			return nil, fmt.Errorf("DOMAIN_MAX %v is not above DOMAIN_MIN %v", t.Max, t.Min)
		}
	}
	if !t.Cube && t.Size > kept {
		t.resample()
	}
	return t, nil
}

func (t *Table) entries() int {
	if t.Cube {
		return t.Size * t.Size * t.Size
	}
	return t.Size
}

// line takes a keyword or an entry.
func (t *Table) line(text string) error {
	word, rest, _ := strings.Cut(strings.ReplaceAll(text, "\t", " "), " ")
	if c := word[0]; c == '-' || c == '+' || c == '.' || c >= '0' && c <= '9' {
		v, err := triple(text)
		if err != nil {
			return err
		}
		switch {
		case t.Size == 0:
			return errors.New("an entry before the size")
		case len(t.Values) == t.entries():
			return fmt.Errorf("more than %d entries", len(t.Values))
		}
		t.Values = append(t.Values, v)
		return nil
	}
	if len(t.Values) > 0 {
		return fmt.Errorf("%q after the first entry", word)
	}
	switch word {
	case "TITLE":
		t.Title = strings.Trim(strings.TrimSpace(rest), `"`)
		return nil
	case "LUT_1D_SIZE", "LUT_3D_SIZE":
		t.Cube = word == "LUT_3D_SIZE"
		most := maxSize1D
		if t.Cube {
			most = maxSize3D
		}
		size, err := strconv.Atoi(strings.TrimSpace(rest))
		if err != nil || size < 2 || size > most || t.Size != 0 {
			return fmt.Errorf("%s %s: one size from 2 to %d is allowed", word, rest, most)
		}
		t.Size = size
		return nil
	}
	v, err := []float32(nil), error(nil)
	switch word {
	case "DOMAIN_MIN":
		t.Min, err = triple(rest)
	case "DOMAIN_MAX":
		t.Max, err = triple(rest)
	case "LUT_1D_INPUT_RANGE", "LUT_3D_INPUT_RANGE": // of DaVinci Resolve
		if v, err = numbers(rest, 2); err == nil {
			t.Min, t.Max = [3]float32{v[0], v[0], v[0]}, [3]float32{v[1], v[1], v[1]}
		}
	default:
		err = fmt.Errorf("unknown word %q", word)
	}
	return err
}

func triple(s string) (out [3]float32, err error) {
	v, err := numbers(s, 3)
	copy(out[:], v)
	return out, err
}

func numbers(s string, want int) ([]float32, error) {
	fields := strings.Fields(s)
	if len(fields) != want {
		return nil, fmt.Errorf("%q: %d numbers are expected", s, want)
	}
	out := make([]float32, want)
	for i, f := range fields {
		v, err := strconv.ParseFloat(f, 32)
		if err != nil || math.IsNaN(v) || math.Abs(v) > 1e6 {
			return nil, fmt.Errorf("%q is not a number that a colour may have", f)
		}
		out[i] = float32(v)
	}
	return out, nil
}

// resample keeps a long curve at fewer places.
func (t *Table) resample() {
	old := *t
	t.Size, t.Values = kept, make([][3]float32, kept)
	for i := range t.Values {
		x := float64(i) / (kept - 1)
		c := [3]float64{x, x, x}
		for k := range c {
			c[k] = float64(t.Min[k]) + x*float64(t.Max[k]-t.Min[k])
		}
		t.Values[i] = old.At(c)
	}
}

// At maps a colour: linear between entries, the ends held.
func (t *Table) At(c [3]float64) (out [3]float32) {
	var low [3]int
	var part [3]float64
	for k := range 3 {
		x := (c[k] - float64(t.Min[k])) / float64(t.Max[k]-t.Min[k]) * float64(t.Size-1)
		x = math.Min(math.Max(x, 0), float64(t.Size-1))
		low[k] = min(int(x), t.Size-2)
		part[k] = x - float64(low[k])
	}
	for k := range 3 {
		if !t.Cube {
			a, b := t.Values[low[k]][k], t.Values[low[k]+1][k]
			out[k] = float32(float64(a)*(1-part[k]) + float64(b)*part[k])
			continue
		}
		sum := 0.0
		for corner := range 8 {
			w, at := 1.0, 0
			for axis, step := 0, 1; axis < 3; axis, step = axis+1, step*t.Size {
				if corner>>axis&1 == 1 {
					w, at = w*part[axis], at+(low[axis]+1)*step
				} else {
					w, at = w*(1-part[axis]), at+low[axis]*step
				}
			}
			sum += w * float64(t.Values[at][k])
		}
		out[k] = float32(sum)
	}
	return out
}
