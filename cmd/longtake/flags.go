package main

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/scene"
)

// optional is a flag of any type that is nil until it is given.
type optional[T any] struct {
	to    **T
	parse func(string) (T, error)
	kind  string
	text  string
}

// Set parses the text of the command line.
func (o *optional[T]) Set(s string) error {
	v, err := o.parse(s)
	if err != nil {
		return err
	}
	*o.to, o.text = &v, s
	return nil
}

// String is the text that was given.
func (o *optional[T]) String() string { return o.text }

// Type is what help shows for the value.
func (o *optional[T]) Type() string { return o.kind }

func optionalFlag[T any](fs *pflag.FlagSet, to **T, name, kind string, parse func(string) (T, error), usage string) {
	fs.Var(&optional[T]{to: to, parse: parse, kind: kind}, name, usage)
}

// choice is a flag that takes one of some words.
func choice(c *cobra.Command, to *string, name string, words []string, usage string) {
	c.Flags().Var(&word{to: to, words: words}, name, usage+": "+strings.Join(words, ", "))
	_ = c.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp)) // fails for unknown flags only
}

type word struct {
	to    *string
	words []string
}

func (w *word) Set(s string) error {
	if !slices.Contains(w.words, s) {
		return fmt.Errorf("want one of %s", strings.Join(w.words, ", "))
	}
	*w.to = s
	return nil
}

func (w *word) String() string { return *w.to }
func (w *word) Type() string   { return "WORD" }

var tiers = []string{"draft", "low", "high", "ultra"}

func qualityFlag(c *cobra.Command, to *string, otherwise string) {
	choice(c, to, "quality", tiers, "tier of cost; without it "+otherwise)
}

func sizeFlag(fs *pflag.FlagSet, to **scene.Size, otherwise string) {
	optionalFlag(fs, to, "size", "WxH", scene.ParseSize, "pixels, as 1280x720; without it "+otherwise)
}

func rateFlag(fs *pflag.FlagSet, to **scene.Rate, otherwise string) {
	optionalFlag(fs, to, "fps", "RATE", scene.ParseRate, "frames per second, as 25, 29.97 or 30000/1001; without it "+otherwise)
}

func fovFlag(fs *pflag.FlagSet, to *float64) {
	fs.Var(&fov{to}, "fov", "vertical field of view in degrees, above 0 and up to 170, instead of the scene's")
}

type fov struct{ to *float64 }

func (f *fov) Set(s string) error {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || !(v > 0 && v <= 170) {
		return fmt.Errorf("want degrees above 0 and up to 170")
	}
	*f.to = v
	return nil
}

func (f *fov) String() string {
	if *f.to == 0 {
		return ""
	}
	return strconv.FormatFloat(*f.to, 'g', -1, 64)
}

func (f *fov) Type() string { return "DEGREES" }

func orbitFlag(fs *pflag.FlagSet, to **scene.Orbit) {
	optionalFlag(fs, to, "orbit", "ORBIT", scene.ParseOrbit,
		"fly around a place instead of the scene's story, lng,lat,radius,height[,turn]: metres from it and above its ground, degrees of the whole flight (360 unless given)")
}

func (a *app) gpuFlag(c *cobra.Command) {
	choice(c, &a.gpu, "gpu", []string{"auto", "device", "surfaceless"},
		"how OpenGL is opened (auto takes a GPU where there is one, else Mesa's surfaceless); without it $LONGTAKE_EGL, else auto")
}

// parseTime reads a story time, which is not negative.
func parseTime(s string) (scene.Time, error) {
	t, err := scene.ParseTime(s)
	if err == nil && t.Before(scene.Time{}) {
		err = fmt.Errorf("story time starts at 0s")
	}
	return t, err
}

// parseBound reads "west,south,east,north" in degrees. West may exceed east: across the
// antimeridian.
func parseBound(s string) (geo.Bound, error) {
	const want = "want west,south,east,north in degrees, as 7.40,43.72,7.44,43.76"
	parts := strings.Split(s, ",")
	if len(parts) != 4 {
		return geo.Bound{}, fmt.Errorf("found %s: %s", count(len(parts), "number"), want)
	}
	var v [4]float64
	for i, p := range parts {
		f, err := strconv.ParseFloat(strings.TrimSpace(p), 64)
		if err != nil || !(math.Abs(f) <= 180) {
			return geo.Bound{}, fmt.Errorf("found %q: %s", p, want)
		}
		v[i] = f
	}
	if v[1] >= v[3] || v[1] < -90 || v[3] > 90 {
		return geo.Bound{}, fmt.Errorf("south %g must be below north %g, both within -90 and 90", v[1], v[3])
	}
	if v[0] == v[2] {
		return geo.Bound{}, fmt.Errorf("west and east are both %g", v[0])
	}
	return geo.Bound{West: v[0], South: v[1], East: v[2], North: v[3]}, nil
}

// parseBytes reads a size of memory: bytes, or with k, M, G or T of 1000, or of 1024 with
// an i after it.
func parseBytes(s string) (int64, error) {
	const want = "want a size as 512MB, 4GB or 1.5GiB"
	text := strings.TrimSuffix(strings.ToLower(strings.TrimSpace(s)), "b")
	base := 1000.0
	if t, ok := strings.CutSuffix(text, "i"); ok {
		text, base = t, 1024
	}
	factor := 1.0
	if n := len(text); n > 0 {
		if k := strings.IndexByte("kmgt", text[n-1]); k >= 0 {
			text, factor = text[:n-1], math.Pow(base, float64(k+1))
		}
	}
	v, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || !(v > 0) || v*factor > 1<<60 {
		return 0, fmt.Errorf("found %q: %s", s, want)
	}
	return int64(v * factor), nil
}

// list parses words with commas between them.
func list(words []string) func(string) ([]string, error) {
	return func(s string) ([]string, error) {
		parts := strings.Split(s, ",")
		for _, p := range parts {
			if !slices.Contains(words, p) {
				return nil, fmt.Errorf("found %q: want some of %s", p, strings.Join(words, ","))
			}
		}
		return parts, nil
	}
}

// value is what an optional flag holds, or the zero value.
func value[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

func noArgs(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if c.HasSubCommands() {
		text := fmt.Sprintf("unknown command %q for %s", args[0], c.CommandPath())
		c.SuggestionsMinimumDistance = 2
		if s := c.SuggestionsFor(args[0]); len(s) > 0 {
			text += fmt.Sprintf("; did you mean %q?", s[0])
		}
		return fmt.Errorf("%s", text)
	}
	return fmt.Errorf("%s takes no argument, found %q", c.CommandPath(), args[0])
}

// needs is for commands that take one argument or more.
func needs(what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			return fmt.Errorf("%s needs %s", c.CommandPath(), what)
		}
		return nil
	}
}

// one is for commands that take exactly one argument.
func one(what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) != 1 {
			return fmt.Errorf("%s needs %s, found %s", c.CommandPath(), what, count(len(args), "argument"))
		}
		return nil
	}
}
