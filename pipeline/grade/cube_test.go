package grade

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// warm is a 3D table that keeps red, halves green and turns blue over.
func warm(n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# a comment\nTITLE \"warm\"\n\nLUT_3D_SIZE %d\nDOMAIN_MIN 0 0 0\nDOMAIN_MAX 1 1 1\n", n)
	at := func(i int) float64 { return float64(i) / float64(n-1) }
	for z := range n {
		for y := range n {
			for x := range n {
				fmt.Fprintf(&b, "%.6f %.6f %.6f\n", at(x), at(y)/2, 1-at(z))
			}
		}
	}
	return b.String()
}

func TestRead(t *testing.T) {
	c, err := Read(strings.NewReader(warm(5)))
	if err != nil {
		t.Fatal(err)
	}
	if c.Title != "warm" || c.Size != 5 || !c.Cube {
		t.Errorf("%q of %d, cube %v", c.Title, c.Size, c.Cube)
	}
	got := c.At([3]float64{0.3, 0.77, 0.1})
	for k, want := range []float64{0.3, 0.385, 0.9} {
		if math.Abs(float64(got[k])-want) > 1e-5 {
			t.Errorf("channel %d: %v, want %v", k, got[k], want)
		}
	}
	if got := c.At([3]float64{-1, 2, 0}); got != [3]float32{0, 0.5, 1} {
		t.Errorf("beyond the domain: %v", got)
	}
}

func TestReadCurve(t *testing.T) {
	var b strings.Builder
	b.WriteString("LUT_1D_SIZE 10000\r\nLUT_1D_INPUT_RANGE 0 2\r\n")
	for i := range 10000 {
		x := float64(i) / 9999 * 2
		fmt.Fprintf(&b, "%v %v %v\r\n", x*x/4, x/2, 1-x/2)
	}
	c, err := Read(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	got := c.At([3]float64{1, 0.5, 0.2})
	for k, want := range []float64{0.25, 0.25, 0.9} {
		if math.Abs(float64(got[k])-want) > 1e-5 {
			t.Errorf("channel %d: %v, want %v", k, got[k], want)
		}
	}
	if c.Size != kept {
		t.Errorf("%d entries are kept", c.Size)
	}
}

func TestReadErrors(t *testing.T) {
	for text, want := range map[string]string{
		"":                                     "not a .cube file",
		"hello":                                `line 1: unknown word "hello"`,
		"0 0 0":                                "line 1: an entry before the size",
		"LUT_3D_SIZE 2\n0 0 0":                 "1 entries of 8",
		"LUT_3D_SIZE 1000":                     "one size from 2 to 256",
		"LUT_3D_SIZE 2\nLUT_3D_SIZE 2":         "one size",
		"LUT_1D_SIZE 2\n0 0":                   "line 2: \"0 0\": 3 numbers",
		"LUT_1D_SIZE 2\n0 0 nan":               "not a number",
		"LUT_1D_SIZE 2\n0 0 0\n1 1 1\n1 1 1":   "line 4: more than 2 entries",
		"LUT_1D_SIZE 2\n0 0 0\nTITLE x\n1 1 1": "after the first entry",
		"LUT_1D_SIZE 2\nDOMAIN_MIN 1 0 0\n0 0 0\n1 1 1": "not above",
	} {
		if _, err := Read(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(warm(2))
	f.Add("LUT_1D_SIZE 2\nDOMAIN_MAX 4 4 4\n0 0 0\n1 1 1\n")
	f.Add("LUT_3D_SIZE 256\n0 0 0\n")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := Read(strings.NewReader(text))
		if err != nil {
			return
		}
		for _, x := range []float64{-1, 0, 0.4, 1, 9} {
			for _, v := range c.At([3]float64{x, 1 - x, x * x}) {
				if math.IsNaN(float64(v)) {
					t.Fatalf("%v maps to NaN", x)
				}
			}
		}
	})
}
